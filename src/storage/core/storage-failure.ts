import type { PgColumn } from 'drizzle-orm/pg-core'
import { columnPath } from './media-column.ts'
import { MediaStorageError } from './media-storage-error.ts'

/** Translates what the hooks of a storage throw. */
export class StorageFailures {
  readonly #column: PgColumn

  constructor(column: PgColumn) {
    this.#column = column
  }

  /** Runs an operation. An error that is no {@link MediaStorageError} becomes the cause of a `STORAGE_FAILURE`. */
  async attempt<TResult>(what: string, operation: () => Promise<TResult>): Promise<TResult> {
    try {
      return await operation()
    } catch (error) {
      throw this.toError(what)(error)
    }
  }

  /** The translation of errors alone. `what` completes the sentence "the storage could not". */
  toError(what: string): (error: unknown) => MediaStorageError {
    return (cause) => {
      if (cause instanceof MediaStorageError) return cause
      const message = `The storage of ${columnPath(this.#column)} could not ${what}.`
      return new MediaStorageError('STORAGE_FAILURE', message, { cause })
    }
  }
}
