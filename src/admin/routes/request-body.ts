import type { Context } from 'hono'
import type { AdminEnv } from '../middleware/admin-env.ts'

/** The body as it arrives. Leaving it half-read does not end the connection: the answer is still to be sent. */
export function requestBody(context: Context<AdminEnv>): AsyncIterable<Uint8Array> {
  return context.env?.body ?? context.req.raw.body?.values({ preventCancel: true }) ?? noBytes()
}

async function* noBytes(): AsyncGenerator<Uint8Array> {}
