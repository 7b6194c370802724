/** An upload that ended without a stored file. The message is a sentence to show. */
export class UploadFailure extends Error {
  override readonly name = 'UploadFailure'
  /** The same file sent again may be accepted. */
  readonly canRetry: boolean

  constructor(message: string, canRetry: boolean) {
    super(message)
    this.canRetry = canRetry
  }
}
