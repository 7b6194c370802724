/** Where an admin writes what an operator should know. */
export interface AdminLogger {
  error(message: string, details: Record<string, unknown>): void
  /** Who had which file moved by a clean-up, or brought back. Such lines are left out where a logger has no place for them. */
  info?(message: string, details: Record<string, unknown>): void
}

/** Longest text in a log line, in characters. */
const MAX_TEXT_LENGTH = 1000

/**
 * One JSON object a line on the standard error stream.
 *
 * Attack: a name with a line end forges a second line, and control characters drive a terminal. JSON escapes them all.
 */
export function jsonLogger(): AdminLogger {
  return {
    error: (message, details) => writeLine('error', message, details),
    info: (message, details) => writeLine('info', message, details),
  }
}

function writeLine(level: 'error' | 'info', message: string, details: Record<string, unknown>): void {
  const line = { time: new Date().toISOString(), level, message, ...details }
  // oxlint-disable-next-line no-console
  console.error(JSON.stringify(line, cutText).replace(/[\u007f-\u009f\u2028\u2029]/g, escapeCharacter))
}

/**
 * An error and its causes as far as a log may hold them: no statement, no parameter and no stack, in which passwords,
 * addresses and paths stand. What Node says of a file or a connection names it, so of such an error only the code stays.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error }
  const described: Record<string, unknown> = { name: error.name }
  if (!('query' in error || 'syscall' in error)) described.message = error.message
  if ('code' in error && typeof error.code === 'string') described.code = error.code
  if (error.cause !== undefined) described.cause = describeError(error.cause)
  return described
}

function cutText(_name: string, value: unknown): unknown {
  return typeof value === 'string' && value.length > MAX_TEXT_LENGTH ? `${value.slice(0, MAX_TEXT_LENGTH)}…` : value
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
