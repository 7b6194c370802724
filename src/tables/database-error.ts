import { CONFLICT_STATES, CONNECTION_FAILURE_CODES, INVALID_VALUE_STATES } from './database-error-codes.ts'

/** What Postgres says about a statement it refused, whichever driver it came through. */
export interface DatabaseError {
  /** The five characters of SQLSTATE. */
  code: string
  constraint: string | null
  column: string | null
  /** The table that the error is about, which for a refused delete is the referencing one. */
  table: string | null
  /** Names of the columns of a violated key. */
  keyColumns: string[]
  cause: unknown
}

/** Finds what Postgres said inside an error of Drizzle; `null` when the error is not about a refused value. */
export function readDatabaseError(error: unknown): DatabaseError | null {
  for (const cause of getCauses(error)) {
    const code = textProperty(cause, ['code'])
    if (code !== null && (INVALID_VALUE_STATES.has(code) || CONFLICT_STATES.has(code))) {
      return {
        code,
        // PGlite and pg use the first name, postgres the second.
        constraint: textProperty(cause, ['constraint', 'constraint_name']),
        column: textProperty(cause, ['column', 'column_name']),
        table: textProperty(cause, ['table', 'table_name']),
        keyColumns: readKeyColumns(textProperty(cause, ['detail'])),
        cause: error,
      }
    }
  }
  return null
}

/**
 * Whether the error means that the database cannot be reached or takes no more connections, so that the same request
 * may succeed later.
 */
export function isConnectionFailure(error: unknown): boolean {
  return getCauses(error).some((cause) => {
    const code = textProperty(cause, ['code']) ?? ''
    if (CONNECTION_FAILURE_CODES.has(code) || /^08[\dA-Z]{3}$/u.test(code)) return true
    // A server's socket that is not there; a missing file of another kind is nothing of ours.
    if (code === 'ENOENT' && textProperty(cause, ['syscall']) === 'connect') return true
    return /^PGlite is closed|^Connection terminated|timeout exceeded when trying to connect/u.test(
      textProperty(cause, ['message']) ?? '',
    )
  })
}

// Errors seldom have more than two causes; the limit is for one that is its own cause.
const MAX_CAUSES = 8

/** The error and its causes, the innermost last. */
export function getCauses(error: unknown): object[] {
  const causes: object[] = []
  let cause = error
  while (typeof cause === 'object' && cause !== null && causes.length < MAX_CAUSES) {
    causes.push(cause)
    cause = 'cause' in cause ? cause.cause : null
  }
  return causes
}

/** The first of these properties that is a text and not empty. */
export function textProperty(error: object, names: readonly string[]): string | null {
  const properties = new Map<string, unknown>(names.map((name) => [name, Reflect.get(error, name)]))
  const text = [...properties.values()].find((value) => typeof value === 'string' && value !== '')
  return typeof text === 'string' ? text : null
}

/** Reads `Key (name, born)=(A24, 2012)`, which has the same brackets in every language of Postgres. */
function readKeyColumns(detail: string | null): string[] {
  const names = /\((?<names>[^()]{1,500})\)=\(/u.exec(detail ?? '')?.groups?.['names'] ?? ''
  return names.split(',').flatMap((name) => {
    const unquoted = name.trim().replaceAll('"', '')
    return unquoted === '' ? [] : [unquoted]
  })
}
