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

/** `POST /api/media/{table}/{column}/direct`, answered 201 with the {@link DirectUpload}. */
export interface StartDirectUploadRequest {
  name: string
  /** In bytes: exactly as many are taken. */
  size: number
  /** Of all bytes, as `sha256`, a space, and the digest in Base64; also `sha1`, `sha512` and `md5`. */
  checksum?: string
}

/** `GET /api/media/{table}/{column}/direct/{id}`: an upload whose parts go to the storage itself. */
export interface DirectUpload extends ResumableUpload {
  id: string
  /** Bytes of a part. The last one is what is left. */
  partSize: number
  /** The numbers, from 1, of the parts that are stored: they need not be sent again. */
  storedParts: number[]
  /** Each part needs its CRC32. */
  requiresChecksums: boolean
}

/** `POST /api/media/{table}/{column}/direct/{id}/parts`: at most 100 parts at a time. */
export interface SignPartsRequest {
  parts: {
    number: number
    /** Of the part's bytes: four bytes, the highest first, in Base64. */
    crc32?: string
  }[]
}

export interface SignPartsResponse {
  parts: SignedPart[]
}

/** Leave to send one part. */
export interface SignedPart {
  number: number
  /** Where the bytes go, by PUT. */
  url: string
  /** To be sent along as they are. */
  headers: Record<string, string>
  /** ISO 8601. */
  expiresAt: string
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
  /** In pixels, for images and videos whose header tells it. */
  width: number | null
  height: number | null
  /** In seconds, for sound and videos whose header tells it. */
  duration: number | null
  /** `null` until its first thumbnail is made. */
  preview: FilePreview | null
  /** Every row that references the file. */
  references: RowReference[]
}

/**
 * What a page can show of a file before its thumbnail is there. A video or a document that has one has an image, too.
 *
 * `PUT /api/media/{table}/{column}/{fileKey}/image` with an image as its body is answered with it: 201, or 200 when
 * the video or document has an image already, which stays.
 */
export interface FilePreview {
  /** Of the whole image, in pixels, as it is shown. */
  width: number
  height: number
  /** The image in a few pixels, as the address that holds it: `data:image/webp;base64,` and at most 400 characters. */
  placeholder: string
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
  /** `null` until its first thumbnail is made. */
  preview: FilePreview | null
}
