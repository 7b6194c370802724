import { isGeneratedFileKey } from './file-key.ts'
import { columnPath } from './media-column.ts'
import { MediaStorageError } from './media-storage-error.ts'
import type { MediaStorage } from './media-storage.ts'
import type { BulkDeleteReport } from './media-storage-types.ts'
import { type ReferenceDatabase, selectReferenced } from './referenced-file-keys.ts'

/** Which files count as unused. */
export interface UnusedFilesOptions {
  /**
   * Grace period, in seconds: a younger file is kept, since its row may not be saved yet. Defaults to 86 400 (24 hours).
   */
  olderThan?: number
  /**
   * Goes on although no row references any file while there are files. Without it that is an error, because it is what
   * a wrong or a freshly restored database looks like.
   */
  allowEmpty?: boolean
}

/** What a clean-up did. */
export interface DeleteUnusedFilesReport extends BulkDeleteReport {
  /** Files that were looked at. */
  examined: number
}

const DEFAULT_GRACE_PERIOD = 86_400

/** Files compared with the database at a time. */
const BATCH_SIZE = 1000

/** Yields the unused keys. A batch is listed first and looked up afterwards: a row saved in between keeps its file. */
export async function* unusedFileKeys(
  storage: MediaStorage,
  db: ReferenceDatabase,
  options: UnusedFilesOptions,
): AsyncGenerator<string> {
  for await (const batch of unusedBatches(storage, db, options)) yield* batch.unused
}

/** Deletes the unused files batch by batch, each batch right after it was compared with the database. */
export async function deleteUnusedFiles(
  storage: MediaStorage,
  db: ReferenceDatabase,
  options: UnusedFilesOptions,
): Promise<DeleteUnusedFilesReport> {
  const report: DeleteUnusedFilesReport = { examined: 0, deleted: [], failed: [] }
  for await (const { examined, unused } of unusedBatches(storage, db, options)) {
    const { deleted, failed } = await storage.bulkDeleteFiles(unused)
    report.examined += examined
    report.deleted.push(...deleted)
    report.failed.push(...failed)
  }
  return report
}

interface Batch {
  examined: number
  unused: string[]
}

async function* unusedBatches(
  storage: MediaStorage,
  db: ReferenceDatabase,
  { olderThan = DEFAULT_GRACE_PERIOD, allowEmpty = false }: UnusedFilesOptions,
): AsyncGenerator<Batch> {
  if (!allowEmpty) await refuseEmptyColumn(storage, db)
  const newest = Date.now() - olderThan * 1000
  for await (const candidates of batchesOf(oldFileKeys(storage, newest))) {
    const referenced = await selectReferenced(db, storage.column, candidates)
    yield { examined: candidates.length, unused: candidates.filter((key) => !referenced.has(key)) }
  }
}

/** Only files under keys of our own making are candidates: what else lies in the folder is not ours to delete. */
async function* oldFileKeys(storage: MediaStorage, newest: number): AsyncGenerator<string> {
  for await (const file of storage.listFiles()) {
    if (isGeneratedFileKey(file.key) && file.lastModified.getTime() <= newest) yield file.key
  }
}

async function refuseEmptyColumn(storage: MediaStorage, db: ReferenceDatabase): Promise<void> {
  for await (const _key of storage.getReferencedFileKeys(db)) return
  for await (const _key of storage.getFileKeys()) {
    throw new MediaStorageError(
      'STORAGE_FAILURE',
      `Nothing was deleted: no row references a file in ${columnPath(storage.column)} although there are files. If that is right, set allowEmpty.`,
    )
  }
}

async function* batchesOf(keys: AsyncIterable<string>): AsyncGenerator<string[]> {
  let batch: string[] = []
  for await (const key of keys) {
    batch.push(key)
    if (batch.length < BATCH_SIZE) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
