import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { openS3FaultWorld } from '../support/s3-fault-world.ts'
import { requireS3Server } from '../support/s3-server.ts'
import { sampleFile } from '../support/sample-files.ts'

const server = await requireS3Server()
const world = await openS3FaultWorld(server)
const { storage, proxy } = world

const small = sampleFile('jpg', 100_000)
const large = sampleFile('jpg', 8 * 1024 * 1024 + 1)

afterAll(() => world.close())

beforeEach(async () => {
  proxy.reset()
  await server.removeFolder(world.folder)
})

/** A file is there whole, alone, and without remains of its upload. */
async function expectOnly(key: string, bytes: Uint8Array): Promise<void> {
  expect(await world.objectKeys()).toEqual([`${world.folder}/${key}`])
  const stored = await (await storage.getFile(key))!.arrayBuffer()
  expect(Buffer.from(bytes).equals(new Uint8Array(stored))).toBe(true)
  expect(await world.unfinishedUploads()).toEqual([])
}

describe.each([1, 2])('an answer that is lost %i times', (times) => {
  it.each([
    ['put', small],
    ['part', large],
    ['complete', large],
    ['head', small],
  ] as const)('to %s leaves one file with its bytes', async (operation, bytes) => {
    proxy.inject({ kind: 'lose answer', operation, times })
    await expectOnly(await storage.storeFile('a.jpg', bytes), bytes)
  })

  it('to create leaves one file, and an unfinished upload without parts for the sweep', async () => {
    proxy.inject({ kind: 'lose answer', operation: 'create', times })
    const key = await storage.storeFile('a.jpg', large)
    expect(await world.objectKeys()).toEqual([`${world.folder}/${key}`])
    expect(await world.unfinishedUploads()).toHaveLength(times)
  })

  it('to get gives the bytes', async () => {
    const key = await storage.storeFile('a.jpg', small)
    proxy.inject({ kind: 'lose answer', operation: 'get', times })
    await expectOnly(key, small)
  })

  it('to delete deletes the file', async () => {
    const key = await storage.storeFile('a.jpg', small)
    proxy.inject({ kind: 'lose answer', operation: 'delete', times })
    await storage.deleteFile(key)
    expect(await world.objectKeys()).toEqual([])
  })

  it('to a bulk deletion reports every file as deleted', async () => {
    const key = await storage.storeFile('a.jpg', small)
    proxy.inject({ kind: 'lose answer', operation: 'bulk delete', times })
    expect(await storage.bulkDeleteFiles([key])).toEqual({ deleted: [key], failed: [] })
    expect(await world.objectKeys()).toEqual([])
  })

  it('to a listing lists each file once', async () => {
    const key = await storage.storeFile('a.jpg', small)
    proxy.inject({ kind: 'lose answer', operation: 'list', times })
    const keys: string[] = []
    for await (const listed of storage.getFileKeys()) keys.push(listed)
    expect(keys).toEqual([key])
  })
})

it.each(['put', 'create', 'part', 'complete', 'head'] as const)(
  'a connection that is reset twice before %s leaves one file with its bytes',
  async (operation) => {
    const bytes = operation === 'put' ? small : large
    proxy.inject({ kind: 'reset', operation, times: 2 })
    await expectOnly(await storage.storeFile('a.jpg', bytes), bytes)
  },
)

it('an upload whose completion is never answered fails by the name of the operation, with a whole file or none', async () => {
  proxy.inject({ kind: 'lose answer', operation: 'complete' })
  await expect(storage.storeFile('a.jpg', large)).rejects.toMatchObject({
    code: 'STORAGE_FAILURE',
    message: `The bucket ${server.bucketName} at ${new URL(proxy.endpoint).host} could not complete the upload: ECONNRESET.`,
  })
  const keys = await world.objectKeys()
  expect(keys.length).toBeLessThanOrEqual(1)
  for (const key of keys) await expectOnly(key.slice(world.folder.length + 1), large)
  expect(await world.unfinishedUploads()).toEqual([])
})
