import type { Context } from 'hono'
import { respondWithFile } from '../../media/file-response.ts'
import type { MediaColumn } from '../../media/media-columns.ts'
import type { MediaService } from '../../media/media-service.ts'
import { getDelivery } from '../../storage/core/fallback.ts'
import type { AdminEnv } from '../middleware/admin-env.ts'
import { sendResponse } from './send-response.ts'

/** Hands out a stored file: its bytes, or the way to where they are. Whoever asks was let in before. */
export async function sendStoredFile(
  context: Context<AdminEnv>,
  media: MediaService,
  { column, fileKey }: { column: MediaColumn; fileKey: string },
): Promise<Response> {
  const download = context.req.query('download') !== undefined
  if (getDelivery(column.storage) === 'redirect' && canFollow(context.req.raw)) {
    const { url } = await media.findFileUrl(column, fileKey, { download })
    return new Response(null, { status: 302, headers: { Location: url, 'Cache-Control': 'private, no-store' } })
  }
  const file = await media.requireFile(column, fileKey)
  return sendResponse(context, respondWithFile(context.req.raw, file, { download }), file)
}

/**
 * Whether a redirect to a bucket leads anywhere. A signed address is good for GET alone, and a script of the page may
 * read another origin only where the bucket's CORS rules say so: for both the server sends the bytes itself.
 */
function canFollow({ method, headers }: Request): boolean {
  return method === 'GET' && headers.get('sec-fetch-dest') !== 'empty'
}
