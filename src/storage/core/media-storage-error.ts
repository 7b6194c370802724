/** Why a storage refused or failed, as a word a program can act on. */
export type MediaStorageErrorCode =
  | 'INVALID_FILE_NAME'
  | 'INVALID_FILE_KEY'
  | 'FILE_TYPE_NOT_ALLOWED'
  | 'FILE_CONTENT_MISMATCH'
  | 'FILE_TOO_LARGE'
  | 'IMAGE_TOO_LARGE'
  | 'FILE_REFUSED'
  | 'FILE_NOT_VERIFIED'
  | 'FILE_EXISTS'
  | 'INSUFFICIENT_SPACE'
  | 'STORAGE_FAILURE'
  | 'UPLOAD_ABORTED'
  | 'CLEAN_UP_REFUSED'
  | 'CLEAN_UP_STOPPED'

/**
 * The one error that storages throw. Its message is a full sentence that may be shown to a person: it holds no secret
 * and no absolute path. What went wrong underneath, if anything, is its `cause`, which is for logs only.
 */
export class MediaStorageError extends Error {
  override readonly name: string = 'MediaStorageError'
  readonly code: MediaStorageErrorCode

  constructor(code: MediaStorageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
