import type { FilterOperator } from '../contract/rows.ts'
import type { ColumnDescription } from './column-description.ts'
import { parseFilter } from './parse-filter.ts'
import { findTextProblem } from './parse-text.ts'
import type { TableDescription } from './table-description.ts'
import { TableError } from './table-error.ts'

/** Which rows of a table, in which order, and which page of them. */
export interface RowsQuery {
  /** From 1. */
  page: number
  /** Rows on a page. */
  pageSize: number
  sort: SortKey[]
  /** What to look for in every text column; `null` for all rows. */
  search: string | null
  filters: Filter[]
}

export interface SortKey {
  column: ColumnDescription
  isDescending: boolean
}

/** One condition on a column; its values are of the column's type already. */
export type Filter =
  | { column: ColumnDescription; operator: Exclude<FilterOperator, 'in' | 'empty'>; value: unknown }
  | { column: ColumnDescription; operator: 'in'; values: unknown[] }
  | { column: ColumnDescription; operator: 'empty'; isEmpty: boolean }

const DEFAULT_PAGE_SIZE = 25
const MAX_PAGE_SIZE = 200
// With the largest page size, the number of rows before the page still fits Postgres's OFFSET.
const MAX_PAGE = 1_000_000_000

/**
 * Reads the query of `GET /api/tables/{table}/rows`.
 *
 * @throws {TableError} `INVALID_REQUEST` naming what is allowed
 */
export function parseRowsQuery(table: TableDescription, parameters: URLSearchParams): RowsQuery {
  return {
    page: parseCount(parameters, 'page', { fallback: 1, largest: MAX_PAGE }),
    pageSize: parseCount(parameters, 'pageSize', { fallback: DEFAULT_PAGE_SIZE, largest: MAX_PAGE_SIZE }),
    sort: parseSort(table, parameters.get('sort') ?? ''),
    search: parseSearch(parameters.get('search') ?? ''),
    filters: parameters.getAll('filter').map((filter) => parseFilter(table, filter)),
  }
}

function parseCount(
  parameters: URLSearchParams,
  name: string,
  { fallback, largest }: { fallback: number; largest: number },
): number {
  const text = parameters.get(name)
  if (text === null) return fallback
  const count = /^\d{1,10}$/u.test(text) ? Number(text) : 0
  if (count >= 1 && count <= largest) return count
  throw new TableError('INVALID_REQUEST', `${name} must be a whole number from 1 to ${largest}.`, { field: name })
}

function parseSearch(text: string): string | null {
  const problem = findTextProblem(text)
  if (problem !== null) throw new TableError('INVALID_REQUEST', `search ${problem}.`, { field: 'search' })
  const search = text.trim()
  return search === '' ? null : search
}

function parseSort(table: TableDescription, text: string): SortKey[] {
  const names = text.split(',').filter((name) => name !== '')
  return names.map((name) => {
    const isDescending = name.startsWith('-')
    return { column: sortableColumn(table, isDescending ? name.slice(1) : name), isDescending }
  })
}

function sortableColumn(table: TableDescription, name: string): ColumnDescription {
  const column = table.column(name)
  if (column !== null && isSortable(column)) return column
  const names = table.columns.filter(isSortable).map((sortable) => sortable.name)
  const message = `Rows of ${table.name} cannot be sorted by "${name.slice(0, 100)}": choose from ${names.join(', ')}.`
  throw new TableError('INVALID_REQUEST', message, { field: 'sort' })
}

/** Postgres has no order for `json`, `point` and other types, and would answer an error. */
function isSortable({ type }: ColumnDescription): boolean {
  return type !== 'json' && type !== 'other'
}
