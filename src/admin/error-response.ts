import type { Context, ErrorHandler } from 'hono'
import { AuthError } from '../auth/auth-error.ts'
import type { ErrorCode } from '../contract/error.ts'
import { MediaError } from '../media/media-error.ts'
import { UploadError } from '../media/uploads/upload-error.ts'
import { MediaStorageError } from '../storage/core/media-storage-error.ts'
import { isConnectionFailure } from '../tables/database-error.ts'
import { TableError } from '../tables/table-error.ts'
import { type AdminLogger, describeError } from './admin-logger.ts'
import { errorResponse, HTTP_STATUS } from './http-error.ts'

/** Answers every error that a route throws, and logs those that are not the client's doing. */
export function respondToErrors(logger: AdminLogger): ErrorHandler {
  return (error, context) => {
    const response = expectedResponse(error) ?? errorResponse('INTERNAL_ERROR', 'Something went wrong on the server.')
    if (response.status >= HTTP_STATUS.INTERNAL_ERROR) logFailure(logger, context, error)
    return response
  }
}

function expectedResponse(error: Error): Response | null {
  if (error instanceof MediaStorageError) return errorResponse(error.code, error.message)
  if (error instanceof UploadError) return retryLater(error.code, error.message, error.retryAfter)
  if (error instanceof MediaError) return errorResponse(error.code, error.message, references(error))
  if (error instanceof TableError) {
    const field = error.field === null ? {} : { field: error.field }
    return errorResponse(error.code, error.message, { ...field, ...references(error) })
  }
  if (error instanceof AuthError) return authResponse(error)
  if (isConnectionFailure(error)) return errorResponse('UNAVAILABLE', 'The database cannot be reached at the moment.')
  return null
}

function authResponse({ code, message, retryAfter, allowedMethods }: AuthError): Response {
  const headers: Record<string, string> = {}
  if (retryAfter !== null) headers['Retry-After'] = String(retryAfter)
  if (allowedMethods.length > 0) headers.Allow = allowedMethods.join(', ')
  return errorResponse(code, message, { headers })
}

function retryLater(code: ErrorCode, message: string, seconds: number | null): Response {
  return errorResponse(code, message, seconds === null ? {} : { headers: { 'Retry-After': String(seconds) } })
}

function references({ references: rows }: MediaError | TableError) {
  return rows.length === 0 ? {} : { references: rows }
}

function logFailure(logger: AdminLogger, context: Context, error: Error): void {
  logger.error('A request failed.', { method: context.req.method, path: context.req.path, error: describeError(error) })
}
