import type { HiddenFiles } from '../hidden/hidden-files.ts'
import { removeThumbnailsAfter } from '../hidden/thumbnail-files.ts'
import { invalidFileKey, isFileKey } from '../keys/file-key.ts'
import type { BulkDeleteReport } from './media-storage-types.ts'

/** Where files are deleted. */
export interface DeletionTarget {
  /** The storage that the files are being moved from. */
  fallback: { bulkDeleteFiles(keys: Iterable<string>): Promise<BulkDeleteReport> } | null
  hiddenFiles: HiddenFiles | null
  removeFiles: (keys: readonly string[]) => Promise<BulkDeleteReport>
}

/** Deletes many files and their thumbnails. A failure is reported and does not stop the others. */
export async function bulkDelete(
  keys: Iterable<string>,
  { fallback, hiddenFiles, removeFiles }: DeletionTarget,
): Promise<BulkDeleteReport> {
  const distinct = [...new Set(keys)]
  const valid = distinct.filter(isFileKey)
  const invalid = distinct.filter((key) => !isFileKey(key)).map((key) => ({ key, error: invalidFileKey() }))
  const before = await fallback?.bulkDeleteFiles(valid)
  // A file that could not be deleted there would come back.
  const removed = await removeFiles(before?.deleted ?? valid)
  const { deleted, failed } = await removeThumbnailsAfter(hiddenFiles, removed)
  return { deleted, failed: [...invalid, ...(before?.failed ?? []), ...failed] }
}
