import { inBatches, forEachConcurrently } from './batches.ts'
import { isFileKey } from '../keys/file-key.ts'
import type { MediaStorageError } from './media-storage-error.ts'
import type { ListFilesOptions, ListedFile } from './media-storage-types.ts'
import type { StoredFile } from './stored-file.ts'

/** Keys in one page, where a storage lists them one by one. */
export const KEY_PAGE_SIZE = 1000

/** How many files are looked for in a fallback at a time. */
const STAT_CONCURRENCY = 16

/** A storage whose files are listed together with those of another one. */
export interface FallbackFiles {
  getFileKeyPages(): AsyncIterable<readonly string[]>
  listFiles(options: ListFilesOptions): AsyncIterable<ListedFile>
  getFile(key: string): Promise<StoredFile | null>
}

/** The fallback of a listing, and how its errors are reported. */
export interface ListingContext {
  /**
   * The storage that the files are being moved from. It is listed first: a file that is copied meanwhile is then listed
   * there, and would be missed in the other order.
   */
  fallback: FallbackFiles | null
  toError: (error: unknown) => MediaStorageError
}

/** The file keys of a storage and its fallback, each once. Names that are no file keys are skipped: such files are not ours. */
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

/** The same with size and age, for the files that are wanted. */
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
  fallback: FallbackFiles,
  entries: readonly TEntry[],
  getKey: (entry: TEntry) => string,
): Promise<TEntry[]> {
  const older = new Set<TEntry>()
  await forEachConcurrently(entries, STAT_CONCURRENCY, async (entry) => {
    if ((await fallback.getFile(getKey(entry))) !== null) older.add(entry)
  })
  return entries.filter((entry) => !older.has(entry))
}
