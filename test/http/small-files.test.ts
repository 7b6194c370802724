import { rename, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { AdminServer } from 'vitrine/node'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openMediaWorld } from '../support/media-world.ts'
import { type MovieAdmin, type MovieWorld, startMovieAdmin } from '../support/movie-admin.ts'
import { sampleFile } from '../support/sample-files.ts'

let world: MovieWorld
let admin: MovieAdmin
let server: AdminServer
let key: string
let path: string

const OLD = sampleFile('jpg', 4000)
const NEW = sampleFile('jpg', 4000).map((byte, index) => (index < 100 ? byte : byte ^ 0xff))

beforeAll(async () => {
  world = await openMediaWorld()
  admin = await startMovieAdmin(world)
  server = await admin.listen()
})

afterAll(async () => {
  await server.close()
  await world.close()
})

beforeEach(async () => {
  key = await admin.storages.poster.storeFile('small.jpg', OLD)
  path = join(world.folder, 'poster', key)
  expect(await read()).toEqual([200, OLD])
  expect(await read()).toEqual([200, OLD])
})

async function read(headers: Record<string, string> = {}): Promise<[number, Uint8Array]> {
  const response = await fetch(`${server.url}/api/media/movie/poster/${key}`, {
    headers: { cookie: world.cookie, ...headers },
  })
  return [response.status, new Uint8Array(await response.arrayBuffer())]
}

describe('a small file that was read before', () => {
  it('is gone at once when it is deleted, also by somebody else', async () => {
    await rm(path)
    expect((await read())[0]).toBe(404)
  })

  it('is the new one at once when another takes its place', async () => {
    await writeFile(`${path}.new`, NEW)
    await rename(`${path}.new`, path)
    expect(await read()).toEqual([200, NEW])
  })

  it('is the new one when it is written over', async () => {
    await writeFile(path, NEW)
    await utimes(path, 1_700_000_000, 1_700_000_000)
    expect(await read()).toEqual([200, NEW])
  })

  it('is sent in ranges', async () => {
    expect(await read({ range: 'bytes=100-199' })).toEqual([206, OLD.subarray(100, 200)])
    expect(await read({ range: 'bytes=-1' })).toEqual([206, OLD.subarray(3999)])
    expect((await read({ range: 'bytes=4000-' }))[0]).toBe(416)
  })
})

async function memoryInUse(): Promise<number> {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  for (let round = 0; round < 5; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    if (typeof collect === 'function') collect()
  }
  return process.memoryUsage().arrayBuffers
}

it('keeps no more than 16 MB of them', async () => {
  const storage = admin.storages.poster
  const keys = await Promise.all(
    Array.from({ length: 800 }, () => storage.storeFile('small.jpg', sampleFile('jpg', 128 * 1024))),
  )
  const before = await memoryInUse()
  for (const each of keys) {
    const file = await storage.getFile(each)
    expect((await file?.bytesAtHand())?.byteLength).toBe(128 * 1024)
  }
  const growth = (await memoryInUse()) - before
  process.stdout.write(`800 small files of 128 KB read: ${(growth / 1e6).toFixed(0)} MB more\n`)
  expect(growth).toBeLessThan(30_000_000)
  const largest = await storage.getFile(await storage.storeFile('larger.jpg', sampleFile('jpg', 128 * 1024 + 1)))
  expect(await largest?.bytesAtHand()).toBeNull()
})
