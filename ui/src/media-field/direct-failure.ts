import { ApiError } from '../api.ts'
import { PartRefused } from './put-part.ts'
import { UploadFailure } from './upload-failure.ts'
import { describeFailure, RETRYABLE_STATUSES } from './upload-transport.ts'

/** Whether trying again may help: not when signed out, nor when there is no such upload. */
export function isPassing(status: number): boolean {
  return status === 0 || status >= 500 || status === 408 || status === 423 || status === 429
}

/** Whether nothing can be added to the upload: the same file given again begins anew. */
export function isOver(error: unknown, { canRetry }: UploadFailure): boolean {
  return !canRetry || (error instanceof PartRefused && error.status === 404)
}

/** What to tell of an error. */
export function getFailure(error: unknown): UploadFailure {
  if (error instanceof UploadFailure) return error
  if (error instanceof PartRefused) {
    return new UploadFailure(
      error.status === 0
        ? 'The storage could not be reached from this browser.'
        : `The storage did not take the file: it answered with status ${error.status}.`,
      true,
    )
  }
  if (error instanceof ApiError) {
    if (error.status === 401) return describeFailure(error.status, null)
    const canRetry = isPassing(error.status) || RETRYABLE_STATUSES.has(error.status)
    return new UploadFailure(error.message, canRetry)
  }
  return new UploadFailure('The upload was stopped, or the file was changed on this device.', true)
}
