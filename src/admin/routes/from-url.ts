import { Hono } from 'hono'
import type { UploadResponse } from '../../contract/media.ts'
import type { UploadFromUrlOptions } from '../../media/from-url/fetch-remote-file.ts'
import { MediaError } from '../../media/media-error.ts'
import { readJsonObject } from '../../tables/read-json-object.ts'
import type { AdminEnv } from '../middleware/admin-env.ts'
import type { MediaRouteOptions } from './media.ts'
import { refuseMethod } from './refuse-method.ts'
import { requestBody } from './request-body.ts'

const FROM_URL = '/media/:table/:column/from-url'

/** What the route is told; `remoteFiles` is `null` where the server fetches nothing. */
export interface FromUrlRouteOptions extends Pick<MediaRouteOptions, 'media' | 'fileNames' | 'slots'> {
  remoteFiles: UploadFromUrlOptions | null
}

/** An upload whose bytes the server fetches from another address. */
export function fromUrlRoutes({ media, remoteFiles, fileNames, slots }: FromUrlRouteOptions): Hono<AdminEnv> {
  return new Hono<AdminEnv>()
    .post(FROM_URL, async (context) => {
      const { table, column } = context.req.param()
      if (remoteFiles === null) throw new MediaError('NOT_FOUND', 'This server fetches no files from elsewhere.')
      const mediaColumn = media.requireColumn(table, column)
      const url = urlIn(await readJsonObject(requestBody(context)))
      const user = context.get('user')
      const upload = { url, options: remoteFiles, fileNames, user, signal: context.req.raw.signal }
      const file = await slots.use(user.id, () => media.uploadFromUrl(mediaColumn, upload))
      const response: UploadResponse = { files: [file] }
      return context.json(response, 201)
    })
    .all(FROM_URL, refuseMethod('POST'))
}

function urlIn(body: object): string {
  if ('url' in body && typeof body.url === 'string') return body.url
  throw new MediaError(
    'INVALID_REQUEST',
    'The body must hold the address, such as {"url":"https://example.com/a.jpg"}.',
  )
}
