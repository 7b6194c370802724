import type { FilePreview } from './media.ts'

export type JsonValue = string | number | boolean | null | JsonValue[] | { [name: string]: JsonValue }

/**
 * A row, by column name. Dates are ISO 8601 strings, `bigint` and `decimal` values are strings so that no digit is
 * lost, and a media column holds its file key, or a list of file keys.
 */
export type Row = Record<string, JsonValue>

/**
 * `GET /api/tables/{table}/rows`
 *
 * Query: `page` (from 1), `pageSize` (1 to 200, default 25), `sort` (column names separated by commas, `-` before a
 * name for descending), `search` (in every text column) and any number of `filter` (`column:operator:value`, see
 * {@link FilterOperator}).
 */
export interface RowsResponse {
  rows: Row[]
  /** Rows that match, on all pages together. */
  total: number
  page: number
  pageSize: number
  /** What the rows that foreign keys point at are called: by column name, then by the key's value as text. */
  labels: Record<string, Record<string, string>>
  previews: FilePreviews
}

/** Of the first files of each media column, where they are known at once: by column name, then by file key. */
export type FilePreviews = Record<string, Record<string, FilePreview>>

/**
 * How a filter compares. `contains` ignores case; `in` takes values separated by commas; `has` looks into an array;
 * `empty` takes `true` or `false` and means NULL, the empty text or the empty list.
 */
export type FilterOperator = 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte' | 'contains' | 'in' | 'has' | 'empty'

/** `GET /api/tables/{table}/rows/{id}`, and the answer to a create or a change. */
export interface RowResponse {
  row: Row
  labels: Record<string, Record<string, string>>
  previews: FilePreviews
}
