import { MediaStorageError } from '../core/media-storage-error.ts'

/** Where a request went, for messages: no secret, and nothing a client should not know. */
export interface S3Target {
  bucketName: string
  endpoint: string
}

/** An error of the SDK as a sentence that tells the operation, the bucket, the server and the server's own code. */
export function s3Error(operation: string, { bucketName, endpoint }: S3Target, cause: unknown): MediaStorageError {
  const reason = errorName(cause)
  const code =
    reason === 'QuotaExceeded' || getStatus(cause) === INSUFFICIENT_STORAGE ? 'INSUFFICIENT_SPACE' : 'STORAGE_FAILURE'
  return new MediaStorageError(code, `The bucket ${bucketName} at ${endpoint} could not ${operation}: ${reason}.`, {
    cause,
  })
}

/** Whether the server says that there is no such object or upload. HEAD has no body to say more, hence the status. */
export function isNotFound({ cause }: MediaStorageError): boolean {
  return getStatus(cause) === 404 && errorName(cause) !== 'NoSuchBucket'
}

/** Whether a conditional write was refused because the key exists, or is being written at the same moment. */
export function isPreconditionFailed({ cause }: MediaStorageError): boolean {
  return getStatus(cause) === 412 || CONFLICTS.has(errorName(cause))
}

/** The server's word for what went wrong, such as `AccessDenied`; else the socket's, such as `ECONNREFUSED`. */
function errorName(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error'
  if ('code' in error && typeof error.code === 'string' && error.code !== '') return error.code
  // An answer without a body, as to HEAD, has no word: the SDK makes one up.
  const status = getStatus(error)
  return status !== null && UNNAMED.has(error.name) ? `status ${status}` : error.name
}

function getStatus(error: unknown): number | null {
  if (!(error instanceof Error) || !('$metadata' in error)) return null
  const metadata: unknown = error.$metadata
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return null
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : null
}

/** What AWS and Ceph call a write that met another one. */
const CONFLICTS: ReadonlySet<string> = new Set(['ConditionalRequestConflict', 'ConcurrentModification'])

/** What the SDK calls an error that the server did not name. */
const UNNAMED: ReadonlySet<string> = new Set(['Error', 'SyntaxError', 'Unknown', 'UnknownError'])

const INSUFFICIENT_STORAGE = 507
