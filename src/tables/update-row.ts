import { eq } from 'drizzle-orm'
import { explainWriteError } from './constraint-violation.ts'
import type { Database } from './database.ts'
import { type CheckFileKeys, findNewFileKeys, type NewFileKeys, requireValidFileKeys } from './file-key-check.ts'
import type { RowValues } from './parse-row.ts'
import type { TableDescription } from './table-description.ts'
import { TableError } from './table-error.ts'

export interface UpdateRowOptions {
  db: Database
  table: TableDescription
  checkFileKeys: CheckFileKeys
  /** The row's primary key. */
  key: unknown
  values: RowValues
  /** Who changes the row; `null` when it is not a user of the admin. */
  userId: string | null
}

/** A row as it was, and as it is. */
export interface UpdatedRow {
  before: Record<string, unknown>
  row: Record<string, unknown>
}

/**
 * Changes a row and returns it as it is then; `null` when there is none.
 *
 * File keys are checked before the transaction begins: the check may ask a slow bucket, which must not hold a lock, or
 * this database, which may have one connection only. The row is then locked, and looked at again.
 */
export async function updateRowWithKey(options: UpdateRowOptions): Promise<UpdatedRow | null> {
  const { db, table, checkFileKeys, values, userId } = options
  const [before] = await selectRow(db, options)
  if (before === undefined) return null
  const checked = findNewFileKeys(table, values, before)
  await requireValidFileKeys(checked, checkFileKeys, userId)
  try {
    return await db.transaction(async (transaction) => {
      const [locked] = await selectRow(transaction, options).for('update')
      if (locked === undefined) return null
      requireChecked(findNewFileKeys(table, values, locked), checked)
      const [row] = await transaction
        .update(table.table)
        .set(Object.fromEntries(values))
        .where(eq(table.primaryKey.column, options.key))
        .returning()
      return row === undefined ? null : { before: locked, row }
    })
  } catch (error) {
    throw explainWriteError(error, table, values)
  }
}

function selectRow(db: Pick<Database, 'select'>, { table, key }: UpdateRowOptions) {
  return db.select().from(table.table).where(eq(table.primaryKey.column, key))
}

function requireChecked(newKeys: readonly NewFileKeys[], checked: readonly NewFileKeys[]): void {
  for (const { description, fileKeys } of newKeys) {
    const checkedKeys = checked.find((candidate) => candidate.description === description)?.fileKeys ?? []
    if (fileKeys.every((key) => checkedKeys.includes(key))) continue
    throw new TableError(
      'CONFLICT',
      `${description.name} was changed by somebody else: look at the row and try again.`,
      {
        field: description.name,
      },
    )
  }
}
