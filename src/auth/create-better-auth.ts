import type { Auth, BetterAuthOptions } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { betterAuth } from 'better-auth/minimal'
import type { AuthDatabase } from './auth-database.ts'
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from './auth-options.ts'
import { authTables } from './auth-tables.ts'
import { type CookieScope, getCookieSettings } from './session-cookie.ts'
import { withHashedSessionTokens } from './hashed-session-tokens.ts'

export type BetterAuth = Auth

/** What an instance of better-auth is made of: there is one for each name, path and scheme of cookies. */
export interface BetterAuthParts {
  db: AuthDatabase
  secret: string
  /** In seconds. */
  sessionExpiry: number
  cookies: CookieScope
}

/** The header in which better-auth is told the client's address. No request can set it: headers are built anew. */
export const IP_ADDRESS_HEADER = 'x-vitrine-client-address'

/**
 * better-auth as Vitrine uses it: called through its typed `api` alone, never through its router, so that only what
 * `endpoints.ts` lists is open. All that better-auth would otherwise take from environment variables is given here.
 */
export function createBetterAuth({ db, secret, sessionExpiry, cookies }: BetterAuthParts): BetterAuth {
  const options: BetterAuthOptions = {
    appName: 'Vitrine',
    // Signs and redirects nothing: Vitrine opens no endpoint that makes links. Given so that BETTER_AUTH_URL is not read.
    baseURL: cookies.isSecure ? 'https://vitrine.invalid' : 'http://vitrine.invalid',
    secret,
    secrets: [{ version: 1, value: secret }],
    database: withHashedSessionTokens(
      drizzleAdapter(db, { provider: 'pg', schema: { ...authTables }, transaction: true }),
    ),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD_LENGTH,
      maxPasswordLength: MAX_PASSWORD_LENGTH,
    },
    // No cookie cache: a session that was ended must not live on in a signed cookie.
    session: { expiresIn: sessionExpiry, disableSessionRefresh: true, cookieCache: { enabled: false } },
    databaseHooks: {
      session: {
        create: {
          before: async (_session, context) => ({
            data: { ipAddress: context?.headers?.get(IP_ADDRESS_HEADER) ?? null },
          }),
        },
      },
    },
    // Vitrine counts failures per account as well as per address: see sign-in-guard.ts.
    rateLimit: { enabled: false },
    telemetry: { enabled: false, debug: false },
    // Errors are thrown to the caller; better-auth's own lines hold text from requests.
    logger: { disabled: true },
    advanced: {
      ...getCookieSettings(cookies),
      // In development better-auth would write 127.0.0.1 for an address that is not known.
      ipAddress: { disableIpTracking: true },
      database: { validateSchema: false },
      // The admin's one same-origin check stands before every endpoint.
      disableOriginCheck: true,
      disableCSRFCheck: true,
    },
  }
  return betterAuth(options)
}
