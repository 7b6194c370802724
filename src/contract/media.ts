import type { ErrorResponse, RowReference } from './error.ts'

/** `POST /api/media/{table}/{column}`: 201 when every file of the request is stored; otherwise none is. */
export interface UploadResponse {
  files: UploadedFile[]
}

export interface UploadedFile {
  /** What to put into the column. */
  fileKey: string
  /** The name the file was uploaded with, as it was stored. */
  name: string
  /** In bytes. */
  size: number
  /** A media type such as `image/png`. */
  contentType: string
}

/** `POST /api/media/{table}/{column}/from-url`, answered as an upload is. Only where `uploadFromUrl` is on. */
export interface UploadFromUrlRequest {
  /** Where the server fetches the file from. */
  url: string
}

/** `GET /api/media/{table}/{column}/uploads/{id}`: a resumable upload, which itself speaks tus 1.0. */
export interface ResumableUpload {
  /** The name that the file will have. */
  name: string
  /** In bytes; `null` when the client has not told it yet. */
  length: number | null
  /** Bytes that are stored for good. */
  offset: number
  /** Once all bytes came and were accepted. */
  file: UploadedFile | null
  /** Why the file was refused when its bytes were all there. */
  error: ErrorResponse['error'] | null
}

/** `GET /api/media/{table}/{column}/{fileKey}/url` */
export interface FileUrlResponse {
  url: string
  /** ISO 8601; `null` when the address does not expire by itself. */
  expiresAt: string | null
}

/** `GET /api/media/{table}/{column}/{fileKey}/info` */
export interface FileInformation extends UploadedFile {
  /** ISO 8601. */
  lastModified: string
  /** In pixels, for images whose header tells it. */
  width: number | null
  height: number | null
  /** Every row that references the file. */
  references: RowReference[]
}

/**
 * `GET /api/media/{table}/{column}`
 *
 * Query: `after` (the `next` of the page before), `limit` (1 to 200, default 50), `search` (in the name), `extension`
 * and `use` (`used` or `unused`).
 */
export interface FilesResponse {
  files: ListedFile[]
  /** Give it as `after` to get the next page; `null` on the last one. */
  next: string | null
}

export interface ListedFile extends UploadedFile {
  /** ISO 8601. */
  lastModified: string
  isUsed: boolean
}
