import type { MiddlewareHandler } from 'hono'
import { TUS_VERSION } from '../../media/uploads/tus-request.ts'
import { HTTP_STATUS } from '../http-error.ts'
import type { AdminEnv } from './admin-env.ts'

/** Resumable uploads, all and each. */
export const UPLOADS = '/api/media/:table/:column/uploads/*'

/** What tus 1.0 wants on each answer, also one that the protocol's own part never saw: to who is not signed in, say. */
export function tusHeaders(): MiddlewareHandler<AdminEnv> {
  return async (context, next) => {
    await next()
    if (context.req.method !== 'OPTIONS') context.header('Tus-Resumable', TUS_VERSION)
    if (context.res.status === HTTP_STATUS.PROTOCOL_VERSION) context.header('Tus-Version', TUS_VERSION)
  }
}
