import { eq } from 'drizzle-orm'
import type { RowReference } from '../contract/error.ts'
import type { ColumnDescription } from './column-description.ts'
import { isStillReferenced } from './constraint-violation.ts'
import type { Database } from './database.ts'
import { type DatabaseError, readDatabaseError } from './database-error.ts'
import { keyText, labelExpression } from './row-labels.ts'
import type { TableDescription } from './table-description.ts'
import { TableError } from './table-error.ts'

export interface DeleteRowOptions {
  db: Database
  table: TableDescription
  /** The tables whose rows may be named as standing in the way. */
  tables: readonly TableDescription[]
  /** The row's primary key. */
  key: unknown
}

/** Most rows that are named as standing in the way of a delete, for each referencing column. */
const MAX_REFERENCES = 10

/**
 * Deletes a row and returns it as it was; `null` when there was none.
 *
 * @throws {TableError} `CONFLICT` when other rows reference it
 */
export async function deleteRowWithKey(options: DeleteRowOptions): Promise<Record<string, unknown> | null> {
  const { db, table, key } = options
  try {
    const [deleted] = await db.delete(table.table).where(eq(table.primaryKey.column, key)).returning()
    return deleted ?? null
  } catch (error) {
    const databaseError = readDatabaseError(error)
    if (databaseError === null || !isBlocked(databaseError, table)) throw error
    throw new TableError('CONFLICT', blockedMessage(databaseError, options), {
      references: await findReferences(options),
      cause: error,
    })
  }
}

/** A delete can violate no other foreign key, so one of the table itself is in the way as well. */
function isBlocked(error: DatabaseError, table: TableDescription): boolean {
  return error.code === '23503' || isStillReferenced(error, table)
}

function blockedMessage(error: DatabaseError, { table, key }: DeleteRowOptions): string {
  const id = keyText(table.primaryKey, key)
  return `The row ${id} of ${table.name} cannot be deleted: rows of ${error.table ?? 'another table'} reference it.`
}

async function findReferences(options: DeleteRowOptions): Promise<RowReference[]> {
  const { table, tables } = options
  const references = tables.flatMap((referencing) =>
    referencing
      .columnsReferencing(table)
      .filter(({ foreignKey }) => foreignKey?.blocksDelete === true)
      .map((column) => findReferencingRows(options, referencing, column)),
  )
  return (await Promise.all(references)).flat()
}

async function findReferencingRows(
  { db, key }: DeleteRowOptions,
  referencing: TableDescription,
  reference: ColumnDescription,
): Promise<RowReference[]> {
  const { primaryKey } = referencing
  const rows = await db
    .select({ key: primaryKey.column, label: labelExpression(referencing) })
    .from(referencing.table)
    .where(eq(reference.column, key))
    .limit(MAX_REFERENCES)
  return rows.map((row) => {
    const id = keyText(primaryKey, row.key)
    return { table: referencing.name, id, column: reference.name, label: row.label ?? id }
  })
}
