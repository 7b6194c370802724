import type {
  CleanUpPlanRequest,
  CleanUpPlanResponse,
  CleanUpRunResponse,
  MissingFilesResponse,
  RestoreResponse,
} from '../../src/contract/clean-up.ts'
import type { ErrorCode, ErrorResponse, RowReference } from '../../src/contract/error.ts'
import type {
  StartDirectUploadRequest,
  DirectUpload,
  FileInformation,
  FilePreview,
  FilesResponse,
  FileUrlResponse,
  ResumableUpload,
  SignPartsRequest,
  SignPartsResponse,
  UploadResponse,
} from '../../src/contract/media.ts'
import type { Row, RowResponse, RowsResponse } from '../../src/contract/rows.ts'
import type { SessionResponse } from '../../src/contract/session.ts'
import type { TableSchema, TablesResponse } from '../../src/contract/tables.ts'
import { type ErrorDetails, formatServerError } from './error-message.ts'
import { t } from './messages.ts'
import { pageConfig } from './page-config.ts'

/** A request that did not succeed. `message` is a sentence for a person, in the language of the page. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  /** The HTTP status; 0 when the server could not be reached at all. */
  readonly status: number
  readonly code: ErrorCode | 'NETWORK_FAILURE'
  readonly field: string | null
  /** The reason that tells the cases of a code apart, and the parameters of its sentence. */
  readonly details: ErrorDetails
  readonly references: RowReference[]
  /** In seconds; `null` when the server did not say. */
  readonly retryAfter: number | null

  constructor(status: number, details: ApiErrorDetails, options?: ErrorOptions) {
    super(formatServerError(details.code, details.details ?? null) ?? details.message, options)
    this.status = status
    this.details = details.details ?? {}
    this.code = details.code
    this.field = details.field ?? null
    this.references = details.references ?? []
    this.retryAfter = details.retryAfter ?? null
  }
}

export interface ApiErrorDetails {
  code: ApiError['code']
  /** The server's own sentence: stands where the catalogue has none for the code. */
  message: string
  details?: ErrorDetails | undefined
  field?: string | undefined
  references?: RowReference[] | undefined
  retryAfter?: number | null
}

/** Names a file wherever it is shown: the column it belongs to and its key. */
export interface FileLocation {
  table: string
  column: string
  fileKey: string
}

/** The query of {@link getRows}, as the table list keeps it in the address bar. */
export interface RowsQuery {
  page?: number
  pageSize?: number
  /** Column names; `-` before a name for descending. */
  sort?: string[]
  search?: string
  /** `column:operator:value` */
  filters?: string[]
}

export async function getSession(signal?: AbortSignal): Promise<SessionResponse> {
  return request('/session', { signal, announcesExpiry: false })
}

export async function signIn(email: string, password: string): Promise<void> {
  await request('/auth/sign-in/email', { method: 'POST', body: { email, password }, announcesExpiry: false })
}

export async function signOut(): Promise<void> {
  await request('/auth/sign-out', { method: 'POST', body: {} })
}

export async function getTables(signal?: AbortSignal): Promise<TablesResponse> {
  return request('/tables', { signal })
}

export async function getTableSchema(table: string, signal?: AbortSignal): Promise<TableSchema> {
  return request(`/tables/${encodeURIComponent(table)}/schema`, { signal })
}

export async function getRows(table: string, query: RowsQuery, signal?: AbortSignal): Promise<RowsResponse> {
  return request(`/tables/${encodeURIComponent(table)}/rows${rowsQueryString(query)}`, { signal })
}

export async function getRow(table: string, id: string, signal?: AbortSignal): Promise<RowResponse> {
  return request(rowPath(table, id), { signal })
}

export async function createRow(table: string, row: Row): Promise<RowResponse> {
  return request(`/tables/${encodeURIComponent(table)}/rows`, { method: 'POST', body: row })
}

/** `changes` holds only the columns that changed. */
export async function updateRow(table: string, id: string, changes: Row): Promise<RowResponse> {
  return request(rowPath(table, id), { method: 'PATCH', body: changes })
}

export async function deleteRow(table: string, id: string): Promise<void> {
  await request(rowPath(table, id), { method: 'DELETE' })
}

export interface FilesQuery {
  after?: string
  limit?: number
  search?: string
  extension?: string
  use?: 'used' | 'unused'
}

export async function getFiles(
  column: { table: string; column: string },
  query: FilesQuery,
  signal?: AbortSignal,
): Promise<FilesResponse> {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value))
  return request(`${mediaPath(column.table, column.column)}?${parameters.toString()}`, { signal })
}

export async function getFileInformation(file: FileLocation, signal?: AbortSignal): Promise<FileInformation> {
  return request(`${filePath(file)}/info`, { signal })
}

export async function getFileUrl(file: FileLocation, signal?: AbortSignal): Promise<FileUrlResponse> {
  return request(`${filePath(file)}/url`, { signal })
}

