import { is } from 'drizzle-orm'
import { PgReal } from 'drizzle-orm/pg-core'
import type { ColumnDescription } from './column-description.ts'
import { type Parsed, parsed, refused } from './parsed.ts'

export function parseInteger(value: unknown, column: ColumnDescription): Parsed {
  return typeof value === 'number' && Number.isSafeInteger(value) && isInRange(BigInt(value), column)
    ? parsed(value)
    : refused(`must be a whole number${getRange(column)}`, value)
}

/** Reads a `bigint`, which comes as a text so that no digit is lost; a number that is exact will do too. */
export function parseBigint(value: unknown, column: ColumnDescription): Parsed {
  const integer = readBigint(value)
  if (integer === null || !isInRange(integer, column)) {
    return refused(`must be a whole number${getRange(column)}, written as a text of digits`, value)
  }
  return parsed(column.element.dataType === 'bigint' ? integer : Number(integer))
}

// No column holds more digits, and reading millions of them would keep the processor busy.
const INTEGER_TEXT = /^-?\d{1,20}$/u

function readBigint(value: unknown): bigint | null {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value)
  return typeof value === 'string' && INTEGER_TEXT.test(value) ? BigInt(value) : null
}

function isInRange(integer: bigint, { range }: ColumnDescription): boolean {
  return range === null || (integer >= range.smallest && integer <= range.largest)
}

function getRange({ range }: ColumnDescription): string {
  return range === null ? '' : ` from ${range.smallest} to ${range.largest}`
}

export function parseFloatingPoint(value: unknown, { element }: ColumnDescription): Parsed {
  const largest = is(element, PgReal) ? 3.4e38 : Number.MAX_VALUE
  return typeof value === 'number' && Math.abs(value) <= largest
    ? parsed(value)
    : refused(`must be a number up to ${largest}`, value)
}

const DECIMAL_TEXT = /^-?(?<whole>\d+)(?:\.(?<fraction>\d+))?$/u

/** Far more digits than anyone means, and far fewer than would keep the processor busy. */
const MAX_DECIMAL_DIGITS = 16_000

/** Reads a `decimal`, which comes as a text so that no digit is lost; a number will do too. */
export function parseDecimal(value: unknown, column: ColumnDescription): Parsed {
  const text = typeof value === 'number' ? String(value) : value
  const match = typeof text === 'string' && text.length <= MAX_DECIMAL_DIGITS ? DECIMAL_TEXT.exec(text) : null
  if (match === null) return refused('must be a decimal number such as "12.5"', value)
  const { whole = '', fraction = '' } = match.groups ?? {}
  const problem = findDigitsProblem(whole, fraction, column)
  return problem === null ? parsed(decimalFor(match[0], column)) : refused(problem)
}

function findDigitsProblem(whole: string, fraction: string, { precision, scale }: ColumnDescription): string | null {
  if (precision === null || scale === null) return null
  // Postgres would round silently.
  if (/[1-9]/u.test(fraction.slice(scale))) return `must have at most ${scale} digits after the point`
  const wholeDigits = precision - scale
  const isTooLarge = /[1-9]/u.test(whole.slice(0, Math.max(0, whole.length - wholeDigits)))
  return isTooLarge ? `must have at most ${wholeDigits} digits before the point` : null
}

function decimalFor(text: string, { element }: ColumnDescription): string | number | bigint {
  if (element.dataType === 'number') return Number(text)
  return element.dataType === 'bigint' && /^-?\d+$/u.test(text) ? BigInt(text) : text
}
