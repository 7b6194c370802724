import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { AdminServer } from 'vitrine/node'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { unfinishedFiles, visibleFiles } from '../support/folder-state.ts'
import { openMediaWorld } from '../support/media-world.ts'
import { type MovieWorld, startMovieAdmin } from '../support/movie-admin.ts'
import { joinBytes, multipartBody } from '../support/multipart-body.ts'
import { openDescriptors, settledDescriptors } from '../support/open-descriptors.ts'
import { RawConnection, sendRaw } from '../support/raw-connection.ts'
import { sampleFile } from '../support/sample-files.ts'

let world: MovieWorld
let server: AdminServer

beforeAll(async () => {
  world = await openMediaWorld()
  server = await (await startMovieAdmin(world)).listen()
})

afterAll(async () => {
  await server.close()
  await world.close()
})

const FILE = sampleFile('jpg', 2_400_000)

function getRequest(headers: string[], body: Uint8Array): Uint8Array {
  const lines = ['POST /api/media/movie/poster?name=poster.jpg HTTP/1.1', 'Host: admin.test', `Cookie: ${world.cookie}`]
  return joinBytes([`${[...lines, ...headers].join('\r\n')}\r\n\r\n`, body])
}

function rawRequest(): Uint8Array {
  return getRequest([`Content-Length: ${FILE.byteLength}`], FILE)
}

function multipartRequest(): Uint8Array {
  const { headers, body } = multipartBody([
    { fileName: 'one.jpg', content: FILE.subarray(0, 1_200_000) },
    { fileName: 'two.jpg', content: FILE.subarray(0, 1_200_000) },
  ])
  return getRequest([`Content-Type: ${headers['content-type']}`, `Content-Length: ${body.byteLength}`], body)
}

function chunkedRequest(): Uint8Array {
  return getRequest(
    ['Transfer-Encoding: chunked'],
    joinBytes([FILE.byteLength.toString(16), '\r\n', FILE, '\r\n0\r\n\r\n']),
  )
}

/** From within the headers to the last byte but one, most of them amid the bytes of a file. */
function cutPoints(length: number): number[] {
  const spread = Array.from({ length: 14 }, (_, index) => Math.floor((length * (index + 1)) / 15))
  return [10, 100, 150, 300, ...spread, length - 60, length - 3, length - 1]
}

async function cutUpload(request: Uint8Array, length: number): Promise<void> {
  const connection = await RawConnection.open(server.url)
  await connection.write(request.subarray(0, length))
  // Half of the cuts come while the bytes are on their way, half when the server waits for more.
  if (length % 2 === 0) await new Promise((resolve) => setTimeout(resolve, 20))
  connection.destroy()
}

it.each([
  ['raw', rawRequest],
  ['multipart', multipartRequest],
  ['chunked', chunkedRequest],
])('a %s upload that breaks off leaves nothing, wherever it is cut', async (kind, makeRequest) => {
  const request = makeRequest()
  const cuts = cutPoints(request.byteLength)
  const base = await openDescriptors()
  for (const cut of cuts) await cutUpload(request, cut)
  expect(await settledDescriptors(base)).toBeLessThanOrEqual(base)
  const poster = join(world.folder, 'poster')
  await expect.poll(() => visibleFiles(poster)).toEqual([])
  await expect.poll(() => unfinishedFiles(poster)).toEqual([])
  expect((await sendRaw(server.url, request))?.status).toBe(201)
  await Promise.all((await visibleFiles(poster)).map((name) => rm(join(poster, name))))
  process.stdout.write(`${kind}: 0 files left of ${cuts.length} cut uploads\n`)
})
