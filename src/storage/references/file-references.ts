import { type SQL, arrayContains, eq, getTableName, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { getPrimaryKey } from './column-references.ts'
import { getRandomPart, validateFileKey } from '../keys/file-key.ts'
import { isArrayColumn } from '../core/media-column.ts'
import type { ReferencedStorage } from './references.ts'
import type { ReferenceDatabase } from './referenced-file-keys.ts'

/** A row that references a file. */
export interface FileReference {
  /** Names in the database. */
  readonly table: string
  readonly column: string
  /** Of the row, as text; `null` when the table has none of one column. */
  readonly primaryKey: string | null
}

/** Rows named for one file and column: enough for a person to see where it is used. */
const MAX_REFERENCES = 100

/**
 * The rows that reference a file, at most 100 of each column. An index on the storage's own column is used: a B-tree, or GIN
 * for an array.
 */
export async function findFileReferences(
  storage: ReferencedStorage,
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
