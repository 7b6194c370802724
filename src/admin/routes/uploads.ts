import { type Context, Hono } from 'hono'
import type { MediaService } from '../../media/media-service.ts'
import type { FileNameTreatment } from '../../media/receive-upload.ts'
import type { UploadSlots } from '../../media/upload-slots.ts'
import type { ResumableUploads } from '../../media/uploads/resumable-uploads.ts'
import type { AdminEnv } from '../middleware/admin-env.ts'
import { errorResponse } from '../http-error.ts'
import { refuseMethod } from './refuse-method.ts'
import { requestBody } from './request-body.ts'

const UPLOADS = '/media/:table/:column/uploads'
const UPLOAD = '/media/:table/:column/uploads/:upload'

/** What the routes of resumable uploads are told. */
export interface UploadRouteOptions {
  media: MediaService
  uploads: ResumableUploads
  slots: UploadSlots
  /** The path the admin is mounted at. */
  basePath: string
  fileNames: FileNameTreatment
  isReadOnly: boolean
}

/** Uploads that go on after they broke off, by tus 1.0. They come before the routes of files, which have no such key. */
export function uploadRoutes(options: UploadRouteOptions): Hono<AdminEnv> {
  const { media, uploads, isReadOnly } = options
  const response = (context: Context<AdminEnv>) => respond(context, options)
  const app = new Hono<AdminEnv>()
  // Asking for an upload may store it, when whoever sent its last byte did not come to that.
  if (isReadOnly) return app.all(UPLOADS, refuseUploads).all(UPLOAD, refuseUploads)
  return app
    .on(['POST', 'OPTIONS'], UPLOADS, response)
    .get(UPLOAD, async (context) => {
      if (context.req.method === 'HEAD') return response(context)
      const { table, column, upload } = context.req.param()
      return context.json(await uploads.describe(media.requireColumn(table, column), upload, context.get('user')))
    })
    .on(['PATCH', 'DELETE', 'OPTIONS'], UPLOAD, response)
    .all(UPLOADS, refuseMethod('POST, OPTIONS'))
    .all(UPLOAD, refuseMethod('GET, HEAD, PATCH, DELETE, OPTIONS'))
}

function refuseUploads(): Response {
  return errorResponse('READ_ONLY', 'The admin is read-only: it takes no uploads.', { headers: { Allow: '' } })
}

async function respond(context: Context<AdminEnv>, options: UploadRouteOptions): Promise<Response> {
  const { media, uploads, slots, basePath, fileNames } = options
  const { table = '', column: columnName = '', upload: id = null } = context.req.param()
  const column = media.requireColumn(table, columnName)
  const { method, raw } = context.req
  const user = context.get('user')
  const request = {
    method,
    headers: raw.headers,
    path: `${basePath}/api/media/${encodeURIComponent(table)}/${encodeURIComponent(columnName)}/uploads`,
    id,
    user,
    fileNames,
    chunks: requestBody(context),
  }
  const hasBytes = method === 'PATCH' || method === 'POST'
  return hasBytes ? slots.use(user.id, () => uploads.response(column, request)) : uploads.response(column, request)
}
