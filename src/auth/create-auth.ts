import { headersForBetterAuth } from './auth-call.ts'
import type { AuthCall } from './auth-call.ts'
import { AuthError } from './auth-error.ts'
import { DEFAULT_IDLE_EXPIRY, DEFAULT_SESSION_EXPIRY } from './auth-options.ts'
import type { AuthOptions, CookieOptions } from './auth-options.ts'
import { getConnection } from './authenticator.ts'
import type { AdminUser, Authenticator, ClientConnection } from './authenticator.ts'
import { createBetterAuth } from './create-better-auth.ts'
import type { BetterAuth } from './create-better-auth.ts'
import { checkOptions, type OptionRules } from '../options/check-options.ts'
import { database } from '../options/drizzle-rules.ts'
import { number, oneOf, nestedOptions, secretText, text } from '../options/option-rules.ts'
import { createTables } from './create-tables.ts'
import { ENDPOINTS } from './endpoints.ts'
import type { AuthResponse, Endpoint } from './endpoints.ts'
import { readFields } from './request-fields.ts'
import { findSession } from './sessions.ts'
import { type CookieScope, DEFAULT_COOKIE_NAME } from './session-cookie.ts'
import { readSharedSecret } from './shared-secret.ts'
import { SignInGuard } from './sign-in-guard.ts'
import type { SignInLimits } from './sign-in-limits.ts'
import { createUser, deleteUser, findUser, setPassword } from './users.ts'
import type { NewUser } from './users.ts'

/** Sign-in with an e-mail address and a password, and sessions kept in the application's own database. */
export interface AdminAuth extends Authenticator {
  /** What the names of its cookies begin with. */
  readonly cookieName: string
  /**
   * Answers a request below `/api/auth`, wherever the admin is mounted. The same-origin check is the caller's.
   *
   * @throws AuthError for every refusal.
   */
  handle(request: Request, connection?: ClientConnection): Promise<Response>
  /**
   * Makes a user. On the server only: nobody can sign up over HTTP.
   *
   * @throws AuthError `CONFLICT` when the address is taken, `INVALID_VALUE` when one of the three cannot be used.
   */
  createUser(newUser: NewUser): Promise<AdminUser>
  /** The user with this e-mail address, or `null`. */
  findUser(email: string): Promise<AdminUser | null>
  /**
   * Gives a user another password and ends all of his sessions.
   *
   * @throws AuthError `NOT_FOUND`, or `INVALID_VALUE` when the password is too short or too long.
   */
  setPassword(email: string, password: string): Promise<void>
  /** Deletes a user and ends all of his sessions. One who is gone already is no error. */
  deleteUser(email: string): Promise<void>
}

/**
 * Sets up sign-in for {@link createAdmin}. Nothing happens until the first request or user: then Vitrine's tables are
 * created if they are missing.
 *
 * @example
 * ```ts
 * const auth = createAuth({ db })
 * await auth.createUser({ email: 'ada@example.com', name: 'Ada', password: 'a long passphrase' })
 * const admin = createAdmin({ db, auth, tables: [movie] })
 * ```
 */
export function createAuth(options: AuthOptions): AdminAuth {
  checkAuthOptions(options)
  const { db } = options
  const cookieName = options.cookie?.name ?? DEFAULT_COOKIE_NAME
  const getParts = rememberSuccess(() => setUp(options))

  async function toCall(request: Request, connection: ClientConnection): Promise<AuthCall> {
    const { guard, getAuth } = await getParts()
    const isSecure = connection.isSecure || options.secureCookies === 'always'
    const auth = getAuth({ name: cookieName, basePath: connection.basePath ?? '', isSecure })
    const headers = headersForBetterAuth(request, connection)
    const idleExpiry = options.idleExpiry ?? DEFAULT_IDLE_EXPIRY
    return { auth, db, guard, idleExpiry, connection, headers }
  }

  return {
    cookieName,
    async handle(request, connection = getConnection(request)) {
      const endpoint = findEndpoint(request)
      const fields = request.method === 'POST' ? await readFields(request) : new Map<string, unknown>()
      return toResponse(await endpoint(await toCall(request, connection), fields))
    },
    async getUser(request, connection = getConnection(request)) {
      const session = await findSession(await toCall(request, connection))
      return session?.user ?? null
    },
    createUser: async (newUser) => getParts().then(() => createUser(db, newUser)),
    findUser: async (email) => getParts().then(() => findUser(db, email)),
    setPassword: async (email, password) => getParts().then(() => setPassword(db, email, password)),
    deleteUser: async (email) => getParts().then(() => deleteUser(db, email)),
  }
}

