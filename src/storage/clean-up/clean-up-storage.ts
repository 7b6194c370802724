import type { PgColumn } from 'drizzle-orm/pg-core'
import type { BulkDeleteReport, ListFilesOptions, ListedFile } from '../core/media-storage-types.ts'
import type { StoredFile } from '../core/stored-file.ts'
import type { HiddenFiles } from '../hidden/hidden-files.ts'

/** What a clean-up needs of a storage. Its fallback takes part in every operation. */
export interface CleanUpStorage {
  readonly column: PgColumn
  /** Further columns that may reference its files. */
  readonly references: readonly PgColumn[]
  /** The hidden files of the storage, then those of its fallbacks; `null` for each without. */
  readonly locations: readonly (HiddenFiles | null)[]
  getFileKeyPages(): AsyncIterable<readonly string[]>
  getFile(key: string): Promise<StoredFile | null>
  listFiles(options: ListFilesOptions): AsyncIterable<ListedFile>
  bulkDeleteFiles(keys: Iterable<string>): Promise<BulkDeleteReport>
}
