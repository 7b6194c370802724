import type { ColumnSchema, ColumnType } from '../../contract/tables.ts'
import type { Schema } from './openapi-types.ts'
import { list, nullable } from './schema-builders.ts'

/** What a column's value looks like in a row that is read. */
export function readValue(column: ColumnSchema): Schema {
  return wholeValue(column, READ_VALUES[column.type])
}

/** What may be given for a column in a row that is created or changed. */
export function givenValue(column: ColumnSchema): Schema {
  return wholeValue(column, GIVEN_VALUES[column.type])
}

type ElementSchema = (column: ColumnSchema) => Schema

function wholeValue(column: ColumnSchema, elementSchema: ElementSchema): Schema {
  const element = elementSchema(column)
  const value = column.isArray ? list(element) : element
  const description = getDescription(column)
  const described = description === '' ? value : { ...value, description }
  return column.isNullable ? nullable(described) : described
}

function getDescription({ label, name, media, foreignKey }: ColumnSchema): string {
  const parts = [label === name ? '' : `${label}.`]
  if (media !== null) parts.push(`A file key of this column's storage; ${getExtensions(media.allowedExtensions)}.`)
  if (foreignKey !== null) parts.push(`References ${foreignKey.table}.${foreignKey.column}.`)
  return parts.filter((part) => part !== '').join(' ')
}

function getExtensions(extensions: readonly string[] | null): string {
  return extensions === null ? 'files of every extension' : `files that end in ${extensions.join(', ')}`
}

const textValue: ElementSchema = ({ maxLength }) => ({ type: 'string', ...(maxLength === null ? {} : { maxLength }) })
const integerText: Schema = { type: 'string', pattern: '^-?\\d+$' }
const decimalText: Schema = { type: 'string', pattern: '^-?\\d+(\\.\\d+)?$' }
const enumValue: ElementSchema = ({ options }) => ({ type: 'string', enum: options ?? [] })

const READ_VALUES: Readonly<Record<ColumnType, ElementSchema>> = {
  text: textValue,
  integer: () => ({ type: 'integer' }),
  bigint: () => integerText,
  // JSON has no numbers for these three: they come as texts.
  float: () => ({ anyOf: [{ type: 'number' }, { type: 'string', enum: ['NaN', 'Infinity', '-Infinity'] }] }),
  // `numeric` has them too.
  decimal: () => ({ type: 'string' }),
  boolean: () => ({ type: 'boolean' }),
  date: () => ({ type: 'string', format: 'date' }),
  time: () => ({ type: 'string' }),
  timestamp: () => ({ type: 'string', format: 'date-time' }),
  uuid: () => ({ type: 'string', format: 'uuid' }),
  json: () => ({}),
  enum: enumValue,
  other: () => ({}),
}

const GIVEN_VALUES: Readonly<Record<ColumnType, ElementSchema>> = {
  ...READ_VALUES,
  bigint: () => ({ anyOf: [integerText, { type: 'integer' }] }),
  float: () => ({ type: 'number' }),
  decimal: () => ({ anyOf: [decimalText, { type: 'number' }] }),
  // An offset may be left out, which means UTC.
  timestamp: () => ({ type: 'string' }),
  other: () => ({ type: 'string' }),
}
