import type { BetterAuthOptions } from 'better-auth'

/** What the names of the admin's cookies begin with unless another name is given. */
export const DEFAULT_COOKIE_NAME = 'vitrine'

/** Where, and under which name, the cookies of one admin stand. */
export interface CookieScope {
  /** What their names begin with. */
  name: string
  /** The path that browsers find the admin at, such as `/admin`; `''` for the root. */
  basePath: string
  isSecure: boolean
}

/** Name of the cookie that holds a session. */
export function getSessionCookieName(scope: CookieScope): string {
  return `${getPrefix(scope)}.session_token`
}

/**
 * The cookies' names and attributes. Their path is the admin's own, so that two admins on one host keep apart, and the
 * application around the admin never sees its sessions.
 *
 * `__Host-` (RFC 6265bis, 4.1.3.2) stops a neighbour on the same domain, or someone on an unencrypted network, from planting
 * a session of their own in somebody's browser; browsers take it for the path `/` alone. Below a base path `__Secure-`
 * still stops the network. `Lax` keeps links into the admin working; what they open changes nothing.
 */
export function getCookieSettings(scope: CookieScope): NonNullable<BetterAuthOptions['advanced']> {
  const path = scope.basePath === '' ? '/' : scope.basePath
  return {
    useSecureCookies: false,
    cookiePrefix: getPrefix(scope),
    defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path, secure: scope.isSecure },
  }
}

function getPrefix({ name, basePath, isSecure }: CookieScope): string {
  if (!isSecure) return name
  return `${basePath === '' ? '__Host-' : '__Secure-'}${name}`
}

/**
 * A `Cookie` header with the first of the cookies of one name. Browsers send the one with the longest path first
 * (RFC 6265, 5.4): below `/admin` that is this admin's, and behind it comes that of one at `/`.
 */
export function keepFirstOfEachName(header: string): string {
  const seen = new Set<string>()
  const kept = header.split(';').filter((pair) => {
    const name = pair.split('=', 1)[0]?.trim() ?? ''
    if (seen.has(name)) return false
    seen.add(name)
    return true
  })
  return kept.join(';')
}
