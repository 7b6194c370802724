import type { ColumnDescription } from './column-description.ts'
import { type DatabaseError, readDatabaseError } from './database-error.ts'
import { CONFLICT_STATES, INVALID_VALUE_STATES } from './database-error-codes.ts'
import type { RowValues } from './parse-row.ts'
import { quoteValue } from './parsed.ts'
import type { TableDescription } from './table-description.ts'
import { TableError } from './table-error.ts'

/** What an attempt to store `values` in `table` failed with, for a person; an error of another kind stays itself. */
export function explainWriteError(error: unknown, table: TableDescription, values: RowValues): unknown {
  const databaseError = readDatabaseError(error)
  if (databaseError === null) return error
  if (isStillReferenced(databaseError, table)) return referencedError(table, databaseError)
  const column = findColumn(databaseError, table, values)
  const conflict = CONFLICT_STATES.get(databaseError.code)
  const problem = conflict ?? INVALID_VALUE_STATES.get(databaseError.code)
  const message = `${getSubject(column, values, databaseError)} ${problem}${getRule(databaseError)}.`
  return new TableError(conflict === undefined ? 'INVALID_VALUE' : 'CONFLICT', message, {
    field: column?.name,
    cause: error,
  })
}

/** Whether the row could not be deleted, or its key not be changed, because other rows reference it. */
export function isStillReferenced({ code, table }: DatabaseError, { name }: TableDescription): boolean {
  return code === '23001' || (code === '23503' && table !== null && table !== name)
}

function referencedError(table: TableDescription, { table: referencing, cause }: DatabaseError): TableError {
  const message = `This row of ${table.name} is referenced by rows of ${referencing ?? 'another table'}: change those first.`
  return new TableError('CONFLICT', message, { cause })
}

function findColumn(error: DatabaseError, table: TableDescription, values: RowValues): ColumnDescription | null {
  const [keyColumn, ...others] = error.keyColumns
  const names = [error.column, others.length === 0 ? (keyColumn ?? null) : null]
  const named = table.columns.find(
    ({ column, foreignKey }) =>
      names.some((name) => name !== null && isSameName(name, column.name)) ||
      (error.constraint !== null && foreignKey?.constraintName === error.constraint),
  )
  return named ?? getRuleColumn(error, table) ?? onlyColumn(table, values)
}

/** The names that Postgres gives to constraints of one column: `movie_rating_check`. */
function getRuleColumn({ constraint }: DatabaseError, { name, columns }: TableDescription): ColumnDescription | null {
  if (constraint === null) return null
  return (
    columns.find(({ column }) => ['check', 'key'].some((end) => constraint === `${name}_${column.name}_${end}`)) ?? null
  )
}

function onlyColumn(table: TableDescription, values: RowValues): ColumnDescription | null {
  const [name, ...others] = values.keys()
  return name !== undefined && others.length === 0 ? table.column(name) : null
}

/** With Drizzle's `casing: 'snake_case'` the database says `release_date` where the column says `releaseDate`. */
function isSameName(left: string, right: string): boolean {
  return left === right || left.replaceAll('_', '').toLowerCase() === right.replaceAll('_', '').toLowerCase()
}

function getSubject(column: ColumnDescription | null, values: RowValues, { code }: DatabaseError): string {
  if (column === null) return code === '23514' ? 'The row' : 'A value'
  const value = values.get(column.name)
  const isReportedWithoutValue = code === '23502' || value === undefined || value === null
  return isReportedWithoutValue ? column.name : `${column.name} ${quoteValue(value)}`
}

function getRule({ code, constraint }: DatabaseError): string {
  return code === '23514' && constraint !== null ? `, "${constraint}"` : ''
}
