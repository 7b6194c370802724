import { type SQL, arrayContains, eq, getTableName, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { getPrimaryKey } from './column-references.ts'
import { streamRowKeys } from './reference-pages.ts'
import { FileFingerprints } from '../clean-up/file-fingerprints.ts'
import { inBatches } from '../core/batches.ts'
import { isFileKey, getRandomPart, validateFileKey } from '../keys/file-key.ts'
import { isArrayColumn } from '../core/media-column.ts'
import type { MediaStorage } from '../core/media-storage.ts'
import type { ReferenceDatabase } from './referenced-file-keys.ts'

/** A row that references a file. */
export interface FileReference {
  /** Names in the database. */
  readonly table: string
  readonly column: string
  /** Of the row, as text; `null` when the table has none of one column. */
  readonly primaryKey: string | null
}

/** A row that references a file which is not in the storage. */
export interface MissingFile extends FileReference {
  readonly key: string
}

/** Rows named for one file and column: enough for a person to see where it is used. */
const MAX_REFERENCES = 100

/** Files that are looked for at a time. */
const STAT_BATCH_SIZE = 16

/**
 * The rows that reference a file, at most 100 of each column. An index on the storage's own column is used: a B-tree, or GIN
 * for an array.
 */
export async function findFileReferences(
  storage: MediaStorage,
  db: ReferenceDatabase,
  key: string,
): Promise<FileReference[]> {
  validateFileKey(key)
  const own = await rowsWhere(db, storage.column, holdsKey(storage.column, key))
  const declared = storage.references.filter((column) => column !== storage.column)
  const others = await Promise.all(declared.map((column) => rowsWhere(db, column, mentionsKey(column, key))))
  return [own, ...others].flat()
}

/** The condition that a column holds a key. */
export function holdsKey(column: PgColumn, key: string): SQL {
  return isArrayColumn(column) ? arrayContains(column, [key]) : eq(column, key)
}

/**
 * Every row that references a file which the storage does not have. Files are known by their fingerprints, some 6 bytes each;
 * what seems to be missing is looked for once more.
 */
export async function* findMissingFiles(storage: MediaStorage, db: ReferenceDatabase): AsyncGenerator<MissingFile> {
  const stored = new FileFingerprints()
  for await (const key of storage.getFileKeys()) stored.add(key)
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

async function rowsWhere(db: ReferenceDatabase, column: PgColumn, condition: SQL): Promise<FileReference[]> {
  const primaryKey = getPrimaryKey(column)
  const rows = await db
    .select({ id: primaryKey === null ? sql<null>`null` : sql<string>`${primaryKey}::text` })
    .from(column.table)
    .where(condition)
    .limit(MAX_REFERENCES)
  return rows.map(({ id }) => ({ table: getTableName(column.table), column: column.name, primaryKey: id }))
}

function mentionsKey(column: PgColumn, key: string): SQL {
  return sql`position(${getRandomPart(key)} in lower(${column}::text)) > 0`
}