/** How a resumable upload stands. */
export async function getResumableUpload(
  column: { table: string; column: string },
  id: string,
  signal?: AbortSignal,
): Promise<ResumableUpload> {
  return request(`${mediaPath(column.table, column.column)}/uploads/${encodeURIComponent(id)}`, { signal })
}

/** Names a media column in addresses. */
export interface MediaColumnLocation {
  table: string
  column: string
}

/** Has the server fetch a file from elsewhere and store it. */
export async function uploadFromUrl(
  { table, column }: MediaColumnLocation,
  url: string,
  signal?: AbortSignal,
): Promise<UploadResponse> {
  return request(`${mediaPath(table, column)}/from-url`, { method: 'POST', body: { url }, signal })
}

/** What a clean-up of the column would take away. */
export async function planCleanUp(
  { table, column }: MediaColumnLocation,
  plan: CleanUpPlanRequest,
): Promise<CleanUpPlanResponse> {
  return request(`${mediaPath(table, column)}/clean-up`, { method: 'POST', body: plan })
}

/** Takes the next files of a plan into the trash; repeat it until none remain. */
export async function runCleanUp({ table, column }: MediaColumnLocation, planId: string): Promise<CleanUpRunResponse> {
  return request(`${mediaPath(table, column)}/clean-up`, { method: 'POST', body: { planId } })
}

export async function restoreCleanUp({ table, column }: MediaColumnLocation, runId: string): Promise<RestoreResponse> {
  const path = `${mediaPath(table, column)}/clean-up/${encodeURIComponent(runId)}/restore`
  return request(path, { method: 'POST', body: {} })
}

export async function getMissingFiles(
  { table, column }: MediaColumnLocation,
  signal?: AbortSignal,
): Promise<MissingFilesResponse> {
  return request(`${mediaPath(table, column)}/missing`, { signal })
}

/** A media column. */
export interface ColumnLocation {
  table: string
  column: string
}

export async function startDirectUpload(
  column: ColumnLocation,
  upload: StartDirectUploadRequest,
  signal?: AbortSignal,
): Promise<DirectUpload> {
  return request(`${mediaPath(column.table, column.column)}/direct`, { method: 'POST', body: upload, signal })
}

export async function getDirectUpload(column: ColumnLocation, id: string, signal?: AbortSignal): Promise<DirectUpload> {
  return request(directUploadPath(column, id), { signal })
}

/** Asks for leave to send parts to the storage itself. */
export async function signDirectParts(
  upload: ColumnLocation & { id: string },
  parts: SignPartsRequest['parts'],
  signal?: AbortSignal,
): Promise<SignPartsResponse> {
  return request(`${directUploadPath(upload, upload.id)}/parts`, { method: 'POST', body: { parts }, signal })
}

export async function completeDirectUpload(
  column: ColumnLocation,
  id: string,
  signal?: AbortSignal,
): Promise<UploadResponse> {
  return request(`${directUploadPath(column, id)}/complete`, { method: 'POST', body: {}, signal })
}

export async function removeDirectUpload(column: ColumnLocation, id: string): Promise<void> {
  await request(directUploadPath(column, id), { method: 'DELETE' })
}

/** Where a direct upload is asked for. */
export function directUploadUrl(column: ColumnLocation, id: string): string {
  return apiUrl(directUploadPath(column, id))
}

/** Where the bytes of a file are, for `src` and `href`. The session cookie opens it. */
export function fileUrl(file: FileLocation, options: { download?: boolean } = {}): string {
  return `${apiUrl(filePath(file))}${options.download ? '?download' : ''}`
}

/** Widths of small images, in pixels: those that the server makes. */
export type ThumbnailWidth = 64 | 160 | 320 | 640 | 1280

/** Where a small image of a file is, for `src`. It never changes, so the browser asks for it once. */
export function thumbnailUrl(file: FileLocation, width: ThumbnailWidth): string {
  return `${apiUrl(filePath(file))}/thumbnail?width=${width}`
}

/**
 * Where a small image of a video or a PDF is. While none is known of, the answer may be that there is none, which the
 * browser remembers for a while: once there is one it is asked for under another address.
 */
export function fileThumbnailUrl(file: FileLocation, width: ThumbnailWidth, isKnown: boolean): string {
  return `${thumbnailUrl(file, width)}${isKnown ? '&known' : ''}`
}

/** Gives a video or a PDF the image by which it is recognised. One that it has already stays. */
export async function uploadThumbnail(file: FileLocation, image: Blob): Promise<FilePreview> {
  return request(`${filePath(file)}/picture`, { method: 'PUT', body: image })
}

/** Where files of a column are uploaded to. */
export function getUploadUrl(table: string, column: string): string {
  return apiUrl(mediaPath(table, column))
}

/** The absolute path of an API path, for example `/admin/api/session` for `/session`. */
export function apiUrl(path: string): string {
  return `${pageConfig.basePath}/api${path}`
}

