import { MemoryMediaStorage } from '../../examples/memory-storage/memory-media-storage.ts'
import type { MediaStorage, MediaStorageOptions } from 'vitrine/storage'
import type { ConformanceOptions, MediaStorageHarness } from 'vitrine/testing'
import { movie } from './media-tables.ts'

/** The memory storage with a back door for the suite. */
export class WatchedMemoryStorage extends MemoryMediaStorage<typeof movie.poster> {
  /** Keys of files that cannot be deleted. */
  readonly stuck: Set<string> = new Set()
  /** Names of unfinished uploads. */
  readonly unfinished: string[] = []

  plant(name: string, bytes: Uint8Array): Promise<void> {
    const chunks = new Blob([bytes.slice()]).stream()
    return super.writeFile(name, chunks, { contentType: 'text/plain', signal: undefined })
  }

  protected override removeFile(key: string): Promise<void> {
    if (this.stuck.has(key)) return Promise.reject(new Error('the file is stuck'))
    return super.removeFile(key)
  }
}

type MemoryStorageClass = new (options: MediaStorageOptions<typeof movie.poster>) => WatchedMemoryStorage

/** Everything the suite can ask of a storage in memory, for this class of it. */
export function memoryHarness(storageClass: MemoryStorageClass): MediaStorageHarness {
  return {
    createStorage: (options: ConformanceOptions) => new storageClass({ column: movie.poster, ...options }),
    hasUnfinishedFiles: false,
    plantForeignFile: (storage, name, bytes) => asWatched(storage).plant(name, bytes),
    hiddenEntries: async (storage) => asWatched(storage).unfinished,
    makeUndeletable: (storage, key) => {
      asWatched(storage).stuck.add(key)
    },
  }
}

function asWatched(storage: MediaStorage): WatchedMemoryStorage {
  if (storage instanceof WatchedMemoryStorage) return storage
  throw new TypeError('not a storage of this harness')
}
