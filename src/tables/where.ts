import { and, eq, gt, gte, ilike, inArray, isNotNull, isNull, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import type { FilterOperator } from '../contract/rows.ts'
import type { ColumnDescription } from './column-description.ts'
import type { Filter, RowsQuery } from './rows-query.ts'
import type { TableDescription } from './table-description.ts'

/** The condition of a query. Everything a user wrote becomes a parameter; `undefined` is no condition. */
export function whereRowsMatch(table: TableDescription, query: RowsQuery): SQL | undefined {
  const conditions = query.filters.map(filterCondition)
  return and(...conditions, query.search === null ? undefined : searchCondition(table, query.search))
}

/** The order of a query, which is the same each time: rows that are alike otherwise follow their primary key. */
export function getRowOrder(table: TableDescription, { sort }: RowsQuery): SQL[] {
  const isByPrimaryKey = sort.some(({ column }) => column === table.primaryKey)
  const keys = isByPrimaryKey ? sort : [...sort, { column: table.primaryKey, isDescending: false }]
  return keys.map(({ column: { column, isNullable }, isDescending }) => {
    if (!isDescending) return sql`${column} asc`
    // Without NULLs in the way, the plain order can use an index.
    return isNullable ? sql`${column} desc nulls last` : sql`${column} desc`
  })
}

function searchCondition(table: TableDescription, search: string): SQL {
  const columns = table.columns.filter(isSearchable)
  return or(...columns.map(({ column }) => ilike(column, containing(search)))) ?? sql`false`
}

/** File keys are no words of a person, and nearly every one would match `jpg`. */
function isSearchable({ type, isArray, media }: ColumnDescription): boolean {
  return type === 'text' && !isArray && media === null
}

function filterCondition(filter: Filter): SQL {
  if (filter.operator === 'empty') return emptyCondition(filter.column, filter.isEmpty)
  if (filter.operator === 'in') return inArray(filter.column.column, filter.values)
  return CONDITIONS[filter.operator](filter.column, filter.value)
}

type Condition = (column: ColumnDescription, value: unknown) => SQL

const CONDITIONS: Readonly<Record<Exclude<FilterOperator, 'in' | 'empty'>, Condition>> = {
  eq: ({ column }, value) => eq(column, value),
  // A row without a value is not equal to one either.
  ne: ({ column }, value) => sql`${column} is distinct from ${sql.param(value, column)}`,
  lt: ({ column }, value) => lt(column, value),
  lte: ({ column }, value) => lte(column, value),
  gt: ({ column }, value) => gt(column, value),
  gte: ({ column }, value) => gte(column, value),
  contains: ({ column }, value) => ilike(column, containing(String(value))),
  has: ({ column, element }, value) => sql`${sql.param(value, element)} = any(${column})`,
}

function emptyCondition({ column, type, isArray }: ColumnDescription, isEmpty: boolean): SQL {
  if (isArray) return isEmpty ? sql`coalesce(cardinality(${column}), 0) = 0` : sql`cardinality(${column}) > 0`
  if (type !== 'text') return isEmpty ? isNull(column) : isNotNull(column)
  return isEmpty ? sql`coalesce(${column}, '') = ''` : sql`${column} <> ''`
}

/** A pattern for LIKE in which the text stands for itself. */
function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/gu, String.raw`\$&`)}%`
}
