import assert from 'node:assert/strict'
import type { ListedFile, MediaStorage } from '../storage.ts'
import { sampleBytes } from './sample-bodies.ts'
import { getFile, listedKeys } from './stored-content.ts'
import type { Suite } from './suite.ts'

const DEFAULT_LISTED_FILES = 100

/** Uploads at a time, so that a storage behind a network is not asked for everything at once. */
const BATCH = 20

/** Names that no key can have: whoever put such a file there, it is not the storage's own. */
const HIDDEN_NAMES: readonly string[] = ['.gitkeep', '.DS_Store', '.poster.jpg.swp', 'a..b.jpg']

export function listingCases(suite: Suite): void {
  ownFileCases(suite)
  streamingCases(suite)
  foreignFileCases(suite)
}

function ownFileCases({ testCase, harness }: Suite): void {
  testCase('lists nothing in an empty storage', async (storage) => {
    assert.deepEqual(await listedKeys(storage), [])
    assert.deepEqual(await listedFiles(storage), [])
  })

  testCase('says that it can be used, empty or not', async (storage) => {
    await storage.checkHealth()
    await storage.storeFile('poster.jpg', sampleBytes(10))
    await storage.checkHealth()
  })

  const count = harness.listedFiles ?? DEFAULT_LISTED_FILES
  testCase(`lists each of ${count} files once`, async (storage) => {
    const keys = await storeMany(storage, count)
    assert.deepEqual(await listedKeys(storage), keys)
    assert.deepEqual((await listedFiles(storage)).map(({ key }) => key).toSorted(), keys)
  })

  testCase('lists files with the size and time that reading them tells', async (storage) => {
    for (const size of [0, 1, 70_000]) await storage.storeFile('poster.jpg', sampleBytes(size))
    const files = await listedFiles(storage)
    assert.deepEqual(
      files.map(({ size }) => size).toSorted((a, b) => a - b),
      [0, 1, 70_000],
    )
    for (const { key, size, lastModified } of files) {
      const file = await getFile(storage, key)
      assert.equal(file.size, size)
      // A header of HTTP tells whole seconds, a listing may tell their parts.
      assert.ok(Math.abs(file.lastModified.getTime() - lastModified.getTime()) < 1000)
    }
  })

  testCase('lists no file that was deleted', async (storage) => {
    const kept = await storage.storeFile('kept.jpg', sampleBytes(10))
    await storage.deleteFile(await storage.storeFile('gone.jpg', sampleBytes(10)))
    assert.deepEqual(await listedKeys(storage), [kept])
    assert.deepEqual(
      (await listedFiles(storage)).map(({ key }) => key),
      [kept],
    )
  })
}

function streamingCases({ testCase }: Suite): void {
  testCase('can be left in the middle of a listing', async (storage) => {
    const keys = await storeMany(storage, 5)
    for (let round = 0; round < 20; round += 1) {
      for await (const key of storage.getFileKeys()) {
        assert.ok(keys.includes(key))
        break
      }
      for await (const { key } of storage.listFiles()) {
        assert.ok(keys.includes(key))
        break
      }
    }
    assert.deepEqual(await listedKeys(storage), keys)
  })

  testCase('goes on listing while the files listed are deleted', async (storage) => {
    const keys = await storeMany(storage, 40)
    const seen: string[] = []
    for await (const key of storage.getFileKeys()) {
      seen.push(key)
      await storage.deleteFile(key)
    }
    assert.deepEqual(seen.toSorted(), keys)
    assert.deepEqual(await listedKeys(storage), [])
  })
}

function foreignFileCases({ harness, onlyIf }: Suite): void {
  const { testCase } = onlyIf(harness.plantForeignFile !== undefined, 'the harness has no plantForeignFile')

  for (const name of HIDDEN_NAMES) {
    testCase(`does not list ${name}, which another program put there`, async (storage) => {
      const key = await storage.storeFile('poster.jpg', sampleBytes(10))
      await harness.plantForeignFile?.(storage, name, sampleBytes(10))
      assert.deepEqual(await listedKeys(storage), [key])
      assert.deepEqual(
        (await listedFiles(storage)).map((file) => file.key),
        [key],
      )
    })
  }
}

async function listedFiles(storage: MediaStorage): Promise<ListedFile[]> {
  const files: ListedFile[] = []
  for await (const file of storage.listFiles()) files.push(file)
  return files
}

async function storeMany(storage: MediaStorage, count: number): Promise<string[]> {
  const keys: string[] = []
  while (keys.length < count) {
    const batch = Array.from({ length: Math.min(BATCH, count - keys.length) }, (_, index) =>
      storage.storeFile(`poster ${index}.jpg`, sampleBytes(1 + index)),
    )
    keys.push(...(await Promise.all(batch)))
  }
  return keys.toSorted()
}
