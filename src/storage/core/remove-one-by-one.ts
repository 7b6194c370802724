import type { MediaStorageError } from './media-storage-error.ts'
import type { BulkDeleteReport } from './media-storage-types.ts'

/** How many deletions of a bulk run at a time. */
const DELETE_CONCURRENCY = 8

/** How one file is removed, and what is told of it when that fails. */
export interface OneRemoval {
  remove: (key: string) => Promise<void>
  toError: (error: unknown) => MediaStorageError
}

/** Removes many files where a storage has no request for many. */
export async function removeOneByOne(
  keys: readonly string[],
  { remove, toError }: OneRemoval,
): Promise<BulkDeleteReport> {
  const report: BulkDeleteReport = { deleted: [], failed: [] }
  const remaining = keys.values()
  const removeRemaining = async () => {
    for (const key of remaining) {
      try {
        await remove(key)
        report.deleted.push(key)
      } catch (error) {
        report.failed.push({ key, error: toError(error) })
      }
    }
  }
  await Promise.all(Array.from({ length: DELETE_CONCURRENCY }, removeRemaining))
  return report
}
