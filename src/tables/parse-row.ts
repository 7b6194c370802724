import type { ColumnDescription } from './column-description.ts'
import { parseValue } from './parse-value.ts'
import type { TableDescription } from './table-description.ts'
import { TableError } from './table-error.ts'

/** The values of a row for Drizzle, by property name. */
export type RowValues = Map<string, unknown>

/**
 * Reads the values of a new row.
 *
 * @throws {TableError} `INVALID_VALUE` for the first column that is unknown, missing or wrong
 */
export function parseNewRow(table: TableDescription, values: object): RowValues {
  const row = parseChanges(table, values)
  const missing = table.columns.find((column) => isRequired(column) && !row.has(column.name))
  if (missing === undefined) return row
  throw new TableError('INVALID_VALUE', `${missing.name} must be given: it has no default.`, { field: missing.name })
}

function isRequired({ isNullable, hasDefault, isReadOnly }: ColumnDescription): boolean {
  return !isNullable && !hasDefault && !isReadOnly
}

/**
 * Reads new values for some columns of a row. Only columns of the table get through, each as its own type.
 *
 * @throws {TableError} `INVALID_VALUE` for the first column that is unknown or wrong
 */
export function parseChanges(table: TableDescription, values: object): RowValues {
  return new Map(Object.entries(values).map(([name, value]) => [name, parseColumn(table, name, value)]))
}

function parseColumn(table: TableDescription, name: string, value: unknown): unknown {
  const column = table.column(name)
  if (column === null) {
    const shortName = name.slice(0, 100)
    const message = `The table ${table.name} has no column "${shortName}": ${table.columnNames()}.`
    throw new TableError('INVALID_VALUE', message, { field: shortName })
  }
  if (column.isReadOnly) {
    throw new TableError('INVALID_VALUE', `${name} cannot be given: the database makes it.`, { field: name })
  }
  const result = parseValue(value, column)
  if ('value' in result) return result.value
  throw new TableError('INVALID_VALUE', `${name} ${result.problem}.`, { field: name })
}
