import type { ColumnDescription } from './column-description.ts'
import { type Parsed, parsed, refused } from './parsed.ts'

export function parseText(value: unknown, column: ColumnDescription): Parsed {
  if (typeof value !== 'string') return refused('must be a text', value)
  const problem = findTextProblem(value)
  if (problem !== null) return refused(problem)
  const { maxLength } = column
  // A text has at most as many characters as UTF-16 units, so most texts need no counting.
  if (maxLength !== null && value.length > maxLength && countCharacters(value) > maxLength) {
    return refused(`must have at most ${maxLength} characters; this one has ${countCharacters(value)}`)
  }
  return parsed(value)
}

export function parseEnum(value: unknown, column: ColumnDescription): Parsed {
  const options = column.options ?? []
  return typeof value === 'string' && options.includes(value)
    ? parsed(value)
    : refused(`must be one of ${options.join(', ')}`, value)
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu

export function parseUuid(value: unknown): Parsed {
  return typeof value === 'string' && UUID.test(value)
    ? parsed(value.toLowerCase())
    : refused('must be a UUID such as 3beac950-7721-46c9-9e7d-5e908ef51011', value)
}

/** What makes a text impossible to store; `null` when it is fine. Postgres refuses NUL, and UTF-8 has no half pairs. */
export function findTextProblem(text: string): string | null {
  if (text.includes('\0')) return 'must not contain the character U+0000'
  return /\p{Surrogate}/u.test(text) ? 'must not contain half a character (an unpaired surrogate)' : null
}

/** Postgres counts code points, where JavaScript's `length` counts two for an emoji. */
function countCharacters(text: string): number {
  let count = 0
  for (const _character of text) count += 1
  return count
}
