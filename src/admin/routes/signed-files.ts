import { Hono } from 'hono'
import type { MediaService } from '../../media/media-service.ts'
import { errorResponse } from '../http-error.ts'
import type { AdminEnv } from '../middleware/admin-env.ts'
import { sendStoredFile } from './send-stored-file.ts'

/**
 * Files by a signed address, for whoever has it, until it expires. It stands before the session check.
 *
 * Attack: an address with another file, a later expiry or a forged signature. A request that shows a signature is judged
 * by it alone, even if its sender is signed in, so that nobody takes a broken address for a working one.
 */
export function signedFileRoutes(media: MediaService): Hono<AdminEnv> {
  return new Hono<AdminEnv>().get('/media/:table/:column/:fileKey', async (context, next) => {
    const { searchParams } = new URL(context.req.url)
    if (!searchParams.has('signature')) return next()
    const { table, column: columnName, fileKey } = context.req.param()
    const column = media.findColumn(table, columnName)
    if (column === null || !column.storage.isSignedUrlValid(fileKey, searchParams)) {
      return errorResponse('FORBIDDEN', 'This address is not valid, or no longer: ask for a new one.')
    }
    return sendStoredFile(context, media, { column, fileKey })
  })
}
