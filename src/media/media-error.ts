import type { ErrorCode, RowReference } from '../contract/error.ts'

/** The ways in which work on a media column can fail besides those of its storage. */
export type MediaErrorCode = Extract<
  ErrorCode,
  | 'INVALID_REQUEST'
  | 'NOT_FOUND'
  | 'UPLOAD_ABORTED'
  | 'REMOTE_FILE_UNAVAILABLE'
  | 'FILE_IN_USE'
  | 'NO_THUMBNAIL'
  | 'UNAVAILABLE'
>

/** Work on a media column that cannot be done, said in a full sentence that may be shown to a person. */
export class MediaError extends Error {
  override readonly name = 'MediaError'
  readonly code: MediaErrorCode
  /** For `FILE_IN_USE`: the rows that use the file. */
  readonly references: RowReference[]

  constructor(code: MediaErrorCode, message: string, options: ErrorOptions & { references?: RowReference[] } = {}) {
    super(message, options)
    this.code = code
    this.references = options.references ?? []
  }
}
