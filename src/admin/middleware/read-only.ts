import type { MiddlewareHandler } from 'hono'
import { errorResponse } from '../http-error.ts'
import type { AdminEnv } from './admin-env.ts'
import { isSafeMethod, SAFE_METHODS } from './safe-methods.ts'

/** Refuses whatever changes something, when the admin is read-only; signing in and out still work. */
export function readOnly(isReadOnly: boolean): MiddlewareHandler<AdminEnv> {
  return async (context, next) => {
    const { method, path } = context.req
    if (!isReadOnly || isSafeMethod(method) || SIGN_IN_PATHS.includes(path)) return next()
    return errorResponse('READ_ONLY', `The admin is read-only: ${method} is not allowed.`, {
      headers: { allow: SAFE_METHODS.join(', ') },
    })
  }
}

const SIGN_IN_PATHS = ['/api/auth/sign-in/email', '/api/auth/sign-out']
