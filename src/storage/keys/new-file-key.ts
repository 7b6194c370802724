import { validateFileKey } from './file-key.ts'
import { MediaStorageError } from '../core/media-storage-error.ts'
import type { StoreFileContext } from '../core/media-storage-types.ts'
import type { StoredFile } from '../core/stored-file.ts'

/** How many keys are tried before a storage gives up: one is enough unless the random source is broken. */
const KEY_ATTEMPTS = 5

/** Generates file keys, and knows which of them have a file. */
export interface KeySource {
  generateFileKey(name: string, context: StoreFileContext): string
  getFile(key: string): Promise<StoredFile | null>
}

/** @throws {MediaStorageError} `FILE_EXISTS` when every generated key has a file */
export async function newFileKey(storage: KeySource, name: string, context: StoreFileContext): Promise<string> {
  for (let attempt = 0; attempt < KEY_ATTEMPTS; attempt += 1) {
    const key = storage.generateFileKey(name, context)
    validateFileKey(key)
    if ((await storage.getFile(key)) === null) return key
  }
  throw new MediaStorageError('FILE_EXISTS', 'The file cannot be stored: every key tried for it exists already.')
}
