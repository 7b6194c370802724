import { queryOptions, type QueryClient, skipToken } from '@tanstack/react-query'
import type { FilePreview } from '../../src/contract/media.ts'
import type { FilePreviews } from '../../src/contract/rows.ts'
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
    queryFn: async ({ signal, client }) => {
      const response = await getRows(table, query, signal)
      rememberPreviews(client, table, response.previews)
      return response
    },
    placeholderData: (previous, previousQuery) => (previousQuery?.queryKey[1] === table ? previous : undefined),
  })
}

export function rowQuery(table: string, id: string) {
  return queryOptions({
    queryKey: ['rows', table, 'row', id],
    queryFn: async ({ signal, client }) => {
      const response = await getRow(table, id, signal)
      rememberPreviews(client, table, response.previews)
      return response
    },
  })
}

export function fileInformationQuery(file: FileLocation) {
  return queryOptions({
    queryKey: ['file', file.table, file.column, file.fileKey],
    queryFn: async ({ signal, client }) => {
      const information = await getFileInformation(file, signal)
      rememberPreview(client, file, information.preview)
      return information
    },
  })
}

/** How long, in milliseconds, it is remembered what files look like that are not on screen. */
const PREVIEW_LIFE = 3_600_000

/** What a file looks like before its small image is there. It is never asked for: other answers bring it along. */
export function filePreviewQuery({ table, column, fileKey }: FileLocation) {
  return queryOptions<FilePreview>({
    queryKey: ['preview', table, column, fileKey],
    queryFn: skipToken,
    staleTime: Infinity,
    gcTime: PREVIEW_LIFE,
  })
}

/** Takes in what an answer of the server told of a file. */
export function rememberPreview(client: QueryClient, file: FileLocation, preview: FilePreview | null): void {
  if (preview !== null) client.setQueryData(filePreviewQuery(file).queryKey, preview)
}

function rememberPreviews(client: QueryClient, table: string, previews: FilePreviews): void {
  for (const [column, files] of Object.entries(previews)) {
    for (const [fileKey, preview] of Object.entries(files)) rememberPreview(client, { table, column, fileKey }, preview)
  }
}
