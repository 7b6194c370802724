import type { PgColumn } from 'drizzle-orm/pg-core'
import { columnPath } from './media-column.ts'
import { MediaStorageError } from './media-storage-error.ts'

/** An error of a storage as it is; any other one as the cause of a `STORAGE_FAILURE` that says what could not be done. */
export function storageFailure(column: PgColumn, what: string, cause: unknown): MediaStorageError {
  if (cause instanceof MediaStorageError) return cause
  return new MediaStorageError('STORAGE_FAILURE', `The storage of ${columnPath(column)} could not ${what}.`, { cause })
}

/** What the operation gives; its failure as an error of the storage. */
export async function attempt<TResult>(
  operation: () => Promise<TResult>,
  toError: (error: unknown) => MediaStorageError,
): Promise<TResult> {
  try {
    return await operation()
  } catch (error) {
    throw toError(error)
  }
}
