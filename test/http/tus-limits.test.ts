import { utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { visibleFiles } from '../support/folder-state.ts'
import { openMediaWorld } from '../support/media-world.ts'
import { type MovieAdmin, type MovieWorld, startMovieAdmin } from '../support/movie-admin.ts'
import { sampleFile } from '../support/sample-files.ts'
import { TusRequests, getFileKey } from '../support/tus-requests.ts'

const FILE = sampleFile('mp4', 100_000)

let world: MovieWorld

beforeAll(async () => {
  world = await openMediaWorld()
})

afterAll(() => world.close())

/** A body that sends its first bytes and ends when it is told to. */
function openBody(): { body: ReadableStream<Uint8Array>; end: () => void } {
  let end = () => {}
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(FILE)
      end = () => controller.close()
    },
  })
  return { body, end: () => end() }
}

function upload(
  admin: MovieAdmin,
  body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> = FILE,
): Promise<Response> {
  return admin.send('/api/media/movie/trailer?name=film.mp4', { method: 'POST', body })
}

/** Who sends is told by a header. */
const personIn = (request: Request) => ({ id: request.headers.get('x-user') ?? '0', name: 'A', email: 'a@b.c' })

it('uploads wait for their turn and are then refused, each with when to come again; those of others go on', async () => {
  const people = { ...world, authenticate: personIn }
  const admin = await startMovieAdmin(people, { uploadLimits: { perUser: 2, total: 3, timeout: 1 } })
  const bodies = [openBody(), openBody()]
  const slow = bodies.map(({ body }) => upload(admin, body))
  await new Promise((resolve) => setTimeout(resolve, 50))
  const refused = await upload(admin)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5'])
  const other = { method: 'POST', body: FILE, headers: { 'x-user': '1' } }
  expect((await admin.send('/api/media/movie/trailer?name=film.mp4', other)).status).toBe(201)
  const third = openBody()
  const filling = admin.send('/api/media/movie/trailer?name=film.mp4', { ...other, body: third.body })
  await new Promise((resolve) => setTimeout(resolve, 50))
  const full = await admin.send('/api/media/movie/trailer?name=film.mp4', other)
  expect([full.status, full.headers.get('retry-after')]).toEqual([503, '5'])
  const tus = new TusRequests(admin)
  expect((await tus.post({ 'upload-length': '1' })).status).toBe(429)
  const waiting = upload(admin)
  for (const { end } of [...bodies, third]) end()
  expect((await waiting).status).toBe(201)
  expect((await Promise.all([...slow, filling])).map(({ status }) => status)).toEqual([201, 201, 201])
})

it('a few people with many uploads leave places for those who have none', async () => {
  const people = { ...world, authenticate: personIn }
  const admin = await startMovieAdmin(people, { uploadLimits: { perUser: 4, total: 8, timeout: 0.3 } })
  const open: ReturnType<typeof openBody>[] = []
  const send = (person: string) => {
    const slow = openBody()
    open.push(slow)
    const headers = { 'x-user': person }
    return admin.send('/api/media/movie/trailer?name=film.mp4', { method: 'POST', headers, body: slow.body })
  }
  const slow = [...['1', '1', '1', '1'].map(send), ...['2', '2', '2'].map(send)]
  await new Promise((resolve) => setTimeout(resolve, 50))
  const fourth = await send('2')
  expect([fourth.status, fourth.headers.get('retry-after')]).toEqual([503, '5'])
  const first = { method: 'POST', body: FILE, headers: { 'x-user': '3' } }
  expect((await admin.send('/api/media/movie/trailer?name=film.mp4', first)).status).toBe(201)
  for (const { end } of open) end()
  expect((await Promise.all(slow)).map(({ status }) => status)).toEqual(Array.from({ length: 7 }, () => 201))
})

it('of 500 uploads at once none fails in another way', async () => {
  const admin = await startMovieAdmin(world, { uploadLimits: { perUser: 10, timeout: 5 } })
  const responses = await Promise.all(Array.from({ length: 500 }, () => upload(admin)))
  const statuses = responses.map(({ status }) => status)
  expect(new Set(statuses)).toEqual(new Set([201, 429]))
  const stored = statuses.filter((status) => status === 201).length
  expect(stored).toBeGreaterThanOrEqual(50)
  process.stdout.write(`500 uploads at once, 10 at a time: ${stored} stored, ${500 - stored} answered 429\n`)
})

it('only an unfinished upload past its time is given up, and none that is being written', async () => {
  const admin = await startMovieAdmin(world, { uploadExpiry: 3600 })
  const tus = new TusRequests(admin)
  const old = await tus.create('old.mp4', FILE.byteLength)
  const active = await tus.create('active.mp4', FILE.byteLength)
  const young = await tus.create('young.mp4', FILE.byteLength)
  const finished = await tus.create('finished.mp4', FILE.byteLength)
  const fileKey = getFileKey(await tus.patch(finished, 0, { body: FILE }))!
  for (const path of [old, active]) await tus.patch(path, 0, { body: FILE.slice(0, 1000) })
  const response = await tus.patch(young, 0, { body: FILE.slice(0, 1000) })
  const expires = Date.parse(response.headers.get('upload-expires')!)
  expect(Math.abs(expires - Date.now() - 3600_000)).toBeLessThan(60_000)

  const { body, end } = openBody()
  const writing = tus.patch(active, 1000, { body: body.pipeThrough(cutTo(FILE.byteLength - 1000)) })
  await new Promise((resolve) => setTimeout(resolve, 100))
  const twoHoursAgo = new Date(Date.now() - 7200_000)
  const uploads = join(world.folder, 'trailer/.vitrine/uploads')
  for (const path of [old, active, finished]) {
    const id = path.split('/').at(-1)!
    for (const suffix of ['', '.json'])
      await utimes(join(uploads, `${id}${suffix}`), twoHoursAgo, twoHoursAgo).catch(() => {})
  }
  expect([(await tus.head(old)).status, await tus.offset(young)]).toEqual([410, 1000])
  await (
    await startMovieAdmin(world, { uploadExpiry: 3600 })
  ).admin.ready
  expect([(await tus.head(old)).status, await tus.offset(young), getFileKey(await tus.head(finished))]).toEqual([
    404,
    1000,
    fileKey,
  ])
  end()
  expect(getFileKey(await writing)).toMatch(/^active-/)
  expect(await visibleFiles(join(world.folder, 'trailer'))).toContain(fileKey)
})

/** The first bytes of a stream. */
function cutTo(length: number): TransformStream<Uint8Array, Uint8Array> {
  let left = length
  return new TransformStream({
    transform(chunk, controller) {
      controller.enqueue(chunk.subarray(0, left))
      left -= Math.min(left, chunk.byteLength)
    },
  })
}
