import type { FilesResponse, ListedFile as FileWithPreview } from '../contract/media.ts'
import { originalFileName } from '../storage/keys/file-key.ts'
import { getContentType, getExtension } from '../storage/keys/file-types.ts'
import type { MediaStorage } from '../storage/core/media-storage.ts'
import { type ReferenceDatabase, selectReferenced } from '../storage/references/referenced-file-keys.ts'
import type { FileListingQuery } from './file-listing-query.ts'

/** All but what the file looks like. */
type ListedFile = Omit<FileWithPreview, 'preview'>

/** One page of files, without what they look like. */
export interface FilesPage extends Pick<FilesResponse, 'next'> {
  files: ListedFile[]
}

/** What a listing asks besides the storage. */
export interface ListingContext {
  db: ReferenceDatabase
  /** Those of the keys that the user may see. */
  filterVisible: (fileKeys: string[]) => Promise<string[]>
}

/**
 * One page of a storage's files in the order of their keys. A folder cannot be listed from a key on, so each page walks
 * all keys, but holds no more of them than the page has.
 */
export async function listStoredFiles(
  storage: MediaStorage,
  query: FileListingQuery,
  { db, filterVisible }: ListingContext,
): Promise<FilesPage> {
  const files: ListedFile[] = []
  let after = query.after
  do {
    const keys = await nextKeys(storage, { ...query, after })
    const [referenced, visible] = await Promise.all([selectReferenced(db, storage.column, keys), filterVisible(keys)])
    const matching = visible.filter((key) => query.use === null || referenced.has(key) === (query.use === 'used'))
    const described = await Promise.all(matching.map((key) => describe(storage, key, referenced.has(key))))
    files.push(...described.filter((file) => file !== null))
    after = keys.length < query.limit ? null : (keys.at(-1) ?? null)
  } while (after !== null && files.length < query.limit)
  if (files.length > query.limit) after = files[query.limit - 1]?.fileKey ?? null
  return { files: files.slice(0, query.limit), next: after }
}

/** The smallest matching keys after `after`, in order. */
async function nextKeys(
  storage: MediaStorage,
  { after, limit, search, extension }: FileListingQuery,
): Promise<string[]> {
  const wanted = search?.toLowerCase() ?? ''
  let page: string[] = []
  for await (const key of storage.getFileKeys()) {
    if (after !== null && key <= after) continue
    if (extension !== null && getExtension(key) !== extension) continue
    if (!originalFileName(key).toLowerCase().includes(wanted)) continue
    page.push(key)
    // Sorting now and then keeps the page small at a cost that does not grow with the page's number.
    if (page.length >= limit * 10) page = smallest(page, limit)
  }
  return smallest(page, limit)
}

function smallest(keys: string[], limit: number): string[] {
  return keys.toSorted(byCodeUnit).slice(0, limit)
}

function byCodeUnit(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}

/** `null` when the file was deleted since it was listed. */
async function describe(storage: MediaStorage, fileKey: string, isUsed: boolean): Promise<ListedFile | null> {
  const file = await storage.getFile(fileKey)
  if (file === null) return null
  return {
    fileKey,
    name: originalFileName(fileKey),
    size: file.size,
    contentType: getContentType(fileKey),
    lastModified: file.lastModified.toISOString(),
    isUsed,
  }
}
