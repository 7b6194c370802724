import { Hono } from 'hono'
import type { AdminAuth } from '../../auth/create-auth.ts'
import type { AdminEnv } from '../middleware/admin-env.ts'

/** Signing in and out, and one's own password and sessions. Refusals are thrown. */
export function authRoutes(auth: AdminAuth): Hono<AdminEnv> {
  return new Hono<AdminEnv>().all('/auth/*', ({ req, var: { connection } }) => auth.handle(req.raw, connection))
}
