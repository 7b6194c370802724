/** A command that was called wrongly, or a configuration that cannot be used. Its message is for who typed it. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError'
}
