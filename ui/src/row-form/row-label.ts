import type { JsonValue, Row } from '../../../src/contract/rows.ts'
import type { TableSchema } from '../../../src/contract/tables.ts'
import type { FileLocation } from '../api.ts'

/** What a row is called: its label, or its key where it has none. */
export function rowLabel(schema: TableSchema, row: Row): string {
  const label = toText(row[schema.labelColumn])
  return label === '' ? `${schema.label} ${rowId(schema, row)}` : label
}

/** The row's primary key, as it stands in paths. */
export function rowId(schema: TableSchema, row: Row): string {
  return toText(row[schema.primaryKey])
}

/** The first file of the row: what it is recognised by. */
export function firstFile(schema: TableSchema, row: Row): FileLocation | null {
  for (const column of schema.columns) {
    const value = row[column.name]
    const fileKey: unknown = Array.isArray(value) ? value[0] : value
    if (column.media && typeof fileKey === 'string' && fileKey !== '') {
      return { table: schema.name, column: column.name, fileKey }
    }
  }
  return null
}

/** A value as it stands in paths and filters. */
export function toText(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
