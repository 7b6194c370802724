import type { ErrorCode } from '../../contract/error.ts'
import type { UploadedFile } from '../../contract/media.ts'

/** What is known of an unfinished upload besides its bytes. It lies beside them, for every server to read. */
export interface UploadRecord {
  readonly id: string
  /** Who began it: nobody else gets to know of it. */
  readonly userId: string
  /** As it was checked when the upload began. */
  readonly name: string
  /** What the file will be called. Nobody is told before it is stored. */
  readonly fileKey: string
  /** In bytes; `null` until the client tells. */
  readonly length: number | null
  /** The header `Upload-Metadata` as it came. */
  readonly metadata: string | null
  /** Which way the bytes come: through the server, or past it. */
  readonly way: UploadWay
  /** Of all bytes, in the form of the header `Upload-Checksum`. */
  readonly checksum: string | null
  /** ISO 8601. */
  readonly startedAt: string
  readonly outcome: UploadOutcome | null
}

export type UploadWay = 'server' | 'direct'

/** How an upload ended. */
export type UploadOutcome =
  | { readonly kind: 'stored'; readonly at: string; readonly file: UploadedFile }
  | { readonly kind: 'refused'; readonly at: string; readonly code: ErrorCode; readonly message: string }

/** Random enough that nobody guesses it: 122 bits. */
const UPLOAD_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Attack: an id such as `../trash/x` would name another hidden file. */
export function isUploadId(text: string): boolean {
  return UPLOAD_ID.test(text)
}

/** Where the uploads are among the hidden files. */
export const UPLOADS_FOLDER = 'uploads/'

/** The hidden path of an upload's bytes. */
export function getBytesPath(id: string): string {
  return `${UPLOADS_FOLDER}${id}`
}

/** The hidden path of its record. */
export function getRecordPath(id: string): string {
  return `${UPLOADS_FOLDER}${id}.json`
}

/** A record as it was written; `null` for what is none, as after a disk was full or somebody edited it. */
export function parseRecord(text: string): UploadRecord | null {
  try {
    const json: unknown = JSON.parse(text)
    return isRecord(json) ? json : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

const FIELDS = ['id', 'userId', 'name', 'fileKey', 'length', 'metadata', 'way', 'checksum', 'startedAt', 'outcome']

function isRecord(json: unknown): json is UploadRecord {
  return typeof json === 'object' && json !== null && FIELDS.every((field) => field in json)
}
