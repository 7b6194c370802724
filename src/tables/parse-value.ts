import type { ColumnType } from '../contract/tables.ts'
import type { ColumnDescription } from './column-description.ts'
import { parseDate, parseTime, parseTimestamp } from './parse-date.ts'
import { parseJson } from './parse-json.ts'
import { parseBigint, parseDecimal, parseFloatingPoint, parseInteger } from './parse-number.ts'
import { parseEnum, parseText, parseUuid } from './parse-text.ts'
import { type Parsed, parsed, refused } from './parsed.ts'

type Parser = (value: unknown, column: ColumnDescription) => Parsed

const PARSERS: Record<ColumnType, Parser> = {
  text: parseText,
  integer: parseInteger,
  bigint: parseBigint,
  float: parseFloatingPoint,
  decimal: parseDecimal,
  boolean: parseBoolean,
  date: parseDate,
  time: parseTime,
  timestamp: parseTimestamp,
  uuid: parseUuid,
  json: parseJson,
  enum: parseEnum,
  other: parseText,
}

/** Turns a value of a JSON body into the value that Drizzle stores in the column. */
export function parseValue(value: unknown, column: ColumnDescription): Parsed {
  if (value === null) return column.isNullable ? parsed(null) : refused('must be given: it cannot be null')
  return column.isArray ? parseArray(value, column) : parseElement(value, column)
}

/** The same for one element of an array column, or for the value of a column that is no array. */
export function parseElement(value: unknown, column: ColumnDescription): Parsed {
  return PARSERS[column.type](value, column)
}

function parseArray(value: unknown, column: ColumnDescription): Parsed {
  if (!Array.isArray(value)) return refused('must be a list', value)
  const elements: unknown[] = []
  for (const element of value) {
    if (element === null) return refused('must be a list without null')
    const result = parseElement(element, column)
    if ('problem' in result) return result
    elements.push(result.value)
  }
  return parsed(elements)
}

function parseBoolean(value: unknown): Parsed {
  return typeof value === 'boolean' ? parsed(value) : refused('must be true or false', value)
}
