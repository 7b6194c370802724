import { queryOptions } from '@tanstack/react-query'
import { getFileInformation, getRow, getRows, getSession, getTables, getTableSchema } from './api.ts'
import type { FileLocation, RowsQuery } from './api.ts'

/**
 * Every cached question to the server, so that two places that ask the same share one answer. After a change to a
 * table's rows, invalidate `['rows', table]`: it covers the lists and the single rows.
 */
export function sessionQuery() {
  return queryOptions({ queryKey: ['session'], queryFn: ({ signal }) => getSession(signal), staleTime: Infinity })
}

export function tablesQuery() {
  return queryOptions({ queryKey: ['tables'], queryFn: ({ signal }) => getTables(signal), staleTime: 300_000 })
}

export function tableSchemaQuery(table: string) {
  return queryOptions({
    queryKey: ['schema', table],
    queryFn: ({ signal }) => getTableSchema(table, signal),
    staleTime: 300_000,
  })
}

/** Keeps the page before on screen while the next one loads, as long as it is the same table's. */
export function rowsQuery(table: string, query: RowsQuery) {
  return queryOptions({
    queryKey: ['rows', table, 'list', query],
    queryFn: ({ signal }) => getRows(table, query, signal),
    placeholderData: (previous, previousQuery) => (previousQuery?.queryKey[1] === table ? previous : undefined),
  })
}

export function rowQuery(table: string, id: string) {
  return queryOptions({
    queryKey: ['rows', table, 'row', id],
    queryFn: ({ signal }) => getRow(table, id, signal),
  })
}

export function fileInformationQuery(file: FileLocation) {
  return queryOptions({
    queryKey: ['file', file.table, file.column, file.fileKey],
    queryFn: ({ signal }) => getFileInformation(file, signal),
  })
}
