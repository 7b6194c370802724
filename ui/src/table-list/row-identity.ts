import type { JsonValue, Row } from '../../../src/contract/rows.ts'
import type { ColumnSchema, TableSchema } from '../../../src/contract/tables.ts'
import type { FileLocation } from '../api.ts'

/** A row's key, as it stands in addresses. */
export function rowId(row: Row, schema: TableSchema): string {
  return keyText(row[schema.primaryKey])
}

/** A key's value as text, the way addresses and labels name it. */
export function keyText(value: JsonValue | undefined): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** What a row is called; never empty. */
export function rowLabel(row: Row, schema: TableSchema): string {
  const label = row[schema.labelColumn]
  if (schema.labelColumn !== schema.primaryKey && typeof label !== 'object' && label !== undefined && label !== '') {
    return String(label)
  }
  return `${schema.label} ${rowId(row, schema)}`
}

/** The file keys of a media cell, whether the column holds one or a list. */
export function fileKeys(value: JsonValue | undefined): string[] {
  const entries = Array.isArray(value) ? value : [value]
  return entries.filter((entry): entry is string => typeof entry === 'string' && entry !== '')
}

/** The files of a column over a page of rows, in their order: what the viewer's arrows walk. */
export function getColumnFiles(rows: Row[], table: string, column: ColumnSchema): FileLocation[] {
  return rows.flatMap((row) => getCellFiles(row, table, column))
}

export function getCellFiles(row: Row, table: string, column: ColumnSchema): FileLocation[] {
  return fileKeys(row[column.name]).map((fileKey) => ({ table, column: column.name, fileKey }))
}
