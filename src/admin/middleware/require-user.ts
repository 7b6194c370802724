import type { MiddlewareHandler } from 'hono'
import type { Authenticator } from '../../auth/authenticator.ts'
import { errorResponse } from '../http-error.ts'
import type { AdminEnv } from './admin-env.ts'

/**
 * Lets nobody into `/api` who is not signed in, whatever the method, and sets `context.var.user`.
 *
 * Stops: a route that its author forgot to protect. Everything is closed but what stands in one list here.
 */
export function requireUser(authenticator: Authenticator): MiddlewareHandler<AdminEnv> {
  return async (context, next) => {
    if (isOpen(context.req.path)) return next()
    const user = await authenticator.getUser(context.req.raw, context.var.connection)
    if (!user) return errorResponse('UNAUTHENTICATED', 'Sign in first.')
    context.set('user', user)
    return next()
  }
}

function isOpen(path: string): boolean {
  return OPEN_PATHS.includes(path) || OPEN_FOLDERS.some((folder) => path.startsWith(folder))
}

const OPEN_PATHS = ['/api/health']
/** Signing in: `auth.handle` has a list of its own of what is open there. */
const OPEN_FOLDERS = ['/api/auth/']
