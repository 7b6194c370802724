import { Hono } from 'hono'
import type { MediaService } from '../../media/media-service.ts'
import type { Thumbnails } from '../../media/thumbnails/thumbnails.ts'
import type { AdminEnv } from '../middleware/admin-env.ts'
import { refuseMethod } from './refuse-method.ts'
import { sendThumbnail } from './send-thumbnail.ts'

const THUMBNAIL = '/media/:table/:column/:fileKey/thumbnail'

/** Small pictures of stored files. */
export function thumbnailRoutes(media: MediaService, thumbnails: Thumbnails): Hono<AdminEnv> {
  return new Hono<AdminEnv>()
    .get(THUMBNAIL, async (context) => {
      const { table, column, fileKey } = context.req.param()
      return sendThumbnail(context, thumbnails, { column: media.requireColumn(table, column), fileKey })
    })
    .all(THUMBNAIL, refuseMethod('GET, HEAD'))
}
