import type { ErrorCode, ErrorResponse } from '../contract/error.ts'

/** The only place where the ways to fail meet HTTP statuses. */
export const HTTP_STATUS: Readonly<Record<ErrorCode, number>> = {
  INVALID_FILE_NAME: 422,
  INVALID_FILE_KEY: 404,
  FILE_TYPE_NOT_ALLOWED: 415,
  FILE_CONTENT_MISMATCH: 415,
  FILE_TOO_LARGE: 413,
  IMAGE_TOO_LARGE: 422,
  FILE_REFUSED: 422,
  FILE_NOT_VERIFIED: 422,
  FILE_EXISTS: 409,
  FILE_IN_USE: 409,
  INSUFFICIENT_SPACE: 507,
  STORAGE_FAILURE: 503,
  UPLOAD_ABORTED: 400,
  REMOTE_FILE_UNAVAILABLE: 422,
  CLEAN_UP_REFUSED: 409,
  CLEAN_UP_STOPPED: 503,
  UPLOAD_EXPIRED: 410,
  UPLOAD_BUSY: 423,
  PROTOCOL_VERSION: 412,
  UNSUPPORTED_BODY: 415,
  CHECKSUM_MISMATCH: 460,
  NO_THUMBNAIL: 422,
  INVALID_REQUEST: 400,
  INVALID_VALUE: 422,
  CONFLICT: 409,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  READ_ONLY: 405,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  CROSS_ORIGIN: 403,
  TOO_MANY_REQUESTS: 429,
  UNAVAILABLE: 503,
  INTERNAL_ERROR: 500,
}

/** What an error answer may tell besides its code and sentence. */
export interface ErrorExtras extends Pick<ErrorResponse['error'], 'field' | 'references'> {
  headers?: Record<string, string>
}

/** An error answer in the one form that all of them have. */
export function errorResponse(code: ErrorCode, message: string, { headers, ...extras }: ErrorExtras = {}): Response {
  const body: ErrorResponse = { error: { code, message, ...extras } }
  return Response.json(body, { status: HTTP_STATUS[code], ...(headers === undefined ? {} : { headers }) })
}
