import { type Context, Hono } from 'hono'
import type { SignPartsResponse, UploadResponse } from '../../contract/media.ts'
import type { MediaService } from '../../media/media-service.ts'
import type { FileNameTreatment } from '../../media/receive-upload.ts'
import type { UploadSlots } from '../../media/upload-slots.ts'
import type { DirectUploads, OwnUpload } from '../../media/uploads/direct-uploads.ts'
import { parseNewUpload, parsePartsToSign } from '../../media/uploads/direct-request.ts'
import { readJsonObject } from '../../tables/read-json-object.ts'
import type { AdminEnv } from '../middleware/admin-env.ts'
import { refuseMethod } from './refuse-method.ts'
import { requestBody } from './request-body.ts'

const ALL = '/media/:table/:column/direct'
const ONE = '/media/:table/:column/direct/:upload'

/** What the routes of direct uploads are told. */
export interface DirectUploadRouteOptions {
  media: MediaService
  uploads: DirectUploads
  slots: UploadSlots
  fileNames: FileNameTreatment
}

/** Uploads whose bytes go past the server. They come before the routes of files, which have no such key. */
export function directUploadRoutes({ media, uploads, slots, fileNames }: DirectUploadRouteOptions): Hono<AdminEnv> {
  const getColumn = (context: Context<AdminEnv>) =>
    media.requireColumn(context.req.param('table') ?? '', context.req.param('column') ?? '')
  const getUpload = (context: Context<AdminEnv>): OwnUpload => ({
    column: getColumn(context),
    id: context.req.param('upload') ?? '',
    user: context.get('user'),
  })

  return new Hono<AdminEnv>()
    .post(ALL, async (context) => {
      const user = context.get('user')
      const upload = { ...parseNewUpload(await readJsonObject(requestBody(context))), fileNames, user }
      return context.json(await slots.use(user.id, () => uploads.start(getColumn(context), upload)), 201)
    })
    .get(ONE, async (context) => context.json(await uploads.describe(getUpload(context))))
    .post(`${ONE}/parts`, async (context) => {
      const parts = parsePartsToSign(await readJsonObject(requestBody(context)))
      const response: SignPartsResponse = { parts: await uploads.sign(getUpload(context), parts) }
      return context.json(response)
    })
    .post(`${ONE}/complete`, async (context) => {
      // The server may have to read the file through: that takes memory as receiving it does.
      const file = await slots.use(context.get('user').id, () => uploads.complete(getUpload(context)))
      const response: UploadResponse = { files: [file] }
      return context.json(response, 201)
    })
    .delete(ONE, async (context) => {
      await uploads.remove(getUpload(context))
      return context.body(null, 204)
    })
    .all(ALL, refuseMethod('POST'))
    .all(ONE, refuseMethod('GET, DELETE'))
    .all(`${ONE}/parts`, refuseMethod('POST'))
    .all(`${ONE}/complete`, refuseMethod('POST'))
}
