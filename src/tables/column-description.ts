import { is, SQL } from 'drizzle-orm'
import {
  PgArray,
  PgChar,
  type PgColumn,
  PgNumeric,
  PgNumericBigInt,
  PgNumericNumber,
  PgVarchar,
} from 'drizzle-orm/pg-core'
import type { JsonValue } from '../contract/rows.ts'
import type { ColumnSchema, ColumnType, MediaRules } from '../contract/tables.ts'
import {
  COLUMN_TYPES,
  INTEGER_RANGES,
  type IntegerRange,
  TEXT_SQL_TYPES,
  TEXTUAL_COLUMN_TYPES,
} from './column-types.ts'
import { formatValue } from './format-value.ts'
import { humaniseName } from './humanise-name.ts'
import type { ForeignKeyDescription, TableConstraints } from './table-constraints.ts'

/** Everything the admin knows about a column of a Drizzle table. */
export interface ColumnDescription extends Omit<ColumnSchema, 'foreignKey'> {
  /** The Drizzle column. */
  column: PgColumn
  /** What the column holds: itself, or for an array the column of its elements. */
  element: PgColumn
  /** Digits that a decimal has in all. */
  precision: number | null
  /** The whole numbers that fit. */
  range: IntegerRange | null
  foreignKey: ForeignKeyDescription | null
}

/** Where {@link describeColumn} looks up what the column itself does not know. */
export interface ColumnContext {
  constraints: TableConstraints
  mediaRules: (column: PgColumn) => MediaRules | null
}

export function describeColumn(name: string, column: PgColumn, context: ColumnContext): ColumnDescription {
  const { primaryKeys, uniques, foreignKeys } = context.constraints
  const element = getElement(column)
  const type = getType(element)
  const isPrimaryKey = primaryKeys.has(column.name)
  return {
    name,
    label: humaniseName(name),
    type,
    isArray: is(column, PgArray),
    isNullable: !column.notNull && !isPrimaryKey,
    isUnique: (isPrimaryKey && primaryKeys.size === 1) || uniques.has(column.name),
    hasDefault: column.hasDefault || column.generatedIdentity !== undefined,
    defaultValue: plainDefault(column, type),
    isReadOnly: isGenerated(column) || (type === 'other' && !isTextual(element)),
    maxLength: getLength(element),
    ...getDigits(element),
    options: type === 'enum' ? [...(element.enumValues ?? [])] : null,
    media: context.mediaRules(column),
    column,
    element,
    range: INTEGER_RANGES.get(element.columnType) ?? null,
    foreignKey: foreignKeys.get(column.name) ?? null,
  }
}

function getElement(column: PgColumn): PgColumn {
  return is(column, PgArray) ? column.baseColumn : column
}

function getType(element: PgColumn): ColumnType {
  const type = COLUMN_TYPES.get(element.columnType)
  if (type === 'text' && (element.enumValues?.length ?? 0) > 0) return 'enum'
  return type ?? (isCustomText(element) ? 'text' : 'other')
}

function isCustomText(element: PgColumn): boolean {
  return element.columnType === 'PgCustomColumn' && TEXT_SQL_TYPES.has(element.getSQLType().toLowerCase())
}

function isTextual(element: PgColumn): boolean {
  return TEXTUAL_COLUMN_TYPES.has(element.columnType)
}

function isGenerated(column: PgColumn): boolean {
  return column.generated !== undefined || column.generatedIdentity?.type === 'always'
}

function plainDefault(column: PgColumn, type: ColumnType): JsonValue {
  const value: unknown = column.default
  return value === undefined || is(value, SQL) ? null : formatValue(type, value)
}

function getLength(element: PgColumn): number | null {
  return is(element, PgVarchar) || is(element, PgChar) ? (element.length ?? null) : null
}

function getDigits(element: PgColumn): Pick<ColumnDescription, 'precision' | 'scale'> {
  if (!is(element, PgNumeric) && !is(element, PgNumericNumber) && !is(element, PgNumericBigInt)) {
    return { precision: null, scale: null }
  }
  const { precision, scale } = element
  // `numeric` keeps every digit, but `numeric(5)` means `numeric(5, 0)`.
  return { precision: precision ?? null, scale: precision === undefined ? null : (scale ?? 0) }
}
