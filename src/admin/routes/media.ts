import { type Context, Hono } from 'hono'
import type { FileInformation, FilesResponse, UploadResponse } from '../../contract/media.ts'
import { parseFileListingQuery } from '../../media/file-listing-query.ts'
import type { MediaColumn } from '../../media/media-columns.ts'
import { MediaError } from '../../media/media-error.ts'
import type { MediaService } from '../../media/media-service.ts'
import type { FileNameTreatment } from '../../media/receive-upload.ts'
import type { Thumbnails } from '../../media/thumbnails/thumbnails.ts'
import type { UploadSlots } from '../../media/upload-slots.ts'
import { fileTooLarge } from '../../storage/core/file-body.ts'
import type { AdminEnv } from '../middleware/admin-env.ts'
import { requestBody } from './request-body.ts'
import { refuseMethod } from './refuse-method.ts'
import { sendStoredFile } from './send-stored-file.ts'

const COLUMN = '/media/:table/:column'
const FILE = '/media/:table/:column/:fileKey'

/** What the media routes are told. */
export interface MediaRouteOptions {
  media: MediaService
  /** The path the admin is mounted at. */
  basePath: string
  fileNames: FileNameTreatment
  slots: UploadSlots
  thumbnails: Thumbnails
}

/** The files of a media column: upload, list, send, describe, delete. */
export function mediaRoutes({ media, basePath, fileNames, slots, thumbnails }: MediaRouteOptions): Hono<AdminEnv> {
  const getColumn = (context: Context) =>
    media.requireColumn(context.req.param('table') ?? '', context.req.param('column') ?? '')
  const getFile = (context: Context<AdminEnv>) => requireVisibleFile(context, media)

  return new Hono<AdminEnv>()
    .get(COLUMN, async (context) => {
      const column = getColumn(context)
      const { files, next } = await media.list(
        column,
        parseFileListingQuery(new URL(context.req.url).searchParams),
        context.get('user'),
      )
      const previews = await thumbnails.previews(
        column.storage,
        files.map(({ fileKey }) => fileKey),
      )
      const described = files.map((file) => ({ ...file, preview: previews.get(file.fileKey) ?? null }))
      return context.json({ files: described, next } satisfies FilesResponse)
    })
    .post(COLUMN, async (context) => {
      const column = getColumn(context)
      refuseDeclaredSize(context, column)
      const user = context.get('user')
      const upload = {
        contentType: context.req.header('content-type') ?? '',
        fileName: nameIn(context),
        chunks: requestBody(context),
        fileNames,
        user,
      }
      const files = await slots.use(user.id, () => media.upload(column, upload))
      const response: UploadResponse = { files }
      return context.json(response, 201)
    })
    .get(FILE, async (context) => sendStoredFile(context, media, await getFile(context)))
    .get(`${FILE}/url`, async (context) => {
      const { column: mediaColumn, fileKey } = await getFile(context)
      const { table, column } = context.req.param()
      const rootUrl = `${basePath}/api/media/${encodeURIComponent(table)}/${encodeURIComponent(column)}`
      const download = context.req.query('download') !== undefined
      const user = context.get('user')
      return context.json(await media.url(mediaColumn, fileKey, { rootUrl, download, user }))
    })
    .get(`${FILE}/info`, async (context) => {
      const { column, fileKey } = await getFile(context)
      const information = await media.information(column, fileKey)
      const previews = await thumbnails.previews(column.storage, [fileKey])
      return context.json({ ...information, preview: previews.get(fileKey) ?? null } satisfies FileInformation)
    })
    .delete(FILE, async (context) => {
      const { column, fileKey } = await getFile(context)
      await media.delete(column, fileKey)
      return context.body(null, 204)
    })
    .all(COLUMN, refuseMethod('GET, POST'))
    .all(FILE, refuseMethod('GET, HEAD, DELETE'))
    .all(`${FILE}/url`, refuseMethod('GET'))
    .all(`${FILE}/info`, refuseMethod('GET'))
}

/** Attack: `?name=a.jpg&name=b.html`, of which a proxy that looks at names may see the other one. */
function nameIn(context: Context): string | null {
  const [name = null, ...others] = context.req.queries('name') ?? []
  if (others.length === 0) return name
  throw new MediaError('INVALID_REQUEST', 'The upload has more than one name: give ?name= once.')
}

/** The file of a request, for the routes that hand something of it out or change it. */
async function requireVisibleFile(context: Context<AdminEnv>, media: MediaService) {
  const { table = '', column: columnName = '', fileKey = '' } = context.req.param()
  const column = media.requireColumn(table, columnName)
  await media.requireVisible(column, fileKey, context.get('user'))
  return { column, fileKey }
}

/** An honest client learns at once that its file is too large, before it sends it. What arrives is counted all the same. */
function refuseDeclaredSize(context: Context, { storage }: MediaColumn): void {
  const maxFileSize = storage.content.getMaxFileSize(nameIn(context) ?? '')
  const isMultipart = /^multipart\//i.test(context.req.header('content-type') ?? '')
  const declared = Number(context.req.header('content-length') ?? 0)
  if (!isMultipart && maxFileSize !== null && declared > maxFileSize) throw fileTooLarge(maxFileSize)
}
