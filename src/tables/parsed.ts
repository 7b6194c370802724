/** A value that Drizzle can store, or the end of a sentence that begins with the column's name. */
export type Parsed = { value: unknown } | { problem: string }

export function parsed(value: unknown): Parsed {
  return { value }
}

/** @param problem - what the column's value must be, such as `must be a list` */
export function refused(problem: string, value?: unknown): Parsed {
  return { problem: value === undefined ? problem : `${problem}; ${quoteValue(value)} is not` }
}

const MAX_QUOTE_LENGTH = 60

/** A value for an error message, shortened so that a hostile one does not fill the answer. */
export function quoteValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, MAX_QUOTE_LENGTH + 1)) : String(value)
  return text.length > MAX_QUOTE_LENGTH + 2 ? `${text.slice(0, MAX_QUOTE_LENGTH)}…` : text
}
