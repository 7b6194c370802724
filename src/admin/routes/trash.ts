import { Hono } from 'hono'
import { respondWithThumbnail, NO_THUMBNAIL_HEADERS } from '../../media/thumbnails/thumbnail-response.ts'
import { parseThumbnailRequest } from '../../media/thumbnails/thumbnail-request.ts'
import type { Thumbnails } from '../../media/thumbnails/thumbnails.ts'
import { parseTrashQuery } from '../../media/trash-query.ts'
import { parseTrashRequest } from '../../media/trash-request.ts'
import type { TrashService } from '../../media/trash-service.ts'
import { readJsonObject } from '../../tables/read-json-object.ts'
import type { AdminLogger } from '../admin-logger.ts'
import type { AdminEnv } from '../middleware/admin-env.ts'
import { refuseMethod } from './refuse-method.ts'
import { requestBody } from './request-body.ts'
import { sendResponse } from './send-response.ts'

const TRASH = '/media/trash'
const THUMBNAIL = '/media/:table/:column/trash/:runId/:fileKey/thumbnail'

/** What the routes of the trash need. */
export interface TrashRouteOptions {
  trash: TrashService
  thumbnails: Thumbnails
  logger: AdminLogger
}

/** The trash of all media columns: list, restore, delete for good. */
export function trashRoutes({ trash, thumbnails, logger }: TrashRouteOptions): Hono<AdminEnv> {
  return new Hono<AdminEnv>()
    .get(TRASH, async (context) => {
      const query = parseTrashQuery(new URL(context.req.url).searchParams)
      return query.groupBy === 'run'
        ? context.json(await trash.listRuns(query))
        : context.json(await trash.listFiles(query, context.get('user')))
    })
    .post(TRASH, async (context) => {
      const request = parseTrashRequest(await readJsonObject(requestBody(context)))
      const user = context.get('user').id
      const response = await trash.change(request, (move) => {
        logger.info?.('A file left the trash.', { user, ...move })
      })
      return context.json(response)
    })
    .get(THUMBNAIL, async (context) => {
      const location = context.req.param()
      const request = parseThumbnailRequest(context.req.raw)
      const { media, file } = await trash.requireFile(location, context.get('user'))
      const thumbnail = await thumbnails.render(media.storage, { file, fileKey: location.fileKey, request })
      if (thumbnail === null) return new Response(null, { status: 204, headers: NO_THUMBNAIL_HEADERS })
      return sendResponse(context, respondWithThumbnail(context.req.raw, location.fileKey, thumbnail), thumbnail)
    })
    .all(TRASH, refuseMethod('GET, HEAD, POST'))
    .all(THUMBNAIL, refuseMethod('GET, HEAD'))
}
