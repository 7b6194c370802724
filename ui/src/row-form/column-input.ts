import type { JsonValue } from '../../../src/contract/rows.ts'
import type { ColumnSchema } from '../../../src/contract/tables.ts'
import { isoToLocalText, localTextToIso } from './local-timestamp.ts'

/** What a control holds while it is edited: text as it was typed, even when it is not a value yet. `null` is NULL. */
export type ColumnInput = string | boolean | string[] | null

export type ParsedInput = { value: JsonValue } | { problem: string }

/** How the value of a row is shown in its control. */
export function getInput(column: ColumnSchema, value: JsonValue | undefined): ColumnInput {
  if (value === null || value === undefined) return holdsList(column) && !column.isNullable ? [] : null
  if (column.media && !column.isArray) return typeof value === 'string' ? value : null
  if (holdsList(column)) return Array.isArray(value) ? value.map((element) => toText(column, element)) : []
  if (column.isArray) return JSON.stringify(value, null, 2)
  if (column.type === 'boolean') return value === true
  return toText(column, value)
}

/** Arrays of plain values have a list control; the others are edited as JSON. */
export function holdsList(column: ColumnSchema): boolean {
  return column.isArray && column.type !== 'json' && column.type !== 'other'
}

/** Whether the two stand for the same value in the row. */
export function isSameInput(one: ColumnInput, other: ColumnInput): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((element, index) => element === other[index])
  }
  return one === other
}

/**
 * The value to send for what was typed, or why it is none.
 *
 * @param saved What the row holds now: a timestamp without an offset, or text in an unknown type, stays one.
 */
export function parseInput(column: ColumnSchema, input: ColumnInput, saved: JsonValue | undefined): ParsedInput {
  if (input === null) return column.isNullable ? { value: null } : { problem: `${column.label} is required.` }
  if (typeof input === 'boolean') return { value: input }
  if (Array.isArray(input)) return parseList(column, input)
  return column.isArray ? parseJsonText(column, input) : parseText(column, input, saved)
}

function parseList(column: ColumnSchema, input: string[]): ParsedInput {
  const values: JsonValue[] = []
  for (const element of input) {
    const parsed = parseText(column, element, undefined)
    if ('problem' in parsed) return { problem: `${element || 'The empty value'}: ${parsed.problem}` }
    values.push(parsed.value)
  }
  return { value: values }
}

type TextParser = (column: ColumnSchema, text: string, saved: JsonValue | undefined) => ParsedInput

function parseText(column: ColumnSchema, text: string, saved: JsonValue | undefined): ParsedInput {
  if (text === '' && column.type !== 'text') return { problem: `${column.label} is required.` }
  return textParsers[column.type](column, text, saved)
}

const asItIs: TextParser = (_column, text) => ({ value: text })

const textParsers: Record<ColumnSchema['type'], TextParser> = {
  text: ({ label, maxLength, media }, text) =>
    maxLength !== null && media === null && text.length > maxLength
      ? { problem: `${label} has ${text.length} characters; ${maxLength} is the limit.` }
      : { value: text },
  integer: ({ label }, text) =>
    isWhole(text) && Number.isSafeInteger(Number(text))
      ? { value: Number(text) }
      : { problem: `${label} must be a whole number.` },
  bigint: ({ label }, text) =>
    isWhole(text) ? { value: text.trim() } : { problem: `${label} must be a whole number.` },
  float: ({ label }, text) =>
    text.trim() !== '' && Number.isFinite(Number(text))
      ? { value: Number(text) }
      : { problem: `${label} must be a number.` },
  decimal: parseDecimal,
  boolean: (_column, text) => ({ value: text === 'true' }),
  date: asItIs,
  time: asItIs,
  timestamp: (_column, text, saved) => ({ value: localTextToIso(text, saved) }),
  uuid: ({ label }, text) =>
    UUID.test(text.trim()) ? { value: text.trim() } : { problem: `${label} must be a UUID.` },
  json: parseJsonText,
  enum: asItIs,
  // What the database calls a point or an interval is text for us, unless it came as something else.
  other: (column, text, saved) =>
    typeof saved === 'object' && saved !== null ? parseJsonText(column, text) : { value: text },
}

function isWhole(text: string): boolean {
  return /^[+-]?\d+$/.test(text.trim())
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

function parseDecimal({ label, scale }: ColumnSchema, text: string): ParsedInput {
  const value = text.trim()
  const digits = /^[+-]?\d*(?:\.(\d*))?$/.exec(value)
  if (!digits || !/\d/.test(value)) return { problem: `${label} must be a number such as 12.50.` }
  if (scale !== null && (digits[1]?.length ?? 0) > scale) {
    return { problem: `${label} keeps ${scale} digits after the point.` }
  }
  return { value }
}

function parseJsonText(column: ColumnSchema, text: string): ParsedInput {
  try {
    const value: JsonValue = JSON.parse(text)
    return { value }
  } catch (error) {
    return { problem: `${column.label} is not valid JSON. ${error instanceof Error ? error.message : ''}`.trim() }
  }
}

function toText(column: ColumnSchema, value: JsonValue): string {
  if (column.type === 'json') return JSON.stringify(value, null, 2)
  if (typeof value !== 'string') return typeof value === 'object' ? JSON.stringify(value) : String(value)
  return column.type === 'timestamp' ? isoToLocalText(value) : value
}
