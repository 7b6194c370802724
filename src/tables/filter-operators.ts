import type { FilterOperator } from '../contract/rows.ts'
import type { ColumnType } from '../contract/tables.ts'

const COMPARISONS: readonly FilterOperator[] = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'in', 'empty']
const CHOICES: readonly FilterOperator[] = ['eq', 'ne', 'in', 'empty']

/** What a column of each type can be filtered by. */
export const FILTER_OPERATORS: Readonly<Record<ColumnType, readonly FilterOperator[]>> = {
  text: [...COMPARISONS, 'contains'],
  integer: COMPARISONS,
  bigint: COMPARISONS,
  float: COMPARISONS,
  decimal: COMPARISONS,
  date: COMPARISONS,
  time: COMPARISONS,
  timestamp: COMPARISONS,
  boolean: CHOICES,
  uuid: CHOICES,
  enum: CHOICES,
  json: ['empty'],
  other: ['empty'],
}

/** What a list of values can be filtered by. */
export const ARRAY_FILTER_OPERATORS: readonly FilterOperator[] = ['has', 'empty']
