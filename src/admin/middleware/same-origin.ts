import type { MiddlewareHandler } from 'hono'
import { errorResponse } from '../http-error.ts'
import type { AdminEnv } from './admin-env.ts'
import { isSafeMethod } from './safe-methods.ts'

/**
 * The only same-origin check. It stands before everything that changes something, signing in included.
 *
 * Stops: cross-site request forgery. A page on another site, or on another port or subdomain of the same one, makes the
 * browser of somebody who is signed in send a request: an upload, a deletion, or a sign-in that puts him into the
 * attacker's account without his noticing. Browsers attach the cookie, and say in `Origin` and `Sec-Fetch-Site` who
 * asks; a page can forge neither. Both must agree with the admin when they are there. A request with neither does not
 * come from a browser that a page could misuse, but from a script or a command line.
 *
 * With the `origin` setting it also stops DNS rebinding, where the attacker's own domain is pointed at the admin.
 */
export function sameOrigin(): MiddlewareHandler<AdminEnv> {
  return async (context, next) => {
    const { method, raw } = context.req
    if (isSafeMethod(method) || isFromOwnPage(raw.headers, context.var.connection.ownOrigins)) return next()
    return errorResponse('CROSS_ORIGIN', refusal(raw.headers.get('origin'), context.var.connection.ownOrigins))
  }
}

function isFromOwnPage(headers: Headers, ownOrigins: string[]): boolean {
  const site = headers.get('sec-fetch-site')
  // "none": typed or bookmarked by the person himself. "same-site" is a neighbour, whom nobody vouches for.
  if (site !== null && site !== 'same-origin' && site !== 'none') return false
  // "null" is what sandboxed frames and redirects across sites send: it is no origin.
  const origin = headers.get('origin')
  return origin === null || ownOrigins.includes(origin)
}

function refusal(origin: string | null, ownOrigins: string[]): string {
  const sender = origin === null || origin === 'null' ? 'another page' : `a page of ${origin}`
  return `The request comes from ${sender}, but the admin is at ${ownOrigins.join(', ')}.`
}
