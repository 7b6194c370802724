import type { AuthDatabase } from './auth-database.ts'
import type { ClientConnection } from './authenticator.ts'
import { IP_ADDRESS_HEADER } from './create-better-auth.ts'
import type { BetterAuth } from './create-better-auth.ts'
import { keepFirstOfEachName } from './session-cookie.ts'
import type { SignInGuard } from './sign-in-guard.ts'

/** Everything that answering one request takes. */
export interface AuthCall {
  auth: BetterAuth
  db: AuthDatabase
  guard: SignInGuard
  /** In seconds. */
  idleExpiry: number
  connection: ClientConnection
  /** What better-auth sees of the request. */
  headers: Headers
}

/**
 * Builds what better-auth sees of a request anew, from what it needs.
 *
 * Stops: a request that says with a header of its own which address, host or proxy it comes from.
 */
export function headersForBetterAuth(request: Request, connection: ClientConnection): Headers {
  const headers = new Headers()
  const cookie = request.headers.get('cookie')
  if (cookie !== null) headers.set('cookie', keepFirstOfEachName(cookie))
  if (connection.ipAddress !== null) headers.set(IP_ADDRESS_HEADER, connection.ipAddress)
  const userAgent = request.headers.get('user-agent')
  if (userAgent !== null) headers.set('user-agent', userAgent.slice(0, MAX_USER_AGENT_LENGTH))
  return headers
}

/** In characters; what the list of sessions shows is shorter. */
const MAX_USER_AGENT_LENGTH = 500
