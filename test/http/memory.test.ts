import { afterAll, beforeAll, expect, it } from 'vitest'
import { type AdminProcess, startAdminProcess } from '../support/admin-process.ts'
import { openMediaWorld } from '../support/media-world.ts'
import type { MovieWorld } from '../support/movie-admin.ts'
import { multipartBody } from '../support/multipart-body.ts'
import { readFiles } from '../support/read-json.ts'
import { sampleFile } from '../support/sample-files.ts'

const MEBIBYTE = 1024 * 1024
const SIZE = 512 * MEBIBYTE
const MAX_GROWTH_BYTES = 64 * MEBIBYTE

let world: MovieWorld
let server: AdminProcess

beforeAll(async () => {
  world = await openMediaWorld()
  server = await startAdminProcess(world.folder)
  // The first request of each kind compiles code and fills pools: that is no growth with a file's size.
  await download(await upload(getFile(32 * MEBIBYTE), 'raw'))
})

afterAll(async () => {
  await server.kill()
  await world.close()
})

function* getFile(size: number): Generator<Uint8Array> {
  const piece = sampleFile('mp4', MEBIBYTE)
  for (let sent = 0; sent < size; sent += piece.byteLength) yield piece
}

function* inMultipart(content: Iterable<Uint8Array>): Generator<Uint8Array> {
  const { body } = multipartBody([{ fileName: 'trailer.mp4', content: '' }])
  const end = body.lastIndexOf(0x0d, body.byteLength - 3)
  yield body.subarray(0, end)
  yield* content
  yield body.subarray(end)
}

async function upload(content: Iterable<Uint8Array>, form: 'raw' | 'multipart'): Promise<string> {
  const { headers } = multipartBody([])
  const pieces = (form === 'raw' ? content : inMultipart(content))[Symbol.iterator]()
  const response = await fetch(`${server.url}/api/media/movie/trailer?name=trailer.mp4`, {
    method: 'POST',
    headers: { cookie: world.cookie, ...(form === 'raw' ? {} : headers) },
    body: new ReadableStream<Uint8Array>({
      pull(controller) {
        const { done, value } = pieces.next()
        if (done === true) controller.close()
        else controller.enqueue(value)
      },
    }),
    duplex: 'half',
  })
  expect(response.status).toBe(201)
  return (await readFiles(response))[0]!.fileKey
}

async function download(fileKey: string): Promise<number> {
  const response = await fetch(`${server.url}/api/media/movie/trailer/${fileKey}`, {
    headers: { cookie: world.cookie },
  })
  let size = 0
  for await (const chunk of response.body!) size += chunk.byteLength
  return size
}

/** How much more memory than before the server held at most while `run` ran. */
async function growthDuring<Result>(run: () => Promise<Result>): Promise<{ result: Result; growth: number }> {
  const before = await server.residentSize()
  let most = before
  const measure = async () => {
    most = Math.max(most, await server.residentSize())
  }
  const timer = setInterval(() => void measure(), 20)
  const result = await run()
  clearInterval(timer)
  return { result, growth: most - before }
}

it.each(['raw', 'multipart'] as const)(
  'a %s upload of 512 MiB, and its download, take no memory for it',
  async (form) => {
    const uploaded = await growthDuring(() => upload(getFile(SIZE), form))
    const downloaded = await growthDuring(() => download(uploaded.result))
    expect(downloaded.result).toBe(SIZE)
    const figures = [uploaded, downloaded].map(({ growth }) => `${Math.round(growth / MEBIBYTE)} MiB`)
    process.stdout.write(`${form}: 512 MiB up took ${figures[0]} more memory, down ${figures[1]}\n`)
    expect(uploaded.growth).toBeLessThan(MAX_GROWTH_BYTES)
    expect(downloaded.growth).toBeLessThan(MAX_GROWTH_BYTES)
  },
  60_000,
)
