import type { ByteRange, FileAttributes, StoredFile } from '../storage/core/stored-file.ts'
import { parseByteRange } from './byte-range-request.ts'
import { fileHeaders } from './file-headers.ts'

/** The answer to a request for a file, before any byte is read. */
export interface FileResponse {
  readonly status: 200 | 206 | 304 | 412 | 416
  readonly headers: Readonly<Record<string, string>>
  /** The bytes to send; `null` for none. */
  readonly range: Required<ByteRange> | null
}

/** Decides what a GET or HEAD of a file is answered with (RFC 9110, sections 13 and 14). */
export function respondWithFile(
  request: Request,
  file: FileAttributes,
  options: { download?: boolean } = {},
): FileResponse {
  const headers: Record<string, string> = {
    ...fileHeaders(file.key, options),
    'Accept-Ranges': 'bytes',
    ETag: file.etag,
    'Last-Modified': file.lastModified.toUTCString(),
  }
  const precondition = checkPreconditions(request.headers, file)
  if (precondition !== null) return { status: precondition, headers, range: null }

  const range = request.method === 'GET' ? getRange(request.headers, file) : null
  if (range === 'unsatisfiable') {
    return {
      status: 416,
      headers: { ...headers, 'Content-Range': `bytes */${file.size}`, 'Content-Length': '0' },
      range: null,
    }
  }
  if (range !== null) {
    const contentRange = `bytes ${range.start}-${range.end}/${file.size}`
    const length = String(range.end - range.start + 1)
    return { status: 206, headers: { ...headers, 'Content-Range': contentRange, 'Content-Length': length }, range }
  }
  const isWhole = request.method === 'GET' && file.size > 0
  return {
    status: 200,
    headers: { ...headers, 'Content-Length': String(file.size) },
    range: isWhole ? { start: 0, end: file.size - 1 } : null,
  }
}

/** The answer as a web `Response`, for runtimes that take one. */
export function fileResponse(response: FileResponse, file: StoredFile): Response {
  const body = response.range === null ? null : file.stream(response.range)
  return new Response(body, { status: response.status, headers: response.headers })
}

/** The order is that of RFC 9110, section 13.2.2: an entity tag that is given outweighs a date. */
function checkPreconditions(headers: Headers, { etag, lastModified }: FileAttributes): 304 | 412 | null {
  const ifMatch = headers.get('if-match')
  const ifUnmodifiedSince = headers.get('if-unmodified-since')
  if (ifMatch !== null ? !listsTag(ifMatch, etag, 'strong') : isAfter(lastModified, ifUnmodifiedSince)) return 412

  const ifNoneMatch = headers.get('if-none-match')
  if (ifNoneMatch !== null) return listsTag(ifNoneMatch, etag, 'weak') ? 304 : null
  const ifModifiedSince = headers.get('if-modified-since')
  return isDate(ifModifiedSince) && !isAfter(lastModified, ifModifiedSince) ? 304 : null
}

/** `If-Range` keeps a download from being put together of two files: when it does not fit, the whole file is sent. */
function getRange(headers: Headers, { etag, lastModified, size }: FileAttributes): ReturnType<typeof parseByteRange> {
  const ifRange = headers.get('if-range')
  const fits = ifRange === null || ifRange === etag || ifRange === lastModified.toUTCString()
  return fits ? parseByteRange(headers.get('range'), size) : null
}

function listsTag(header: string, etag: string, comparison: 'weak' | 'strong'): boolean {
  if (header.trim() === '*') return true
  const tags = header.match(/(?:W\/)?"[^"]*"/g) ?? []
  return tags.some((tag) => tag === etag || (comparison === 'weak' && tag === `W/${etag}`))
}

/** HTTP dates have whole seconds. */
function isAfter(moment: Date, httpDate: string | null): boolean {
  return isDate(httpDate) && Math.floor(moment.getTime() / 1000) * 1000 > Date.parse(httpDate)
}

function isDate(httpDate: string | null): httpDate is string {
  return httpDate !== null && !Number.isNaN(Date.parse(httpDate))
}
