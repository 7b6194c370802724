import { AuthError } from './auth-error.ts'
import { describeAnswer } from './describe-answer.ts'

/** Somebody who may use the admin. */
export interface AdminUser {
  id: string
  name: string
  email: string
}

/** What is known about the connection that a request came over, and cannot be read from the request itself. */
export interface ClientConnection {
  /** The client's IP address; `null` when it is not known. */
  ipAddress: string | null
  /** The browser speaks HTTPS, to this server or to a trusted proxy before it. */
  isSecure: boolean
  /** The path that browsers find the admin at, such as `/admin`. Defaults to the root. */
  basePath?: string
}

/** Says who sends a request. Implemented by {@link AdminAuth}, and by `authenticate` of the application's own. */
export interface Authenticator {
  /** The person who is signed in, or `null`. */
  getUser(request: Request, connection?: ClientConnection): Promise<AdminUser | null>
}

/**
 * The application's own sign-in: returns who sends a request, or `null` when nobody is signed in. A user needs an `id`
 * that is a text and not empty; every other answer counts as nobody. It has 10 seconds to answer.
 */
export type Authenticate = (request: Request) => Promise<AdminUser | null> | AdminUser | null

/** Longest time that {@link Authenticate} may take. */
const AUTHENTICATE_TIMEOUT_MS = 10_000

/** So many different wrong answers are reported at most: an answer may describe itself in another way each time. */
const MAX_REPORTS = 20

/**
 * Makes an {@link Authenticator} of a function of the application's own.
 *
 * Attack: `return session?.user` without a session, `{ user: null }`, `false`. A check for `null` alone would let all of
 * them in as somebody; so a user is only what has an id, and it is read once, into an object of our own.
 *
 * @param report - receives a sentence for each kind of wrong answer, once
 */
export function authenticatorFrom(authenticate: Authenticate, report: (sentence: string) => void): Authenticator {
  const reported = new Set<string>()

  function reportOnce(sentence: string): void {
    if (reported.has(sentence) || reported.size >= MAX_REPORTS) return
    reported.add(sentence)
    report(sentence)
  }

  return {
    async getUser(request) {
      const response: unknown = await withinTime(async () => authenticate(request))
      if (response === null) return null
      const user = readUser(response)
      if (user !== null) return user
      reportOnce(
        `authenticate answered ${describeAnswer(response)}, which counts as nobody: ` +
          'it must answer { id, name, email } with an id that is a text and not empty, or null.',
      )
      return null
    },
  }
}

/** `null` for what is no user. A property that cannot be read is as good as none. */
function readUser(response: unknown): AdminUser | null {
  try {
    if (typeof response !== 'object' || response === null || !('id' in response)) return null
    const { id } = response
    if (typeof id !== 'string' || id.trim() === '') return null
    const email = textOr('', 'email' in response ? response.email : undefined)
    // The rest of it is for a `generateFileKey` of the application's own.
    return {
      ...response,
      id,
      name: textOr(email === '' ? id : email, 'name' in response ? response.name : undefined),
      email,
    }
  } catch {
    return null
  }
}

function textOr(otherwise: string, value: unknown): string {
  return typeof value === 'string' && value !== '' ? value : otherwise
}

/** @throws {AuthError} `UNAVAILABLE` when there is no answer in time */
async function withinTime<TBody>(response: () => Promise<TBody>): Promise<TBody> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const cause = new Error(`authenticate gave no answer within ${AUTHENTICATE_TIMEOUT_MS} ms.`)
      reject(new AuthError('UNAVAILABLE', 'Who is signed in cannot be found out at the moment. Try again.', { cause }))
    }, AUTHENTICATE_TIMEOUT_MS)
  })
  try {
    return await Promise.race([response(), late])
  } finally {
    clearTimeout(timer)
  }
}

/** The connection of a request that came straight to this server, as far as its URL tells. */
export function getConnection(request: Request): ClientConnection {
  return { ipAddress: null, isSecure: new URL(request.url).protocol === 'https:' }
}