interface AuthParts {
  guard: SignInGuard
  /** The instance whose cookies stand there. */
  readonly getAuth: (cookies: CookieScope) => BetterAuth
}

async function setUp(options: AuthOptions): Promise<AuthParts> {
  const { db, sessionExpiry = DEFAULT_SESSION_EXPIRY } = options
  await createTables(db)
  const secret = options.secret ?? (await readSharedSecret(db))
  // As many as there are base paths, twice: an admin gives its own, never that of a request.
  const instances = new Map<string, BetterAuth>()
  function getAuth(cookies: CookieScope): BetterAuth {
    const scope = JSON.stringify(cookies)
    const auth = instances.get(scope) ?? createBetterAuth({ db, secret, sessionExpiry, cookies })
    instances.set(scope, auth)
    return auth
  }
  return { guard: new SignInGuard(db, options.signInLimits), getAuth }
}

const SIGN_IN_LIMIT_RULES: OptionRules<SignInLimits> = { failuresPerIpAddress: number, failuresPerAccount: number }

const OPTION_RULES: OptionRules<AuthOptions> = {
  db: database,
  secret: secretText,
  sessionExpiry: number,
  idleExpiry: number,
  secureCookies: oneOf('auto', 'always'),
  cookie: nestedOptions<CookieOptions>({ name: text }),
  signInLimits: nestedOptions(SIGN_IN_LIMIT_RULES),
}

function checkAuthOptions(options: AuthOptions): void {
  checkOptions('createAuth', options, OPTION_RULES)
  const { secret, sessionExpiry, idleExpiry, cookie } = options
  if (cookie?.name !== undefined && !/^[\w-]{1,50}$/.test(cookie.name)) {
    throw new Error(
      `The cookie.name of createAuth is ${JSON.stringify(cookie.name)}; give 1 to 50 of A-Z, a-z, 0-9, - and _.`,
    )
  }
  if (secret !== undefined && secret.length < MIN_SECRET_LENGTH) {
    throw new Error(`The secret of createAuth has ${secret.length} characters; give at least ${MIN_SECRET_LENGTH}.`)
  }
  for (const [name, seconds] of Object.entries({ sessionExpiry, idleExpiry })) {
    if (seconds === undefined || (seconds >= 1 && seconds <= MAX_EXPIRY)) continue
    throw new Error(`The ${name} of createAuth is ${seconds}; give 1 to ${MAX_EXPIRY} seconds.`)
  }
}

/** Remembers what `run` resolves to; a failure is not remembered, so that a database which was down can come back. */
function rememberSuccess<Result>(run: () => Promise<Result>): () => Promise<Result> {
  let running: Promise<Result> | null = null
  return () => {
    running ??= run().catch((error: unknown) => {
      running = null
      throw error
    })
    return running
  }
}

function findEndpoint(request: Request): Endpoint {
  const path = AUTH_PATH.exec(new URL(request.url).pathname)?.[1] ?? ''
  const methods = ENDPOINTS.get(path)
  if (methods === undefined) throw new AuthError('NOT_FOUND', 'There is nothing at this address.')
  const endpoint = methods.get(request.method)
  if (endpoint !== undefined) return endpoint
  const allowedMethods = [...methods.keys()]
  throw new AuthError('METHOD_NOT_ALLOWED', `Only ${allowedMethods.join(', ')} is allowed here.`, { allowedMethods })
}

function toResponse({ body, cookies }: AuthResponse): Response {
  const response = Response.json(body)
  for (const cookie of cookies) response.headers.append('set-cookie', cookie)
  return response
}

const AUTH_PATH = /\/api\/auth(\/.*)$/
/** In characters. */
const MIN_SECRET_LENGTH = 32
/** 400 days, in seconds: the longest that a browser keeps a cookie (RFC 6265bis, 5.6.2). */
const MAX_EXPIRY = 400 * 24 * 60 * 60
