import type { JsonValue, Row } from '../../../src/contract/rows.ts'
import type { ColumnSchema, TableSchema } from '../../../src/contract/tables.ts'
import { getInput, isSameInput, parseInput, type ColumnInput } from './column-input.ts'
import type { Edits } from './row-draft.ts'

/** Why columns cannot be saved as they are, by column name. */
export type Problems = Readonly<Record<string, string>>

export interface CollectedChanges {
  changes: Row
  problems: Problems
}

/** What the control shows as long as nobody touched it. `row` is `null` for a row that is not created yet. */
export function savedInput(column: ColumnSchema, row: Row | null): ColumnInput {
  if (row) return getInput(column, row[column.name])
  if (column.type === 'boolean' && !column.isArray) return newBoolean(column)
  return getInput(column, undefined)
}

/** The edits that differ from what is saved. */
export function differingEdits(schema: TableSchema, row: Row | null, edits: Edits): Edits {
  return Object.fromEntries(
    schema.columns.flatMap((column) => {
      const input = edits[column.name]
      return input === undefined || isSameInput(input, savedInput(column, row)) ? [] : [[column.name, input]]
    }),
  )
}

/** What is to be sent: for a row that exists only the columns that changed, for a new one only what was given. */
export function collectChanges(schema: TableSchema, row: Row | null, edits: Edits): CollectedChanges {
  const changes: Row = {}
  const problems: Record<string, string> = {}
  for (const column of schema.columns) {
    const input = edits[column.name]
    if (input !== undefined) {
      const parsed = parseInput(column, input, row?.[column.name])
      if ('problem' in parsed) problems[column.name] = parsed.problem
      else changes[column.name] = parsed.value
    } else if (row === null && mustBeGiven(column)) {
      const value = getUntouchedValue(column)
      if (value === undefined) problems[column.name] = `${column.label} is required.`
      else changes[column.name] = value
    }
  }
  return { changes, problems }
}

/** The database has no value of its own for the column. */
export function mustBeGiven(column: ColumnSchema): boolean {
  return !column.isNullable && !column.hasDefault && !column.isReadOnly
}

/** A switch that is off and a list that is empty are values, though nobody touched them. */
function getUntouchedValue(column: ColumnSchema): JsonValue | undefined {
  if (column.isArray) return []
  return column.type === 'boolean' ? false : undefined
}

function newBoolean(column: ColumnSchema): boolean | null {
  if (typeof column.defaultValue === 'boolean') return column.defaultValue
  return column.isNullable || column.hasDefault ? null : false
}
