import type { AuthCall } from './auth-call.ts'
import { sayingRefusals } from './refusals.ts'
import { textField } from './request-fields.ts'
import type { RequestFields } from './request-fields.ts'
import {
  deleteExpiredSessions,
  endOtherSessions,
  endSession,
  findSession,
  listSessions,
  requireSession,
} from './sessions.ts'

/** What an endpoint answers. Tokens are in its cookies alone, where scripts cannot read them. */
export interface AuthResponse {
  body: unknown
  /** `Set-Cookie` headers. */
  cookies: string[]
}

export type Endpoint = (call: AuthCall, fields: RequestFields) => Promise<AuthResponse>

/** Everything that is open below `/api/auth`. Whatever else better-auth can do, signing up above all, is not here. */
export const ENDPOINTS: ReadonlyMap<string, ReadonlyMap<string, Endpoint>> = new Map([
  ['/sign-in/email', new Map([['POST', signIn]])],
  ['/sign-out', new Map([['POST', signOut]])],
  ['/get-session', new Map([['GET', getSession]])],
  ['/change-password', new Map([['POST', changePassword]])],
  ['/list-sessions', new Map([['GET', getSessions]])],
  ['/revoke-session', new Map([['POST', revokeSession]])],
  ['/revoke-sessions', new Map([['POST', revokeSessions]])],
  ['/revoke-other-sessions', new Map([['POST', revokeOtherSessions]])],
])

async function signIn(call: AuthCall, fields: RequestFields): Promise<AuthResponse> {
  const { auth, guard, headers, connection } = call
  const body = {
    email: textField(fields, 'email'),
    password: textField(fields, 'password'),
    rememberMe: fields.get('rememberMe') !== false,
  }
  const { response, headers: answered } = await guard.guard(
    { email: body.email, ipAddress: connection.ipAddress },
    () => sayingRefusals(auth.api.signInEmail({ body, headers, returnHeaders: true })),
  )
  await endReplacedSession(call)
  const { id, name, email } = response.user
  return { body: { user: { id, name, email } }, cookies: answered.getSetCookie() }
}

/** The session whose cookie the new one replaces can be reached by nobody but a thief. */
async function endReplacedSession(call: AuthCall): Promise<void> {
  const replaced = await findSession(call)
  if (replaced !== null) await endSession(call, replaced.user, replaced.id)
  await deleteExpiredSessions(call)
}

async function signOut(call: AuthCall): Promise<AuthResponse> {
  // better-auth answers "signed out" even when the database kept the session; this throws instead.
  const current = await findSession(call)
  if (current !== null) await endSession(call, current.user, current.id)
  return { body: { success: true }, cookies: await expiredCookies(call) }
}

async function getSession(call: AuthCall): Promise<AuthResponse> {
  const current = await findSession(call)
  if (current === null) return { body: null, cookies: [] }
  const { id, createdAt, expiresAt, user } = current
  return { body: { session: { id, createdAt, expiresAt }, user }, cookies: [] }
}

async function changePassword(call: AuthCall, fields: RequestFields): Promise<AuthResponse> {
  const { auth, guard, headers, connection } = call
  const { user } = await requireSession(call)
  const body = {
    currentPassword: textField(fields, 'currentPassword'),
    newPassword: textField(fields, 'newPassword'),
    // Always: whoever changes a password because it is known to another wants that other one out.
    revokeOtherSessions: true,
  }
  const { headers: answered } = await guard.guard({ email: user.email, ipAddress: connection.ipAddress }, () =>
    sayingRefusals(auth.api.changePassword({ body, headers, returnHeaders: true })),
  )
  return { body: { user }, cookies: answered.getSetCookie() }
}

async function getSessions(call: AuthCall): Promise<AuthResponse> {
  const current = await requireSession(call)
  return { body: await listSessions(call, current), cookies: [] }
}

async function revokeSession(call: AuthCall, fields: RequestFields): Promise<AuthResponse> {
  const current = await requireSession(call)
  await endSession(call, current.user, textField(fields, 'id'))
  return { body: { status: true }, cookies: [] }
}

async function revokeSessions(call: AuthCall): Promise<AuthResponse> {
  const current = await requireSession(call)
  await endOtherSessions(call, current)
  await endSession(call, current.user, current.id)
  return { body: { status: true }, cookies: await expiredCookies(call) }
}

async function revokeOtherSessions(call: AuthCall): Promise<AuthResponse> {
  const current = await requireSession(call)
  await endOtherSessions(call, current)
  return { body: { status: true }, cookies: [] }
}

async function expiredCookies({ auth, headers }: AuthCall): Promise<string[]> {
  const answered = await sayingRefusals(auth.api.signOut({ headers, returnHeaders: true }))
  return answered.headers.getSetCookie()
}
