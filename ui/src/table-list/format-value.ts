import type { JsonValue } from '../../../src/contract/rows.ts'
import type { ColumnSchema, ColumnType } from '../../../src/contract/tables.ts'

/** A value as a person reads it, on one line; empty for NULL. Media and foreign keys have cells of their own. */
export function formatValue(value: JsonValue, column: ColumnSchema): string {
  if (value === null) return ''
  if (Array.isArray(value)) return value.map((entry) => formatSingle(entry, column)).join(', ')
  return formatSingle(value, column)
}

/** Whether values line up at the right, so that their digits stand under each other. */
export function isNumeric(column: ColumnSchema): boolean {
  return !column.isArray && !column.foreignKey && numericTypes.has(column.type)
}

const numericTypes = new Set<ColumnType>(['integer', 'bigint', 'float', 'decimal'])

function formatSingle(value: JsonValue, column: ColumnSchema): string {
  if (value === null) return ''
  if (typeof value === 'object') return JSON.stringify(value)
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (numericTypes.has(column.type) && !column.foreignKey) return formatNumber(String(value), column)
  if (column.type === 'date') return formatDate(String(value))
  if (column.type === 'timestamp') return formatTimestamp(String(value))
  return String(value)
}

/** Formats from the text, so that digits beyond a double's precision survive. Years and the like stay ungrouped. */
function formatNumber(text: string, column: ColumnSchema): string {
  if (!isNumericText(text)) return text
  const fraction = text.split('.')[1]?.length ?? 0
  const digits = column.type === 'decimal' ? Math.min(column.scale ?? fraction, 20) : Math.min(fraction, 20)
  const format = new Intl.NumberFormat(undefined, {
    useGrouping: 'min2',
    minimumFractionDigits: column.type === 'decimal' ? digits : 0,
    maximumFractionDigits: digits,
  })
  return format.format(text)
}

function isNumericText(text: string): text is `${number}` {
  return /^-?\d+(\.\d+)?$/.test(text)
}

/** A day has no time zone: it is read and written as UTC so that it cannot slip to the day before. */
export function formatDate(text: string): string {
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(day.getTime())) return text
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' }).format(day)
}

export function formatTimestamp(text: string): string {
  const moment = new Date(text)
  if (Number.isNaN(moment.getTime())) return text
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(moment)
}

export function formatCount(count: number): string {
  return new Intl.NumberFormat().format(count)
}

/** `1 row`, `312 rows`. */
export function countRows(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'row' : 'rows'}`
}
