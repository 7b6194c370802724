import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openMediaWorld } from '../support/media-world.ts'
import { type MovieAdmin, type MovieWorld, startMovieAdmin } from '../support/movie-admin.ts'
import { sampleFile } from '../support/sample-files.ts'
import { TRAILER_UPLOADS, TusRequests, getFileKey, getMetadata } from '../support/tus-requests.ts'

const FILE = sampleFile('mp4', 400_000)
const PIECE = 100_000

let world: MovieWorld
/** Two servers on one folder. */
let admins: MovieAdmin[]

beforeAll(async () => {
  world = await openMediaWorld()
  admins = [await startMovieAdmin(world), await startMovieAdmin(world)]
})

afterAll(() => world.close())

const getClient = (index: number) => new TusRequests(admins[index % admins.length]!)
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function storedHash(fileKey: string | null): Promise<string> {
  const response = await admins[0]!.send(`/api/media/movie/trailer/${fileKey}`)
  return sha256(new Uint8Array(await response.arrayBuffer()))
}

it('of 20 requests at one offset, to two servers, one is taken each time', async () => {
  const path = await getClient(0).create('film.mp4', FILE.byteLength)
  const statuses: number[][] = []
  let fileKey: string | null = null
  for (let offset = 0; offset < FILE.byteLength; offset += PIECE) {
    const responses = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        getClient(index).patch(path, offset, { body: FILE.slice(offset, offset + PIECE) }),
      ),
    )
    statuses.push(responses.map(({ status }) => status).toSorted((one, other) => one - other))
    fileKey = responses.map(getFileKey).find((key) => key !== null) ?? null
    expect(await getClient(1).offset(path)).toBe(offset + PIECE)
  }
  const expected = [204, ...Array.from({ length: 19 }, () => 409)]
  expect(statuses).toEqual(statuses.map(() => expected))
  expect(await storedHash(fileKey)).toBe(sha256(FILE))
  process.stdout.write(`80 requests at 4 offsets, 2 servers: 4 taken, 76 answered 409, 0 bytes interleaved\n`)
})

it('who asks while an upload ends gets an answer, at both servers', async () => {
  const body = FILE.slice(0, 20_000)
  const statuses = new Set<number>()
  for (let round = 0; round < 8; round += 1) {
    const path = await getClient(0).create('film.mp4', body.byteLength)
    const ended = new AbortController()
    const ending = getClient(0)
      .patch(path, 0, { body })
      .finally(() => ended.abort())
    const asking = Array.from({ length: 16 }, async (_, index) => {
      while (!ended.signal.aborted) statuses.add((await admins[index % 2]!.send(path)).status)
    })
    statuses.add((await ending).status)
    await Promise.all(asking)
  }
  expect([...statuses].toSorted((one, other) => one - other)).toEqual([200, 204])
})

it('two servers take turns with the parts of one file', async () => {
  const path = await getClient(0).create('film.mp4', FILE.byteLength)
  let last: Response | null = null
  for (let offset = 0, turn = 1; offset < FILE.byteLength; offset += 50_000, turn += 1) {
    last = await getClient(turn).patch(path, offset, { body: FILE.slice(offset, offset + 50_000) })
    expect(last.status).toBe(204)
    expect(await getClient(turn + 1).offset(path)).toBe(offset + 50_000)
  }
  expect(await storedHash(getFileKey(last!))).toBe(sha256(FILE))
})

it('a request that hangs makes way for the next one, and what it brought is kept', async () => {
  const path = await getClient(0).create('film.mp4', FILE.byteLength)
  const silent = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(FILE.slice(0, PIECE)) })
  const hanging = getClient(0).patch(path, 0, { body: silent })
  await new Promise((resolve) => setTimeout(resolve, 100))
  const startedAt = performance.now()
  expect(await getClient(0).offset(path)).toBe(PIECE)
  expect((await hanging).headers.get('upload-offset')).toBe(String(PIECE))
  expect(performance.now() - startedAt).toBeLessThan(30_000)
})

it('a request that hangs at another server makes way, too', async () => {
  const path = await getClient(0).create('film.mp4', FILE.byteLength)
  const silent = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(FILE.slice(0, PIECE)) })
  const hanging = getClient(0).patch(path, 0, { body: silent })
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(await getClient(1).offset(path)).toBe(PIECE)
  expect((await hanging).status).toBe(204)
})

it('a connection that breaks off leaves the bytes that came', async () => {
  const path = await getClient(0).create('film.mp4', FILE.byteLength)
  const broken = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(FILE.slice(0, 12_345)),
    pull: (controller) => controller.error(new Error('reset')),
  })
  const response = await getClient(0).patch(path, 0, { body: broken })
  expect([response.status, await getClient(1).offset(path)]).toEqual([400, 12_345])
})

it('nobody else gets to know of an upload, nor touches it', async () => {
  const path = await getClient(0).create('film.mp4', FILE.byteLength)
  await getClient(0).patch(path, 0, { body: FILE.slice(0, PIECE) })
  const stranger = await startMovieAdmin({
    ...world,
    authenticate: () => ({ id: '2', name: 'Eve', email: 'eve@example.com' }),
  })
  const eve = new TusRequests(stranger)
  const unknown = `${TRAILER_UPLOADS}/${crypto.randomUUID()}`
  for (const target of [path, unknown]) {
    const responses = [
      await eve.head(target),
      await eve.patch(target, PIECE, { body: FILE.slice(PIECE) }),
      await eve.remove(target),
      await stranger.send(target),
    ]
    expect(responses.map(({ status }) => status)).toEqual([404, 404, 404, 404])
  }
  // Nor does the owner by way of another column.
  const elsewhere = new TusRequests(admins[0]!)
  expect((await elsewhere.head(path.replace('trailer', 'poster'))).status).toBe(404)
  expect(await getClient(0).offset(path)).toBe(PIECE)
})

it('an upload that lost its record, or its bytes, is gone', async () => {
  for (const suffix of ['.json', '']) {
    const path = await getClient(0).create('film.mp4', FILE.byteLength)
    await getClient(0).patch(path, 0, { body: FILE.slice(0, PIECE) })
    await rm(join(world.folder, 'trailer/.vitrine/uploads', `${path.split('/').at(-1)}${suffix}`))
    const responses = [
      await getClient(0).head(path),
      await getClient(0).patch(path, PIECE, { body: FILE.slice(PIECE) }),
    ]
    const expected = suffix === '' ? 410 : 404
    expect(responses.map(({ status }) => status)).toEqual([expected, expected])
  }
})

it('200 uploads that begin at once all get an id of their own', async () => {
  const headers = { 'upload-length': '10', 'upload-metadata': getMetadata({ filename: 'film.mp4' }) }
  const responses = await Promise.all(Array.from({ length: 200 }, (_, index) => getClient(index).post(headers)))
  const locations = responses.map((response) => response.headers.get('location'))
  expect(responses.map(({ status }) => status)).toEqual(responses.map(() => 201))
  expect(new Set(locations).size).toBe(200)
})
