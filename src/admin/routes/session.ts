import { Hono } from 'hono'
import type { SessionResponse } from '../../contract/session.ts'
import type { AdminEnv } from '../middleware/admin-env.ts'
import { refuseMethod } from './refuse-method.ts'

/** Who is signed in, and what the page may offer. */
export function sessionRoutes(abilities: Omit<SessionResponse, 'user'>): Hono<AdminEnv> {
  return new Hono<AdminEnv>()
    .get('/session', (context) => {
      // Field by field: the application's own `authenticate` may return a whole row, password hash and all.
      const { id, name, email } = context.var.user
      const session: SessionResponse = { user: { id, name, email }, ...abilities }
      return context.json(session)
    })
    .all('/session', refuseMethod('GET'))
}
