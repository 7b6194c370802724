import type { MiddlewareHandler } from 'hono'
import { errorResponse } from '../http-error.ts'
import type { AdminEnv } from './admin-env.ts'
import { isSafeMethod } from './safe-methods.ts'

const MESSAGE =
  'The body of the request was read before it reached the admin: mount the admin before express.json() and other body parsers.'

/** Refuses a request whose body is gone, since every route would report it as empty or wait for it without end. */
export function unreadBody(): MiddlewareHandler<AdminEnv> {
  return async ({ req, env }, next) => {
    const isRead = req.raw.bodyUsed || env?.isBodyRead === true
    if (isSafeMethod(req.method) || !isRead || !hasBody(req.raw.headers)) return next()
    return errorResponse('INTERNAL_ERROR', MESSAGE)
  }
}

function hasBody(headers: Headers): boolean {
  return headers.has('transfer-encoding') || (headers.get('content-length') ?? '0') !== '0'
}
