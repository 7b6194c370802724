import { and, desc, eq, gt, lte, ne } from 'drizzle-orm'
import type { AuthCall } from './auth-call.ts'
import { AuthError } from './auth-error.ts'
import { authTables } from './auth-tables.ts'
import type { AdminUser } from './authenticator.ts'
import { sayingRefusals } from './refusals.ts'

/** A session that holds, and whose it is. */
export interface CurrentSession {
  id: string
  createdAt: Date
  expiresAt: Date
  user: AdminUser
}

/** A session as its owner sees it. */
export interface ListedSession {
  id: string
  /** ISO 8601. */
  createdAt: string
  /** ISO 8601, to the hour. */
  lastUsedAt: string
  /** ISO 8601. */
  expiresAt: string
  ipAddress: string | null
  userAgent: string | null
  /** The request came with this session. */
  isCurrent: boolean
}

/** The session that a request's cookie names, if it still holds; from the database each time, so that ending it works at once. */
export async function findSession({ auth, db, headers, idleExpiry }: AuthCall): Promise<CurrentSession | null> {
  if (!headers.has('cookie')) return null
  const found = await sayingRefusals(auth.api.getSession({ headers }))
  if (found === null) return null
  const { id, createdAt, expiresAt, updatedAt: lastUsedAt } = found.session
  const unusedFor = (Date.now() - lastUsedAt.getTime()) / 1000
  if (unusedFor >= idleExpiry) {
    await db.delete(session).where(eq(session.id, id))
    return null
  }
  if (unusedFor >= Math.min(LAST_USE_PRECISION, idleExpiry / 2)) {
    await db.update(session).set({ updatedAt: new Date() }).where(eq(session.id, id))
  }
  return { id, createdAt, expiresAt, user: { id: found.user.id, name: found.user.name, email: found.user.email } }
}

/** @throws AuthError `UNAUTHENTICATED` when nobody is signed in. */
export async function requireSession(call: AuthCall): Promise<CurrentSession> {
  const current = await findSession(call)
  if (current === null) throw new AuthError('UNAUTHENTICATED', 'Sign in first.')
  return current
}

export async function listSessions({ db }: AuthCall, current: CurrentSession): Promise<ListedSession[]> {
  const rows = await db
    .select()
    .from(session)
    .where(and(eq(session.userId, current.user.id), gt(session.expiresAt, new Date())))
    .orderBy(desc(session.updatedAt))
    .limit(MAX_LISTED_SESSIONS)
  return rows.map(({ id, createdAt, updatedAt, expiresAt, ipAddress, userAgent }) => ({
    id,
    createdAt: createdAt.toISOString(),
    lastUsedAt: updatedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    ipAddress,
    userAgent,
    isCurrent: id === current.id,
  }))
}

/** Ends one session. Stops: naming a session of somebody else, which is left alone like one that is gone. */
export async function endSession({ db }: AuthCall, user: AdminUser, id: string): Promise<void> {
  await db.delete(session).where(and(eq(session.id, id), eq(session.userId, user.id)))
}

export async function endOtherSessions({ db }: AuthCall, current: CurrentSession): Promise<void> {
  await db.delete(session).where(and(eq(session.userId, current.user.id), ne(session.id, current.id)))
}

export async function deleteExpiredSessions({ db }: AuthCall): Promise<void> {
  await db.delete(session).where(lte(session.expiresAt, new Date()))
}

const { session } = authTables
/** How exactly a session's last use is kept, in seconds: one write an hour, not one a request. */
const LAST_USE_PRECISION = 60 * 60
const MAX_LISTED_SESSIONS = 100
