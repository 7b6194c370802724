import { Hono } from 'hono'
import type { FilePreview } from '../../contract/media.ts'
import type { MediaService } from '../../media/media-service.ts'
import { readUploadedThumbnail } from '../../media/thumbnails/uploaded-thumbnail.ts'
import type { Thumbnails } from '../../media/thumbnails/thumbnails.ts'
import type { UploadSlots } from '../../media/upload-slots.ts'
import type { AdminEnv } from '../middleware/admin-env.ts'
import { refuseMethod } from './refuse-method.ts'
import { requestBody } from './request-body.ts'
import { sendThumbnail } from './send-thumbnail.ts'

const FILE = '/media/:table/:column/:fileKey'

/** What the thumbnail routes are told. */
export interface ThumbnailRouteOptions {
  media: MediaService
  thumbnails: Thumbnails
  slots: UploadSlots
}

/** Small images of stored files, and the images that videos and documents are given. */
export function thumbnailRoutes({ media, thumbnails, slots }: ThumbnailRouteOptions): Hono<AdminEnv> {
  return new Hono<AdminEnv>()
    .get(`${FILE}/thumbnail`, async (context) => {
      const { table, column: columnName, fileKey } = context.req.param()
      const column = media.requireColumn(table, columnName)
      await media.requireVisible(column, fileKey, context.get('user'))
      return sendThumbnail(context, thumbnails, { column, fileKey })
    })
    .put(`${FILE}/picture`, async (context) => {
      const { table, column: columnName, fileKey } = context.req.param()
      const column = media.requireColumn(table, columnName)
      await media.requireVisible(column, fileKey, context.get('user'))
      await media.requireFile(column, fileKey)
      const contentType = context.req.header('content-type') ?? ''
      const { preview, isNew } = await slots.use(context.get('user').id, async () =>
        thumbnails.storeThumbnail(
          column.storage,
          fileKey,
          await readUploadedThumbnail(contentType, requestBody(context)),
        ),
      )
      return context.json(preview satisfies FilePreview, isNew ? 201 : 200)
    })
    .all(`${FILE}/thumbnail`, refuseMethod('GET, HEAD'))
    .all(`${FILE}/picture`, refuseMethod('PUT'))
}
