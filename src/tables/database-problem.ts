import { getCauses, isConnectionFailure, textProperty } from './database-error.ts'

/** SQLSTATEs of a database that is not the one that was meant, and what to do about them. */
const REMEDIES: ReadonlyMap<string, string> = new Map([
  ['3D000', 'Create it, or correct the name in the connection URL.'],
  ['28000', 'Correct the user in the connection URL.'],
  ['28P01', 'Correct the user or the password in the connection URL.'],
  ['3F000', 'Create the schema, or connect to the right database.'],
  ['42P01', 'Create the tables, for example by "npx drizzle-kit push", or connect to the right database.'],
  ['42703', 'The table and its definition differ: migrate the database, or connect to the right one.'],
  ['42501', 'Grant the permission to the role in the connection URL.'],
])

/**
 * Why a query failed, in sentences, without the query and its parameters, which may hold secrets; `null` when the error
 * is not one of a query.
 */
export function describeDatabaseProblem(error: unknown): string | null {
  const causes = getCauses(error)
  if (!causes.some(isFailedQuery)) return null
  const reason = causes.findLast((cause) => !isFailedQuery(cause)) ?? null
  if (isConnectionFailure(error)) {
    return `The database cannot be reached: ${getReason(reason)} Check that it is running, and the connection URL.`
  }
  const remedy = REMEDIES.get((reason === null ? null : textProperty(reason, ['code'])) ?? '')
  return `The database refuses the query: ${getReason(reason)}${remedy === undefined ? '' : ` ${remedy}`}`
}

/** Drizzle puts the query and its parameters into the message of the error around the driver's own. */
function isFailedQuery(error: object): boolean {
  return (textProperty(error, ['message']) ?? '').startsWith('Failed query:')
}

function getReason(error: object | null): string {
  // The error of a host with several IP addresses has no message of its own.
  const reason = error === null ? null : textProperty(error, ['message', 'code'])
  return reason === null ? 'no reason was given.' : `${reason.replace(/\.$/, '')}.`
}
