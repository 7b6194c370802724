import { Hono } from 'hono'
import type { MediaService } from '../../media/media-service.ts'
import type { Thumbnails } from '../../media/thumbnails/thumbnails.ts'
import { errorResponse } from '../http-error.ts'
import type { AdminEnv } from '../middleware/admin-env.ts'
import { sendStoredFile } from './send-stored-file.ts'
import { sendThumbnail } from './send-thumbnail.ts'

const FILE = '/media/:table/:column/:fileKey'

/**
 * Files, and their thumbnails, by a signed address, for whoever has it, until it expires. It stands before the session check.
 *
 * Attack: an address with another file, a later expiry or a forged signature. A request that shows a signature is judged
 * by it alone, even if its sender is signed in, so that nobody takes a broken address for a working one.
 */
export function signedFileRoutes(media: MediaService, thumbnails: Thumbnails): Hono<AdminEnv> {
  return new Hono<AdminEnv>()
    .get(FILE, async (context, next) => {
      const { searchParams } = new URL(context.req.url)
      if (!searchParams.has('signature')) return next()
      const { table, column: columnName, fileKey } = context.req.param()
      const column = media.findColumn(table, columnName)
      if (column?.storage.urls.isFileUrlValid(fileKey, searchParams) !== true) return invalidUrl()
      return sendStoredFile(context, media, { column, fileKey })
    })
    .get(`${FILE}/thumbnail`, async (context, next) => {
      const { searchParams } = new URL(context.req.url)
      if (!searchParams.has('signature')) return next()
      const { table, column: columnName, fileKey } = context.req.param()
      const column = media.findColumn(table, columnName)
      if (column?.storage.urls.isThumbnailUrlValid(fileKey, searchParams) !== true) return invalidUrl()
      return sendThumbnail(context, thumbnails, { column, fileKey })
    })
}

function invalidUrl(): Response {
  return errorResponse('FORBIDDEN', 'This address is not valid, or no longer: ask for a new one.')
}
