import { sql } from 'drizzle-orm'
import { drizzle, type PgliteDatabase } from 'drizzle-orm/pglite'
import { Hono } from 'hono'
import { createAuth, type AuthOptions } from 'vitrine/auth'
import { respondToErrors } from '../../src/admin/error-response.ts'
import type { AdminEnv } from '../../src/admin/middleware/admin-env.ts'
import { clientConnection, type ConnectionOptions } from '../../src/admin/middleware/client-connection.ts'
import { readOnly } from '../../src/admin/middleware/read-only.ts'
import { requireUser } from '../../src/admin/middleware/require-user.ts'
import { sameOrigin } from '../../src/admin/middleware/same-origin.ts'
import { securityHeaders } from '../../src/admin/middleware/security-headers.ts'
import { authRoutes } from '../../src/admin/routes/auth.ts'
import { sessionRoutes } from '../../src/admin/routes/session.ts'
import { authenticatorFrom, type Authenticate, type Authenticator } from '../../src/auth/authenticator.ts'
import type { AdminAuth } from '../../src/auth/create-auth.ts'
import { newPostgres } from '../support/postgres-cluster.ts'

export const ADA = { email: 'ada@example.com', name: 'Ada', password: 'vitrine-demo' }

export interface ServerOptions extends ConnectionOptions {
  db: PgliteDatabase
  auth?: Partial<AuthOptions>
  authenticate?: Authenticate
  isReadOnly?: boolean
  mediaOrigins?: string[]
}

export interface Server {
  db: PgliteDatabase
  auth: AdminAuth
  /** Everything that was logged. */
  log: string[]
  /** Sends a request from an address, 192.0.2.1 unless told. */
  send: (path: string, init?: SendOptions) => Promise<Response>
  signIn: (credentials?: { email?: string; password?: string }, init?: SendOptions) => Promise<Response>
}

export type SendOptions = RequestInit & { origin?: string; ipAddress?: string | null }

/** A Postgres of one's own. It takes seconds to start, so a file has one, and each test starts with it empty. */
export function newDatabase(): PgliteDatabase {
  return drizzle(newPostgres())
}

export async function emptyDatabase(db: PgliteDatabase): Promise<void> {
  for (const table of ['session', 'account', 'user', 'verification', 'rate_limit', 'secret']) {
    await db.execute(sql.raw(`drop table if exists vitrine_${table}`))
  }
}

/** The pieces of sign-in as an admin puts them together, with a route that reads and one that writes. */
export function startServer(options: ServerOptions): Server {
  const { db } = options
  const auth = createAuth({ db, ...options.auth })
  const log: string[] = []
  const authenticator =
    options.authenticate === undefined
      ? auth
      : authenticatorFrom(options.authenticate, (sentence) => void log.push(sentence))
  const app = createApp({ options, auth, authenticator, log })

  async function send(path: string, init: SendOptions = {}): Promise<Response> {
    const { origin = 'http://admin.test', ipAddress = '192.0.2.1', ...rest } = init
    return app.fetch(new Request(`${origin}${path}`, rest), ipAddress === null ? {} : { ipAddress })
  }

  return {
    db,
    auth,
    log,
    send,
    signIn: ({ email = ADA.email, password = ADA.password } = {}, init = {}) =>
      send('/api/auth/sign-in/email', jsonPost({ email, password }, init)),
  }
}

/** A server on which Ada has an account. */
export async function startServerWithAda(options: ServerOptions): Promise<Server> {
  const server = startServer(options)
  await server.auth.createUser(ADA)
  return server
}

export function jsonPost(body: unknown, init: SendOptions = {}): SendOptions {
  const headers = new Headers(init.headers)
  headers.set('content-type', 'application/json')
  return { ...init, method: 'POST', headers, body: JSON.stringify(body) }
}

/** What a browser sends back: the names and values of the cookies that were set and not expired. */
export function getCookie(response: Response): string {
  return response.headers
    .getSetCookie()
    .filter((cookie) => !cookie.includes('Max-Age=0'))
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

function createApp({ options, auth, authenticator, log }: AppParts): Hono<AdminEnv> {
  const isReadOnly = options.isReadOnly ?? false
  const app = new Hono<AdminEnv>()
  app.use(
    clientConnection(options),
    securityHeaders({ mediaOrigins: async () => options.mediaOrigins ?? [] }),
    sameOrigin(),
  )
  app.use('/api/*', requireUser(authenticator), readOnly(isReadOnly))
  app
    .route('/api', authRoutes(auth))
    .route('/api', sessionRoutes({ readOnly: isReadOnly, uploadFromUrl: false, acceptsImages: false }))
  app.get('/api/health', (context) => context.json({ ready: true }))
  app.all('/api/rows', (context) => context.json({ reached: context.req.method }))
  app.get('/api/file', () => new Response('bytes', { headers: FILE_HEADERS }))
  app.get('/api/failure', () => Promise.reject(new Error('wrong')))
  app.get('/', (context) => context.html('<title>Admin</title>'))
  app.onError(respondToErrors({ error: (message, details) => void log.push(JSON.stringify({ message, details })) }))
  return app
}

interface AppParts {
  options: ServerOptions
  auth: AdminAuth
  authenticator: Authenticator
  log: string[]
}

const FILE_HEADERS = {
  'content-security-policy': "default-src 'none'; sandbox",
  'cache-control': 'private, no-cache',
  vary: 'Accept, Cookie',
}
