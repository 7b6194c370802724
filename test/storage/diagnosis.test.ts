import { describe, expect, it } from 'vitest'
import type { MediaStorage } from 'vitrine/storage'
import * as broken from './broken-storages.ts'
import { WatchedMemoryStorage } from './memory-harness.ts'
import { movie } from './media-tables.ts'

const options = { column: movie.poster }

/** Says that it has deleted a file, and keeps it. */
class KeepingDeletedFiles extends WatchedMemoryStorage {
  protected override async removeFile() {}
}

class WithoutListing extends WatchedMemoryStorage {
  // oxlint-disable-next-line require-yield
  protected override async *listEntries(): AsyncGenerator<never> {
    throw new Error('denied')
  }
}

async function failedChecks(storage: MediaStorage): Promise<string[]> {
  const failed: string[] = []
  for await (const { check, status } of storage.diagnose()) if (status === 'failed') failed.push(check)
  return failed
}

async function getKeys(storage: MediaStorage): Promise<string[]> {
  const keys: string[] = []
  for await (const key of storage.getFileKeys()) keys.push(key)
  return keys
}

describe('the diagnosis of a storage', () => {
  it.each([
    ['has no fault', WatchedMemoryStorage, []],
    ['loses the last byte', broken.LosingTheLastByte, ['read', 'range']],
    ['keeps deleted files', KeepingDeletedFiles, ['delete']],
    ['cannot list', WithoutListing, ['list']],
  ])('of one that %s', async (_title, storageClass, checks) => {
    expect(await failedChecks(new storageClass(options))).toEqual(checks)
  })

  it('stays within the limits of the storage', async () => {
    const small = new WatchedMemoryStorage({ ...options, maxFileSize: 5, allowedExtensions: ['pdf'] })
    expect(await failedChecks(small)).toEqual([])
  })

  it('leaves nothing behind, also when whoever asked goes away in the middle', async () => {
    const storage = new WatchedMemoryStorage(options)
    await failedChecks(storage)
    expect(await getKeys(storage)).toEqual([])
    for await (const { check } of storage.diagnose()) {
      if (check !== 'store') continue
      expect(await getKeys(storage)).toEqual([expect.stringMatching(/^vitrine-doctor-[0-9a-f-]{36}\.\w+$/)])
      break
    }
    expect(await getKeys(storage)).toEqual([])
  })
})
