import { MemoryMediaStorage } from '../../examples/memory-storage/memory-media-storage.ts'
import type { MediaStorageOptions } from 'vitrine/storage'
import type { ConformanceOptions, MediaStorageHarness } from 'vitrine/testing'
import { film } from './media-tables.ts'

/** The memory storage with files that can be made impossible to delete. */
export class StuckMemoryStorage extends MemoryMediaStorage<typeof film.poster> {
  readonly stuck: Set<string> = new Set()

  protected override removeFile(key: string): Promise<void> {
    if (this.stuck.has(key)) return Promise.reject(new Error('the file is stuck'))
    return super.removeFile(key)
  }
}

type MemoryStorageClass = new (options: MediaStorageOptions<typeof film.poster>) => StuckMemoryStorage

/** Everything the suite can ask of a storage in memory, for this class of it. */
export function memoryHarness(storageClass: MemoryStorageClass): MediaStorageHarness {
  return {
    createStorage: (options: ConformanceOptions) => new storageClass({ column: film.poster, ...options }),
    makeUndeletable: (storage, key) => {
      if (storage instanceof StuckMemoryStorage) storage.stuck.add(key)
    },
  }
}
