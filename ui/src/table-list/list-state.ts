import { useCallback, useMemo } from 'react'
import { useLocation, useSearch } from 'wouter'
import type { RowsQuery } from '../api.ts'

/** What the list shows, as it stands in the address bar: a link to it shows the same rows to someone else. */
export interface ListState {
  page: number
  pageSize: number
  /** A column's name, `-` before it for descending; `null` for the server's own order. */
  sort: string | null
  search: string
  /** `column:operator:value` */
  filters: string[]
}

export const PAGE_SIZES = [25, 50, 100, 200]
const DEFAULT_PAGE_SIZE = 25

export type ChangeListState = (changes: Partial<ListState>, options?: { replace?: boolean }) => void

/** Any change but one of the page itself goes back to the first page. */
export function useListState(): [ListState, ChangeListState] {
  // The router's own reading decodes once too often for values that hold a percent sign; it only tells of changes.
  useSearch()
  const text = window.location.search
  const state = useMemo(() => parseListState(new URLSearchParams(text)), [text])
  const [path, navigate] = useLocation()
  const change = useCallback<ChangeListState>(
    (changes, options) => {
      // Read now and not when drawn: a search that waited for a pause must not undo a filter set meanwhile.
      const now = parseListState(new URLSearchParams(window.location.search))
      navigate(`${path}${formatListState({ ...now, page: 1, ...changes })}`, options)
    },
    [navigate, path],
  )
  return [state, change]
}

export function toRowsQuery(state: ListState): RowsQuery {
  return {
    page: state.page,
    pageSize: state.pageSize,
    sort: state.sort === null ? [] : [state.sort],
    search: state.search,
    filters: state.filters,
  }
}

export function parseListState(parameters: URLSearchParams): ListState {
  const pageSize = Number(parameters.get('pageSize'))
  return {
    page: Math.max(1, Math.trunc(Number(parameters.get('page'))) || 1),
    pageSize: PAGE_SIZES.includes(pageSize) ? pageSize : DEFAULT_PAGE_SIZE,
    sort: parameters.get('sort') || null,
    search: parameters.get('search') ?? '',
    filters: parameters.getAll('filter'),
  }
}

/** Starts with `?`, or is empty when everything is as it is by default. */
export function formatListState(state: ListState): string {
  const parameters = new URLSearchParams()
  if (state.search) parameters.set('search', state.search)
  for (const filter of state.filters) parameters.append('filter', filter)
  if (state.sort) parameters.set('sort', state.sort)
  if (state.pageSize !== DEFAULT_PAGE_SIZE) parameters.set('pageSize', String(state.pageSize))
  if (state.page > 1) parameters.set('page', String(state.page))
  return parameters.size > 0 ? `?${parameters.toString()}` : ''
}
