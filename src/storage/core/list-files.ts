import { inBatches, forEachConcurrently } from './batches.ts'
import { isFileKey } from '../keys/file-key.ts'
import type { MediaStorageError } from './media-storage-error.ts'
import type { ListedFile } from './media-storage-types.ts'
import type { MediaStorage } from './media-storage.ts'

/** Keys of one page, where a storage lists them one by one. */
export const KEYS_AT_A_TIME = 1000

/** How many files are looked for in a fallback at a time. */
const STAT_CONCURRENCY = 16

/** What else takes part in a listing, and what is told when it breaks off. */
export interface ListingContext {
  /**
   * The place that the files are being moved from. It comes first: a file that is copied meanwhile is then listed there,
   * and would be missed in the other order.
   */
  fallback: MediaStorage | null
  toError: (error: unknown) => MediaStorageError
}

/** The keys that a file may have, of a storage and its fallback, each once: what else lies in the place is not ours. */
export async function* listKeyPages(
  pages: AsyncIterable<readonly string[]>,
  { fallback, toError }: ListingContext,
): AsyncGenerator<readonly string[]> {
  if (fallback !== null) yield* fallback.getFileKeyPages()
  for await (const page of translated(pages, toError)) {
    const keys = page.filter(isFileKey)
    yield fallback === null ? keys : await absentFrom(fallback, keys, (key) => key)
  }
}

/** The same for files with size and age, of those that are wanted. */
export async function* listWanted(
  entries: AsyncIterable<ListedFile>,
  only: (key: string) => boolean,
  { fallback, toError }: ListingContext,
): AsyncGenerator<ListedFile> {
  const wanted = filtered(translated(entries, toError), ({ key }) => isFileKey(key) && only(key))
  if (fallback === null) {
    yield* wanted
  } else {
    yield* fallback.listFiles({ only })
    for await (const files of inBatches(wanted, STAT_CONCURRENCY)) {
      yield* await absentFrom(fallback, files, ({ key }) => key)
    }
  }
}

async function* translated<TEntry>(
  entries: AsyncIterable<TEntry>,
  toError: ListingContext['toError'],
): AsyncGenerator<TEntry> {
  try {
    for await (const entry of entries) yield entry
  } catch (error) {
    throw toError(error)
  }
}

async function* filtered<TEntry>(
  entries: AsyncIterable<TEntry>,
  isWanted: (entry: TEntry) => boolean,
): AsyncGenerator<TEntry> {
  for await (const entry of entries) if (isWanted(entry)) yield entry
}

async function absentFrom<TEntry>(
  fallback: MediaStorage,
  entries: readonly TEntry[],
  getKey: (entry: TEntry) => string,
): Promise<TEntry[]> {
  const older = new Set<TEntry>()
  await forEachConcurrently(entries, STAT_CONCURRENCY, async (entry) => {
    if ((await fallback.getFile(getKey(entry))) !== null) older.add(entry)
  })
  return entries.filter((entry) => !older.has(entry))
}
