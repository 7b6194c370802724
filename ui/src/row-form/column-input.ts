import type { JsonValue } from '../../../src/contract/rows.ts'
import type { ColumnSchema } from '../../../src/contract/tables.ts'
import { isoToLocalText, localTextToIso } from './local-timestamp.ts'

/** What a control holds while it is edited: text as it was typed, even when it is not a value yet. `null` is NULL. */
export type ColumnInput = string | boolean | string[] | null

export type ParsedInput = { value: JsonValue } | { problem: string }

/** How the value of a row is shown in its control. */
export function inputOf(column: ColumnSchema, value: JsonValue | undefined): ColumnInput {
  if (value === null || value === undefined) return holdsList(column) && !column.isNullable ? [] : null
  if (column.media && !column.isArray) return String(value)
  if (holdsList(column)) return Array.isArray(value) ? value.map((element) => textOf(column, element)) : []
  if (column.isArray) return JSON.stringify(value, null, 2)
  if (column.type === 'boolean') return value === true
  return textOf(column, value)
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

function parseText(column: ColumnSchema, text: string, saved: JsonValue | undefined): ParsedInput {
  const { label } = column
  if (text === '' && column.type !== 'text') return { problem: `${label} is required.` }
  switch (column.type) {
    case 'integer':
      return parseInteger(label, text)
    case 'bigint':
      return /^[+-]?\d+$/.test(text.trim()) ? { value: text.trim() } : { problem: `${label} must be a whole number.` }
    case 'float':
      return parseFloatText(label, text)
    case 'decimal':
      return parseDecimal(column, text)
    case 'boolean':
      return { value: text === 'true' }
    case 'timestamp':
      return { value: localTextToIso(text, saved) }
    case 'json':
      return parseJsonText(column, text)
    case 'other':
      return typeof saved === 'string' || saved === null || saved === undefined ? { value: text } : parseJsonText(column, text)
    case 'uuid':
      return UUID.test(text.trim()) ? { value: text.trim() } : { problem: `${label} must be a UUID.` }
    case 'text':
      return column.maxLength !== null && !column.media && text.length > column.maxLength
        ? { problem: `${label} has ${text.length} characters; ${column.maxLength} is the limit.` }
        : { value: text }
    case 'date':
    case 'time':
    case 'enum':
      return { value: text }
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

function parseInteger(label: string, text: string): ParsedInput {
  const value = Number(text)
  return Number.isSafeInteger(value) && text.trim() !== '' ? { value } : { problem: `${label} must be a whole number.` }
}

function parseFloatText(label: string, text: string): ParsedInput {
  const value = Number(text)
  return Number.isFinite(value) && text.trim() !== '' ? { value } : { problem: `${label} must be a number.` }
}

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
    return { value: JSON.parse(text) as JsonValue }
  } catch (error) {
    return { problem: `${column.label} is not valid JSON. ${error instanceof Error ? error.message : ''}`.trim() }
  }
}

function textOf(column: ColumnSchema, value: JsonValue): string {
  if (column.type === 'json') return JSON.stringify(value, null, 2)
  if (typeof value !== 'string') return typeof value === 'object' ? JSON.stringify(value) : String(value)
  return column.type === 'timestamp' ? isoToLocalText(value) : value
}
