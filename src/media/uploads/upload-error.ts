import type { ErrorCode } from '../../contract/error.ts'

/** The ways in which a resumable upload can fail besides those of its storage. */
export type UploadErrorCode = Extract<
  ErrorCode,
  | 'INVALID_REQUEST'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'UPLOAD_ABORTED'
  | 'UPLOAD_EXPIRED'
  | 'UPLOAD_BUSY'
  | 'PROTOCOL_VERSION'
  | 'UNSUPPORTED_BODY'
  | 'CHECKSUM_MISMATCH'
  | 'TOO_MANY_REQUESTS'
  | 'UNAVAILABLE'
>

/** Something about a resumable upload that cannot be done, said in a full sentence that may be shown to a person. */
export class UploadError extends Error {
  override readonly name = 'UploadError'
  readonly code: UploadErrorCode
  /** In seconds: when to try again. */
  readonly retryAfter: number | null

  constructor(code: UploadErrorCode, message: string, options: ErrorOptions & { retryAfter?: number } = {}) {
    super(message, options)
    this.code = code
    this.retryAfter = options.retryAfter ?? null
  }
}
