import type { ColumnType } from '../contract/tables.ts'

/** How a Postgres column of Drizzle, by its `columnType`, is seen; what is not here is `other`. */
export const COLUMN_TYPES: ReadonlyMap<string, ColumnType> = new Map([
  ['PgText', 'text'],
  ['PgVarchar', 'text'],
  ['PgChar', 'text'],
  ['PgInteger', 'integer'],
  ['PgSmallInt', 'integer'],
  ['PgSerial', 'integer'],
  ['PgSmallSerial', 'integer'],
  ['PgBigInt53', 'bigint'],
  ['PgBigInt64', 'bigint'],
  ['PgBigSerial53', 'bigint'],
  ['PgBigSerial64', 'bigint'],
  ['PgReal', 'float'],
  ['PgDoublePrecision', 'float'],
  ['PgNumeric', 'decimal'],
  ['PgNumericNumber', 'decimal'],
  ['PgNumericBigInt', 'decimal'],
  ['PgBoolean', 'boolean'],
  ['PgDate', 'date'],
  ['PgDateString', 'date'],
  ['PgTime', 'time'],
  ['PgTimestamp', 'timestamp'],
  ['PgTimestampString', 'timestamp'],
  ['PgUUID', 'uuid'],
  ['PgJson', 'json'],
  ['PgJsonb', 'json'],
  ['PgEnumColumn', 'enum'],
  ['PgEnumObjectColumn', 'enum'],
] as const)

/** Types that Postgres reads from any text, so that a column of Drizzle's `customType` can be edited as text. */
export const TEXT_SQL_TYPES: ReadonlySet<string> = new Set(['text', 'varchar', 'citext', 'bpchar'])

/** Columns without a type of their own here whose value is nevertheless a text. */
export const TEXTUAL_COLUMN_TYPES: ReadonlySet<string> = new Set([
  'PgInet',
  'PgCidr',
  'PgMacaddr',
  'PgMacaddr8',
  'PgInterval',
])

export interface IntegerRange {
  smallest: bigint
  largest: bigint
}

const INT2: IntegerRange = { smallest: -(2n ** 15n), largest: 2n ** 15n - 1n }
const INT4: IntegerRange = { smallest: -(2n ** 31n), largest: 2n ** 31n - 1n }
const INT8: IntegerRange = { smallest: -(2n ** 63n), largest: 2n ** 63n - 1n }
const SAFE: IntegerRange = { smallest: BigInt(Number.MIN_SAFE_INTEGER), largest: BigInt(Number.MAX_SAFE_INTEGER) }

/**
 * The whole numbers that a column holds. With Drizzle's `mode: 'number'` a bigint is limited to what a JavaScript
 * number holds exactly.
 */
export const INTEGER_RANGES: ReadonlyMap<string, IntegerRange> = new Map([
  ['PgSmallInt', INT2],
  ['PgSmallSerial', INT2],
  ['PgInteger', INT4],
  ['PgSerial', INT4],
  ['PgBigInt53', SAFE],
  ['PgBigSerial53', SAFE],
  ['PgBigInt64', INT8],
  ['PgBigSerial64', INT8],
])
