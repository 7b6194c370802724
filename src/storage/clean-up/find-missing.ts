import { getTableName } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { inBatches } from '../core/batches.ts'
import { isFileKey } from '../keys/file-key.ts'
import type { FileReference } from '../references/file-references.ts'
import { streamRowKeys } from '../references/reference-pages.ts'
import type { ReferenceDatabase } from '../references/referenced-file-keys.ts'
import type { CleanUpStorage } from './clean-up-storage.ts'
import { FileFingerprints } from './file-fingerprints.ts'

/** A row that references a file which is not in the storage. */
export interface MissingFile extends FileReference {
  readonly key: string
}

/** Files that are looked for at a time. */
const STAT_BATCH_SIZE = 16

/**
 * Every row that references a file which the storage does not have. Files are known by their fingerprints, some 6 bytes each;
 * what seems to be missing is looked for once more.
 */
export async function* findMissingFiles(storage: CleanUpStorage, db: ReferenceDatabase): AsyncGenerator<MissingFile> {
  const stored = new FileFingerprints()
  for await (const keys of storage.getFileKeyPages()) for (const key of keys) stored.add(key)
  const { column } = storage
  const [table, name] = [getTableName(column.table), column.name]
  for await (const batch of inBatches(suspectRows(db, column, stored), STAT_BATCH_SIZE)) {
    const missing = await Promise.all(
      batch.map(async ({ key }) => !isFileKey(key) || (await storage.getFile(key)) === null),
    )
    for (const [index, { key, primaryKey }] of batch.entries()) {
      if (missing[index] === true) yield { table, column: name, primaryKey, key }
    }
  }
}

async function* suspectRows(db: ReferenceDatabase, column: PgColumn, stored: FileFingerprints) {
  for await (const row of streamRowKeys(db, column)) if (!stored.hasUnmarked(row.key)) yield row
}
