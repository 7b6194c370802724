import type { JsonValue } from '../contract/rows.ts'
import type { ColumnType } from '../contract/tables.ts'

/** A value as Drizzle read it, as it stands in JSON. */
export function formatValue(type: ColumnType, value: unknown): JsonValue {
  if (value === null || value === undefined) return null
  if (type === 'json' && isJson(value)) return value
  if (Array.isArray(value)) return value.map((element) => formatValue(type, element))
  if (value instanceof Date) return formatDate(type, value)
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`
  return typeof value === 'object' ? JSON.stringify(value) : formatScalar(type, value)
}

function formatScalar(type: ColumnType, value: unknown): JsonValue {
  if (typeof value === 'string') return type === 'timestamp' ? formatTimestampText(value) : value
  if (typeof value === 'number') return formatNumber(type, value)
  return typeof value === 'boolean' ? value : String(value)
}

function formatDate(type: ColumnType, date: Date): JsonValue {
  // Postgres has `infinity` and years before Christ, which Drizzle turns into an invalid date.
  if (Number.isNaN(date.getTime())) return null
  return type === 'date' ? date.toISOString().slice(0, 10) : date.toISOString()
}

/** Drizzle's `mode: 'string'` gives what Postgres prints: `2024-05-01 10:00:00.123+00`. */
function formatTimestampText(text: string): string {
  const parts = /^(\d{4,}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)([+-]\d\d(?::?\d\d)?)?$/u.exec(text)
  if (parts === null) return text
  const [, date, time, offset = 'Z'] = parts
  return `${date}T${time}${/^[+-]\d\d$/u.test(offset) ? `${offset}:00` : offset}`
}

function formatNumber(type: ColumnType, value: number): JsonValue {
  const isExact = Number.isFinite(value) && type !== 'bigint' && type !== 'decimal'
  return isExact ? value : String(value)
}

/** The driver parsed the value from JSON, so looking at its outermost type is enough. */
function isJson(value: unknown): value is JsonValue {
  return typeof value !== 'bigint' && typeof value !== 'function' && typeof value !== 'symbol'
}
