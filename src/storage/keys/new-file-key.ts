import { validateFileKey } from './file-key.ts'
import { MediaStorageError } from '../core/media-storage-error.ts'
import type { MediaStorage } from '../core/media-storage.ts'
import type { StoreFileContext } from '../core/media-storage-types.ts'

/** How many keys are tried before a storage gives up: one is enough unless the random source is broken. */
const KEY_ATTEMPTS = 5

/** @throws {MediaStorageError} `FILE_EXISTS` when the storage makes only keys that there are */
export async function newFileKey(storage: MediaStorage, name: string, context: StoreFileContext): Promise<string> {
  for (let attempt = 0; attempt < KEY_ATTEMPTS; attempt += 1) {
    const key = storage.generateFileKey(name, context)
    validateFileKey(key)
    if ((await storage.getFile(key)) === null) return key
  }
  throw new MediaStorageError('FILE_EXISTS', 'The file cannot be stored: every key tried for it exists already.')
}
