import type { AuthDatabase } from './auth-database.ts'
import type { SignInLimits } from './sign-in-limits.ts'

/** Seven days, in seconds. */
export const DEFAULT_SESSION_EXPIRY: number = 7 * 24 * 60 * 60
/** One day, in seconds. */
export const DEFAULT_IDLE_EXPIRY: number = 24 * 60 * 60
/** In characters. */
export const MIN_PASSWORD_LENGTH = 8
/** In characters. Longer ones only make hashing costly. */
export const MAX_PASSWORD_LENGTH = 128

/** What {@link createAuth} is given. */
export interface AuthOptions {
  /** The application's own Postgres database, through Drizzle. */
  db: AuthDatabase
  /**
   * What session cookies are signed with: at least 32 characters from a random source, the same on every server.
   * Defaults to 256 random bits made once and kept in the table `vitrine_secret`.
   */
  secret?: string
  /** Longest time, in seconds, that a session lives, whatever is done with it. Defaults to 604800, seven days. */
  sessionExpiry?: number
  /** Longest time, in seconds, that a session may lie unused. Defaults to 86400, one day. */
  idleExpiry?: number
  /**
   * When the session cookie is `Secure`, and `__Host-` or `__Secure-`: `auto`, whenever the browser speaks HTTPS as far as the admin can
   * tell, or `always`. Defaults to `auto`, so that signing in over plain HTTP works on one's own machine.
   */
  secureCookies?: 'auto' | 'always'
  /** The session's cookie. */
  cookie?: CookieOptions
  /** How many wrong passwords are borne. */
  signInLimits?: SignInLimits
}

/** How the session's cookie is called. Its path is the admin's base path. */
export interface CookieOptions {
  /**
   * What its name begins with: letters, digits, `-` and `_`. Give two admins on one host two names when they differ in
   * their ports alone, which cookies know nothing of. Defaults to `vitrine`.
   */
  name?: string
}
