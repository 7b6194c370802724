import type { ColumnDescription } from './column-description.ts'
import { type Parsed, parsed, refused } from './parsed.ts'

export function parseDate(value: unknown, { element }: ColumnDescription): Parsed {
  if (typeof value !== 'string' || !isCalendarDate(value)) {
    return refused('must be a date such as 2024-05-31', value)
  }
  return parsed(element.dataType === 'date' ? new Date(`${value}T00:00:00Z`) : value)
}

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?(?:Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?$/u

export function parseTime(value: unknown): Parsed {
  return typeof value === 'string' && TIME.test(value)
    ? parsed(value)
    : refused('must be a time of day such as 20:15:00', value)
}

const TIMESTAMP =
  /^(?<date>\d{4}-\d\d-\d\d)[T ](?<time>(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?)(?<offset>Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/u

/** Reads a moment; one without an offset is in UTC, as Drizzle reads a `timestamp` without time zone. */
export function parseTimestamp(value: unknown, { element }: ColumnDescription): Parsed {
  const match = typeof value === 'string' ? TIMESTAMP.exec(value) : null
  const { date = '', time, offset = 'Z' } = match?.groups ?? {}
  if (!isCalendarDate(date)) return refused('must be a date and time such as 2024-05-31T20:15:00Z', value)
  const moment = new Date(`${date}T${time}${offset}`)
  return parsed(element.dataType === 'date' ? moment : moment.toISOString())
}

/** Whether the text is a day of the calendar: JavaScript's own parser turns 30 February into 1 March. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/u.test(text) || text.startsWith('0000')) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}
