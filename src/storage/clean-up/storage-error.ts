import { MediaStorageError } from '../core/media-storage-error.ts'

/** An error as storages throw it. */
export function asStorageError(error: unknown): MediaStorageError {
  if (error instanceof MediaStorageError) return error
  return new MediaStorageError('STORAGE_FAILURE', 'The storage could not move the file.', { cause: error })
}
