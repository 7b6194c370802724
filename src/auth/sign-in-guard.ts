import { and, eq, gt, lte, sql } from 'drizzle-orm'
import { getIP } from 'better-auth/api'
import type { AuthDatabase } from './auth-database.ts'
import { AuthError } from './auth-error.ts'
import { authTables } from './auth-tables.ts'
import { IP_ADDRESS_HEADER } from './create-better-auth.ts'
import { sha256 } from './sha256.ts'
import { DEFAULT_FAILURES_PER_ACCOUNT, DEFAULT_FAILURES_PER_IP_ADDRESS } from './sign-in-limits.ts'
import type { SignInLimits } from './sign-in-limits.ts'

/** Somebody giving a password. */
export interface Attempt {
  /** The account's e-mail address, whether or not there is such an account. */
  email: string
  /** The client's IP address. */
  ipAddress: string | null
}

/**
 * Slows down the guessing of passwords.
 *
 * Each attempt is counted before its password is looked at, and taken back when it was right: ten thousand guesses sent at
 * once cannot all pass a count that none of them has raised yet. Counts live in the database, so they hold for all
 * servers together. Every window ends by itself, and refused attempts do not prolong it.
 */
export class SignInGuard {
  readonly #db: AuthDatabase
  readonly #limits: Required<SignInLimits>

  constructor(db: AuthDatabase, limits: SignInLimits = {}) {
    this.#db = db
    this.#limits = {
      failuresPerIpAddress: limits.failuresPerIpAddress ?? DEFAULT_FAILURES_PER_IP_ADDRESS,
      failuresPerAccount: limits.failuresPerAccount ?? DEFAULT_FAILURES_PER_ACCOUNT,
    }
  }

  /**
   * Checks a password, unless there were too many wrong ones.
   *
   * @throws AuthError `TOO_MANY_REQUESTS`, and whatever `check` throws.
   */
  async guard<Result>(attempt: Attempt, check: () => Promise<Result>): Promise<Result> {
    const keys = await getKeys(attempt)
    const windows = await this.#getWindows(keys)
    for (const window of windows) await this.#count(window)
    const result = await check()
    await this.#forgive(windows)
    await this.#remember(keys.known)
    return result
  }

  /**
   * Stops: a stranger locking somebody out by guessing wrongly at his account. Where somebody has signed in before, his
   * account has a count of its own there, which strangers at other addresses do not raise.
   */
  async #getWindows(keys: AttemptKeys): Promise<Window[]> {
    const { failuresPerIpAddress, failuresPerAccount } = this.#limits
    if (await this.#isKnown(keys.known)) return [{ key: keys.pair, seconds: ACCOUNT_WINDOW, limit: failuresPerAccount }]
    return [
      { key: keys.ipAddress, seconds: IP_ADDRESS_WINDOW, limit: failuresPerIpAddress },
      { key: keys.account, seconds: ACCOUNT_WINDOW, limit: failuresPerAccount },
    ]
  }

  async #isKnown(key: string): Promise<boolean> {
    const [row] = await this.#db
      .select({ key: rateLimit.key })
      .from(rateLimit)
      .where(and(eq(rateLimit.key, key), gt(rateLimit.expiresAt, new Date())))
    return row !== undefined
  }

  async #count({ key, seconds, limit }: Window): Promise<void> {
    const now = new Date()
    await this.#db.delete(rateLimit).where(lte(rateLimit.expiresAt, now))
    const [row] = await this.#db
      .insert(rateLimit)
      .values({ key, count: 1, expiresAt: secondsFrom(now, seconds) })
      .onConflictDoUpdate({ target: rateLimit.key, set: { count: sql`${rateLimit.count} + 1` } })
      .returning()
    if (row === undefined || row.count <= limit) return
    throw new AuthError('TOO_MANY_REQUESTS', 'There were too many wrong passwords. Wait, then try again.', {
      retryAfter: Math.max(1, Math.ceil((row.expiresAt.getTime() - now.getTime()) / 1000)),
    })
  }

  async #forgive(windows: Window[]): Promise<void> {
    // One row a statement: two statements that each hold a row and wait for the other's would be a deadlock.
    for (const { key } of windows) {
      await this.#db
        .update(rateLimit)
        .set({ count: sql`greatest(${rateLimit.count} - 1, 0)` })
        .where(eq(rateLimit.key, key))
    }
  }

  async #remember(key: string): Promise<void> {
    const expiresAt = secondsFrom(new Date(), KNOWN_IP_ADDRESS_EXPIRY)
    await this.#db
      .insert(rateLimit)
      .values({ key, count: 0, expiresAt })
      .onConflictDoUpdate({ target: rateLimit.key, set: { expiresAt } })
  }
}

interface Window {
  key: string
  seconds: number
  limit: number
}

interface AttemptKeys {
  ipAddress: string
  account: string
  pair: string
  known: string
}

/** Hashed, so that a row is of one length whatever a stranger types as an e-mail address. */
async function getKeys({ email, ipAddress }: Attempt): Promise<AttemptKeys> {
  const account = email.toLowerCase()
  const network = getNetwork(ipAddress)
  const [ipAddressKey, accountKey, pair, known] = await Promise.all([
    sha256(`address\n${network}`),
    sha256(`account\n${account}`),
    sha256(`pair\n${network}\n${account}`),
    sha256(`known\n${network}\n${account}`),
  ])
  return { ipAddress: ipAddressKey, account: accountKey, pair, known }
}

/** An IPv4 address, or an IPv6 network of 64 bits: one household or server has all the addresses of its own. */
function getNetwork(ipAddress: string | null): string {
  if (ipAddress === null) return 'unknown'
  const headers = new Headers({ [IP_ADDRESS_HEADER]: ipAddress })
  return (
    getIP(headers, { advanced: { ipAddress: { ipAddressHeaders: [IP_ADDRESS_HEADER], ipv6Subnet: 64 } } }) ?? 'unknown'
  )
}

function secondsFrom(start: Date, seconds: number): Date {
  return new Date(start.getTime() + seconds * 1000)
}

const { rateLimit } = authTables
/** One minute, in seconds. */
const IP_ADDRESS_WINDOW = 60
/** A quarter of an hour, in seconds. */
const ACCOUNT_WINDOW = 15 * 60
/** Thirty days, in seconds. */
const KNOWN_IP_ADDRESS_EXPIRY = 30 * 24 * 60 * 60
