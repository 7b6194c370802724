import { isFileKey } from './file-key.ts'
import type { MediaStorageError } from './media-storage-error.ts'

/** How entries of a listing are told apart, and what is told when it breaks off. */
export interface ListingManner<TEntry> {
  keyOf: (entry: TEntry) => string
  toError: (error: unknown) => MediaStorageError
}

/** The entries whose keys a file may have: what else lies in the place is not ours. */
export async function* filesOnly<TEntry>(
  entries: AsyncIterable<TEntry>,
  { keyOf, toError }: ListingManner<TEntry>,
): AsyncGenerator<TEntry> {
  try {
    for await (const entry of entries) if (isFileKey(keyOf(entry))) yield entry
  } catch (error) {
    throw toError(error)
  }
}
