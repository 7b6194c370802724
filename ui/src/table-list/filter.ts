import type { FilterOperator } from '../../../src/contract/rows.ts'
import type { ColumnSchema, ColumnType } from '../../../src/contract/tables.ts'

/** One condition on a column, as the server takes it: `column:operator:value`. */
export interface Filter {
  column: string
  operator: FilterOperator
  value: string
}

/** A way to compare that suits a column, in words. */
export interface FilterChoice {
  operator: FilterOperator
  /** Between the column and the value: `is after`. */
  label: string
  /** Set when there is nothing left to fill in, as for `is empty`. */
  value?: string
}

/** Values may hold colons (times do); only the first two separate. `null` for what is no filter at all. */
export function parseFilter(text: string): Filter | null {
  const match = /^([^:]+):([a-z]+):(.*)$/s.exec(text)
  const [, column, operator, value] = match ?? []
  if (column === undefined || value === undefined || !isOperator(operator)) return null
  return { column, operator, value }
}

export function formatFilter({ column, operator, value }: Filter): string {
  return `${column}:${operator}:${value}`
}

/** The choices for a column, the likeliest first. */
export function filterChoices(column: ColumnSchema): FilterChoice[] {
  return [...comparisons(column), ...emptiness(column)]
}

/** The choice that a filter was made with. */
export function getChoice(filter: Filter, column: ColumnSchema): FilterChoice | undefined {
  return filterChoices(column).find(
    (choice) => choice.operator === filter.operator && (choice.value === undefined || choice.value === filter.value),
  )
}

function comparisons(column: ColumnSchema): FilterChoice[] {
  if (column.isArray) return column.media ? [] : [{ operator: 'has', label: 'includes' }]
  if (column.media) return [{ operator: 'contains', label: 'has a name with' }]
  if (column.foreignKey) {
    return [
      { operator: 'eq', label: 'is' },
      { operator: 'ne', label: 'is not' },
    ]
  }
  return comparisonsByType[column.type]
}

function emptiness(column: ColumnSchema): FilterChoice[] {
  if (column.media) {
    return [
      { operator: 'empty', value: 'false', label: column.isArray ? 'has files' : 'has a file' },
      { operator: 'empty', value: 'true', label: column.isArray ? 'has no files' : 'has no file' },
    ]
  }
  if (!column.isNullable && column.type !== 'text' && !column.isArray) return []
  return [
    { operator: 'empty', value: 'true', label: 'is empty' },
    { operator: 'empty', value: 'false', label: 'is not empty' },
  ]
}

const equality: FilterChoice[] = [
  { operator: 'eq', label: 'is' },
  { operator: 'ne', label: 'is not' },
]

const numbers: FilterChoice[] = [
  { operator: 'eq', label: 'is' },
  { operator: 'ne', label: 'is not' },
  { operator: 'gte', label: 'is at least' },
  { operator: 'lte', label: 'is at most' },
  { operator: 'gt', label: 'is more than' },
  { operator: 'lt', label: 'is less than' },
]

const moments: FilterChoice[] = [
  { operator: 'gte', label: 'is on or after' },
  { operator: 'lt', label: 'is before' },
]

const comparisonsByType: Record<ColumnType, FilterChoice[]> = {
  text: [{ operator: 'contains', label: 'contains' }, ...equality],
  uuid: equality,
  integer: numbers,
  bigint: numbers,
  float: numbers,
  decimal: numbers,
  boolean: [
    { operator: 'eq', value: 'true', label: 'is yes' },
    { operator: 'eq', value: 'false', label: 'is no' },
  ],
  date: [{ operator: 'eq', label: 'is on' }, ...moments],
  time: moments,
  timestamp: moments,
  enum: [{ operator: 'in', label: 'is one of' }],
  json: [],
  other: [],
}

const operators: readonly string[] = [
  'eq',
  'ne',
  'lt',
  'lte',
  'gt',
  'gte',
  'contains',
  'in',
  'has',
  'empty',
] satisfies FilterOperator[]

function isOperator(text: string | undefined): text is FilterOperator {
  return text !== undefined && operators.includes(text)
}
