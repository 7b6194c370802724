import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { S3MediaStorage } from 'vitrine/storage/s3'
import { openS3FaultWorld } from '../support/s3-fault-world.ts'
import { requireS3Server } from '../support/s3-server.ts'
import { sampleFile } from '../support/sample-files.ts'

const server = await requireS3Server()
const world = await openS3FaultWorld(server)
const plain = await openS3FaultWorld(server, { checksums: 'when-required' })

const small = sampleFile('jpg', 300_000)
const large = sampleFile('jpg', 8 * 1024 * 1024 + 1)

afterAll(() => Promise.all([world.close(), plain.close()]))

beforeEach(() => {
  world.proxy.reset()
  plain.proxy.reset()
})

async function readBack(storage: S3MediaStorage, key: string): Promise<Buffer> {
  return Buffer.from(await (await storage.getFile(key))!.arrayBuffer())
}

describe('a byte that flips on its way up', () => {
  it.each([
    ['put', small, 'store the file'],
    ['part', large, 'store a part'],
  ] as const)('is noticed by the server in each try of %s', async (operation, bytes, words) => {
    world.proxy.inject({ kind: 'corrupt request', operation, at: 100_000 })
    await expect(world.storage.storeFile('a.jpg', bytes)).rejects.toMatchObject({
      code: 'STORAGE_FAILURE',
      message: expect.stringContaining(`could not ${words}: `),
    })
    expect(await world.objectKeys()).toEqual([])
    expect(await world.unfinishedUploads()).toEqual([])
  })

  it('is noticed without checksums too, by the hash that the request is signed with', async () => {
    plain.proxy.inject({ kind: 'corrupt request', operation: 'put', at: 100_000 })
    await expect(plain.storage.storeFile('a.jpg', small)).rejects.toThrow('could not store the file: ')
    expect(await plain.objectKeys()).toEqual([])
  })
})

describe('a file that breaks off on its way down', () => {
  it.each([
    ['cut', { kind: 'cut answer', after: 100_000 }],
    ['cut before its first byte', { kind: 'cut answer', after: 0 }],
    ['short by its own headers', { kind: 'shorten answer', to: 100_000 }],
    ['empty by its own headers', { kind: 'shorten answer', to: 0 }],
  ] as const)('is whole when the answer was %s twice', async (_how, fault) => {
    const key = await world.storage.storeFile('a.jpg', small)
    world.proxy.inject({ ...fault, operation: 'get', times: 2 })
    expect((await readBack(world.storage, key)).equals(small)).toBe(true)
    expect(world.proxy.seen.filter((one) => one === 'get')).toHaveLength(3)
  })

  it.each([
    ['cut', { kind: 'cut answer', after: 0 }, /^The bucket .* could not read the file: /],
    [
      'short',
      { kind: 'shorten answer', to: 0 },
      /^The storage could not read the file: its answer ended 300000 bytes early\.$/,
    ],
  ] as const)('is an error and never a short file when every answer is %s', async (_how, fault, message) => {
    const key = await world.storage.storeFile('a.jpg', small)
    world.proxy.inject({ ...fault, operation: 'get' })
    await expect(readBack(world.storage, key)).rejects.toMatchObject({
      code: 'STORAGE_FAILURE',
      message: expect.stringMatching(message),
    })
  })

  it('is an error when the file was replaced between two parts of the reading', async () => {
    const key = await world.storage.storeFile('a.jpg', small)
    const file = (await world.storage.getFile(key))!
    world.proxy.inject({ kind: 'cut answer', operation: 'get', after: 100_000, times: 1 })
    const reader = file.stream().getReader()
    await reader.read()
    await server.putObject(`${world.folder}/${key}`, sampleFile('png', 300_000))
    const rest = (async () => {
      for (let next = await reader.read(); !next.done; next = await reader.read());
    })()
    await expect(rest).rejects.toThrow('could not read the file: PreconditionFailed.')
  })
})

it('a server that ignores the range and sends the whole file gives an error and not the wrong bytes', async () => {
  const key = await world.storage.storeFile('a.jpg', small)
  const file = (await world.storage.getFile(key))!
  world.proxy.inject({ kind: 'answer', operation: 'get', status: 200, body: 'x'.repeat(300_000) })
  const range = new Response(file.stream({ start: 1000, end: 1999 })).text()
  await expect(range).rejects.toThrow('The storage could not read the file: it sent more bytes than were asked for.')
})
