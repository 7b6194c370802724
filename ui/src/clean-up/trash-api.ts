import type {
  TrashedFileLocation,
  TrashedFilesResponse,
  TrashRequest,
  TrashResponse,
  TrashRunsResponse,
} from '../../../src/contract/trash.ts'
import { apiUrl, type MediaColumnLocation, mediaPath, request } from '../api.ts'

/** Which part of the trash to list. */
export interface TrashQuery {
  /** `null` for all media columns. */
  column: MediaColumnLocation | null
  runId?: string | null
  search?: string
  /** `next` of the page before; `null` for the first page. */
  after: string | null
}

export async function getTrashedFiles(query: TrashQuery, signal?: AbortSignal): Promise<TrashedFilesResponse> {
  return request(`/media/trash?${trashQueryString(query, 'file')}`, { signal })
}

export async function getTrashRuns(query: TrashQuery, signal?: AbortSignal): Promise<TrashRunsResponse> {
  return request(`/media/trash?${trashQueryString(query, 'run')}`, { signal })
}

export async function changeTrash(change: TrashRequest): Promise<TrashResponse> {
  return request('/media/trash', { method: 'POST', body: change })
}

/** The URL of a small image of a file in the trash, for `src`. */
export function trashThumbnailUrl({ table, column, runId, fileKey }: TrashedFileLocation): string {
  const path = [runId, fileKey].map(encodeURIComponent).join('/')
  return apiUrl(`${mediaPath(table, column)}/trash/${path}/thumbnail?width=160`)
}

function trashQueryString({ column, runId, search, after }: TrashQuery, groupBy: 'file' | 'run'): string {
  const parameters = new URLSearchParams({ groupBy, ...(column && { table: column.table, column: column.column }) })
  if (runId) parameters.set('runId', runId)
  if (search) parameters.set('search', search)
  if (after !== null) parameters.set('after', after)
  return parameters.toString()
}
