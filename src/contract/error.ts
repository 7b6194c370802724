/** Every way a request can fail, as a word a program can act on. */
export type ErrorCode =
  | 'INVALID_FILE_NAME'
  | 'INVALID_FILE_KEY'
  | 'FILE_TYPE_NOT_ALLOWED'
  | 'FILE_CONTENT_MISMATCH'
  | 'FILE_TOO_LARGE'
  | 'IMAGE_TOO_LARGE'
  | 'FILE_REFUSED'
  | 'FILE_NOT_VERIFIED'
  | 'FILE_EXISTS'
  | 'FILE_IN_USE'
  | 'INSUFFICIENT_SPACE'
  | 'STORAGE_FAILURE'
  | 'UPLOAD_ABORTED'
  | 'REMOTE_FILE_UNAVAILABLE'
  | 'CLEAN_UP_REFUSED'
  | 'CLEAN_UP_STOPPED'
  | 'UPLOAD_EXPIRED'
  | 'UPLOAD_BUSY'
  | 'PROTOCOL_VERSION'
  | 'UNSUPPORTED_BODY'
  | 'CHECKSUM_MISMATCH'
  | 'NO_THUMBNAIL'
  | 'INVALID_REQUEST'
  | 'INVALID_VALUE'
  | 'CONFLICT'
  | 'NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'READ_ONLY'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'CROSS_ORIGIN'
  | 'TOO_MANY_REQUESTS'
  | 'UNAVAILABLE'
  | 'INTERNAL_ERROR'

/** The body of every answer that is not a success. */
export interface ErrorResponse {
  error: {
    code: ErrorCode
    /** A full sentence for a person: what happened, with which value, and what is allowed. */
    message: string
    /** The column or file name that the error is about. */
    field?: string
    /** For `FILE_IN_USE` and `CONFLICT`: the rows that stand in the way. */
    references?: RowReference[]
  }
}

/** A row, named so that a person recognises it. */
export interface RowReference {
  table: string
  /** The row's primary key, as it stands in the path `/api/tables/{table}/rows/{id}`. */
  id: string
  /** The column that holds the reference. */
  column: string
  /** What the row is called, for example a video's title. */
  label: string
}
