/** An upload that ended without a stored file. The message is a sentence to show. */
export class UploadFailure extends Error {
  override readonly name = 'UploadFailure'
  /** The same file sent again may be accepted. */
  readonly canRetry: boolean
  /** There was no session: once there is one again the file can be sent. */
  readonly isSignedOut: boolean

  constructor(message: string, canRetry: boolean, isSignedOut = false) {
    super(message)
    this.canRetry = canRetry
    this.isSignedOut = isSignedOut
  }
}
