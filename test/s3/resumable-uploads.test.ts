import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openMediaWorld } from '../support/media-world.ts'
import type { MovieWorld } from '../support/movie-admin.ts'
import { type S3MovieAdmin, startS3MovieAdmin } from '../support/s3-movie-admin.ts'
import { requireS3Server } from '../support/s3-server.ts'
import { sampleFile } from '../support/sample-files.ts'
import { TusRequests, getFileKey } from '../support/tus-requests.ts'

const server = await requireS3Server()
const folderName = `resumable-${crypto.randomUUID()}`
const UPLOADS = '/api/media/movie/poster/uploads'
const MEBIBYTE = 1024 * 1024
/** Two full parts and a little. */
const FILE = sampleFile('mp4', 20 * MEBIBYTE)

let world: MovieWorld
/** Two servers, each with storages and clients of its own. */
let admins: S3MovieAdmin[]

beforeAll(async () => {
  world = await openMediaWorld()
  const start = () => startS3MovieAdmin(world, server, { folderName, serve: 'proxy' })
  admins = [await start(), await start()]
})

afterAll(async () => {
  await server.removeFolder(folderName)
  await world.close()
})

const getClient = (index: number) => new TusRequests(admins[index % 2]!, UPLOADS)
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function storedHash(fileKey: string | null): Promise<string> {
  const response = await admins[0]!.send(`/api/media/movie/poster/${fileKey}`)
  return sha256(new Uint8Array(await response.arrayBuffer()))
}

async function send(sizes: number[]): Promise<string | null> {
  const path = await getClient(0).create('film.mp4', FILE.byteLength)
  let offset = 0
  let last: Response | null = null
  for (const [turn, size] of sizes.entries()) {
    last = await getClient(turn).patch(path, offset, { body: FILE.slice(offset, offset + size) })
    expect(last.status).toBe(204)
    offset = Math.min(offset + size, FILE.byteLength)
    expect(Number(last.headers.get('upload-offset'))).toBe(offset)
    expect(await getClient(turn + 1).offset(path)).toBe(offset)
  }
  return getFileKey(last!)
}

it.each<[string, number[]]>([
  ['parts that fit', [8 * MEBIBYTE, 8 * MEBIBYTE, 4 * MEBIBYTE]],
  ['parts that fit nothing', [3_000_001, 9_000_000, 1, 70_000, 30_000_000]],
  ['all at once', [FILE.byteLength]],
])('two servers take turns with %s', async (_what, sizes) => {
  expect(await storedHash(await send(sizes))).toBe(sha256(FILE))
  expect(await server.unfinishedUploads(folderName)).toEqual([])
  const left = (await server.objectKeys(folderName)).filter((key) => key.includes('.vitrine/uploads/'))
  expect(left.filter((key) => !key.endsWith('.json'))).toEqual([])
})

it('of 20 requests at one offset, to two servers, one is taken', async () => {
  const path = await getClient(0).create('film.mp4', FILE.byteLength)
  const piece = FILE.slice(0, 100_000)
  const responses = await Promise.all(
    Array.from({ length: 20 }, (_, index) => getClient(index).patch(path, 0, { body: piece })),
  )
  const statuses = responses.map(({ status }) => status).toSorted((one, other) => one - other)
  expect(statuses).toEqual([204, ...Array.from({ length: 19 }, () => 409)])
  expect(await getClient(1).offset(path)).toBe(100_000)
}, 60_000)

it('a connection that breaks off leaves the bytes that came; damaged ones are not kept', async () => {
  const path = await getClient(0).create('film.mp4', FILE.byteLength)
  const broken = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(FILE.slice(0, 10_000_000)),
    pull: (controller) => controller.error(new Error('reset')),
  })
  expect((await getClient(0).patch(path, 0, { body: broken })).status).toBe(400)
  expect(await getClient(1).offset(path)).toBe(10_000_000)
  const rest = FILE.slice(10_000_000)
  const wrong = { 'upload-checksum': `sha1 ${createHash('sha1').update(FILE).digest('base64')}` }
  expect((await getClient(1).patch(path, 10_000_000, { body: rest, headers: wrong })).status).toBe(460)
  expect(await getClient(0).offset(path)).toBe(10_000_000)
  const last = await getClient(0).patch(path, 10_000_000, { body: rest })
  expect(await storedHash(getFileKey(last))).toBe(sha256(FILE))
})

it('an upload that is given up, or past its time, leaves nothing in the bucket', async () => {
  const given = await getClient(0).create('given up.mp4', FILE.byteLength)
  await getClient(0).patch(given, 0, { body: FILE.slice(0, 9_000_000) })
  expect((await getClient(1).remove(given)).status).toBe(204)
  const old = await getClient(0).create('old.mp4', FILE.byteLength)
  await getClient(0).patch(old, 0, { body: FILE.slice(0, 9_000_000) })
  expect(await server.unfinishedUploads(folderName)).toHaveLength(1)
  // The bucket tells times in whole seconds.
  await new Promise((resolve) => setTimeout(resolve, 2500))
  await (
    await startS3MovieAdmin(world, server, { folderName, uploadExpiry: 1 })
  ).admin.ready
  expect(await server.unfinishedUploads(folderName)).toEqual([])
  expect((await server.objectKeys(folderName)).filter((key) => key.includes('.vitrine/uploads/'))).toEqual([])
  expect((await getClient(0).head(old)).status).toBe(404)
})