/** Told on `window` when a request found the session gone. The sign-in dialog listens. */
export const SESSION_EXPIRED_EVENT = 'vitrine:session-expired'

/** Told on `window` when the person has signed in again: what was refused for want of a session can be tried again. */
export const SESSION_RENEWED_EVENT = 'vitrine:session-renewed'

/** For requests that do not go through this file, such as uploads by XMLHttpRequest. */
export function announceSessionExpiry(): void {
  window.dispatchEvent(new Event(SESSION_EXPIRED_EVENT))
}

/** Reads the body of a failed answer, the admin's own and better-auth's alike. */
export function apiErrorFrom(status: number, body: unknown, retryAfter: string | null = null): ApiError {
  const details = isErrorResponse(body) ? body.error : isAuthError(body) ? body : null
  return new ApiError(status, {
    code: isErrorResponse(body) ? body.error.code : getStatusCode(status),
    message: details?.message ?? t('common.statusError', { status }),
    details: isErrorResponse(body) ? getDetails(body.error) : undefined,
    field: isErrorResponse(body) ? body.error.field : undefined,
    references: isErrorResponse(body) ? body.error.references : undefined,
    retryAfter: retryAfter === null || Number.isNaN(Number(retryAfter)) ? null : Number(retryAfter),
  })
}

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** A `Blob` goes as it is, all else as JSON. */
  body?: unknown
  signal?: AbortSignal | undefined
  /** Whether 401 opens the sign-in dialog. Defaults to true. */
  announcesExpiry?: boolean
}

/** Sends a request to the API and reads its JSON. */
export async function request<TBody>(path: string, options: RequestOptions = {}): Promise<TBody> {
  const { method = 'GET', body, signal, announcesExpiry = true } = options
  const response = await reach(apiUrl(path), {
    method,
    headers: { accept: 'application/json', ...getContentType(body) },
    body: body === undefined || body instanceof Blob ? (body ?? null) : JSON.stringify(body),
    credentials: 'same-origin',
    signal: signal ?? null,
  })
  const content = await readJson(response)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- page and server share the contract and the release
  if (response.ok) return content as TBody
  if (response.status === 401 && announcesExpiry) announceSessionExpiry()
  throw apiErrorFrom(
    response.status,
    content,
    response.headers.get('X-Retry-After') ?? response.headers.get('Retry-After'),
  )
}

function getContentType(body: unknown): Record<string, string> {
  if (body === undefined) return {}
  return { 'content-type': body instanceof Blob ? body.type : 'application/json' }
}

async function reach(href: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(href, init)
  } catch (cause) {
    // fetch rejects with TypeError when there is no answer at all; an abort is the caller's own doing.
    if (!(cause instanceof TypeError)) throw cause
    throw new ApiError(0, { code: 'NETWORK_FAILURE', message: t('common.networkFailure') }, { cause })
  }
}

/** A proxy in between may answer with HTML; the status then has to say it all. */
async function readJson(response: Response): Promise<unknown> {
  if (!response.headers.get('content-type')?.includes('json')) return null
  return response.json()
}

function isErrorResponse(body: unknown): body is ErrorResponse {
  return typeof body === 'object' && body !== null && 'error' in body && isAuthError(body.error)
}

function getDetails(error: object): ErrorDetails | undefined {
  return 'details' in error && typeof error.details === 'object' && error.details !== null
    ? { ...error.details }
    : undefined
}

function isAuthError(body: unknown): body is { message: string } {
  return typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string'
}

function getStatusCode(status: number): ErrorCode {
  if (status === 401) return 'UNAUTHENTICATED'
  if (status === 403) return 'FORBIDDEN'
  if (status === 404) return 'NOT_FOUND'
  if (status === 429) return 'TOO_MANY_REQUESTS'
  return status >= 500 ? 'INTERNAL_ERROR' : 'INVALID_REQUEST'
}

function rowsQueryString(query: RowsQuery): string {
  const parameters = new URLSearchParams()
  if (query.page && query.page > 1) parameters.set('page', String(query.page))
  if (query.pageSize) parameters.set('pageSize', String(query.pageSize))
  if (query.sort?.length) parameters.set('sort', query.sort.join(','))
  if (query.search) parameters.set('search', query.search)
  for (const filter of query.filters ?? []) parameters.append('filter', filter)
  return parameters.size > 0 ? `?${parameters.toString()}` : ''
}

function rowPath(table: string, id: string): string {
  return `/tables/${encodeURIComponent(table)}/rows/${encodeURIComponent(id)}`
}

/** The API path of a media column. */
export function mediaPath(table: string, column: string): string {
  return `/media/${encodeURIComponent(table)}/${encodeURIComponent(column)}`
}

function directUploadPath({ table, column }: ColumnLocation, id: string): string {
  return `${mediaPath(table, column)}/direct/${encodeURIComponent(id)}`
}

function filePath({ table, column, fileKey }: FileLocation): string {
  return `${mediaPath(table, column)}/${encodeURIComponent(fileKey)}`
}
