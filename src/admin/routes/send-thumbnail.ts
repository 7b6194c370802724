import type { Context } from 'hono'
import type { MediaColumn } from '../../media/media-columns.ts'
import { respondWithThumbnail, NO_THUMBNAIL_HEADERS } from '../../media/thumbnails/thumbnail-response.ts'
import { parseThumbnailRequest } from '../../media/thumbnails/thumbnail-request.ts'
import type { Thumbnails } from '../../media/thumbnails/thumbnails.ts'
import { isFileKey } from '../../storage/keys/file-key.ts'
import { MediaError } from '../../media/media-error.ts'
import type { AdminEnv } from '../middleware/admin-env.ts'
import { sendResponse } from './send-response.ts'

/** Hands out a file's thumbnail; 204 when it has none, which a browser takes for no image and no failure. */
export async function sendThumbnail(
  context: Context<AdminEnv>,
  thumbnails: Thumbnails,
  { column, fileKey }: { column: MediaColumn; fileKey: string },
): Promise<Response> {
  const wanted = parseThumbnailRequest(context.req.raw)
  if (!isFileKey(fileKey)) throw new MediaError('NOT_FOUND', 'There is no such file.')
  const thumbnail = await thumbnails.find(column.storage, fileKey, wanted)
  if (thumbnail === null) return new Response(null, { status: 204, headers: NO_THUMBNAIL_HEADERS })
  return sendResponse(context, respondWithThumbnail(context.req.raw, fileKey, thumbnail), thumbnail)
}
