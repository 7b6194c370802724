import { checkOptions, type OptionRules } from '../options/check-options.ts'
import { objectWith, trueOrFalse } from '../options/option-rules.ts'
import type { MediaStorage } from '../storage/core/media-storage.ts'
import { isFileKey } from '../storage/keys/file-key.ts'
import { respondWithFile, fileResponse } from '../media/file-response.ts'
import { MediaError } from '../media/media-error.ts'
import { respondWithThumbnail, NO_THUMBNAIL_HEADERS } from '../media/thumbnails/thumbnail-response.ts'
import { parseThumbnailRequest } from '../media/thumbnails/thumbnail-request.ts'
import type { Thumbnails } from '../media/thumbnails/thumbnails.ts'
import { HTTP_STATUS } from './http-error.ts'

/** A handler of the application's own router: takes a request whose path ends in a file key. */
export type ServeMedia = (request: Request) => Promise<Response>

/** How {@link serveMedia} serves. */
export interface ServeMediaOptions {
  /** Everybody may read every file, without a signature. Defaults to `false`. */
  isPublic?: boolean
  /** Makes small images of the files, at the URLs of `storage.urls.thumbnail`. Defaults to none. */
  thumbnails?: Thumbnails
}

const OPTION_RULES: OptionRules<ServeMediaOptions> = {
  isPublic: trueOrFalse,
  thumbnails: objectWith('a Thumbnails', 'find'),
}

/** What follows a file's address in that of its thumbnail. */
const THUMBNAIL = '/thumbnail'

/**
 * Serves the files of a storage in the application's own router, by the signed addresses that `generateFileUrl` makes.
 *
 * @example
 * const posterMedia = new LocalMediaStorage({ column: movie.poster, mediaPath, rootUrl: '/media/posters', signingSecret })
 * const servePosters = serveMedia(posterMedia, { thumbnails: new Thumbnails() })
 * app.get('/media/posters/*', (context) => servePosters(context.req.raw))
 */
export function serveMedia(storage: MediaStorage, options: ServeMediaOptions = {}): ServeMedia {
  checkOptions('serveMedia', options, OPTION_RULES)
  const { isPublic = false, thumbnails } = options
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405, { Allow: 'GET, HEAD' })
    const { pathname, searchParams } = new URL(request.url)
    if (thumbnails !== undefined && pathname.endsWith(THUMBNAIL)) {
      const fileKey = decodeLastComponent(pathname.slice(0, -THUMBNAIL.length))
      return fileKey === null ? refusal(404) : serveThumbnail(request, { storage, isPublic, thumbnails, fileKey })
    }
    const fileKey = decodeLastComponent(pathname)
    if (fileKey === null || !isFileKey(fileKey)) return refusal(404)
    if (!isPublic && !storage.urls.isFileUrlValid(fileKey, searchParams)) return refusal(403)
    const file = await storage.getFile(fileKey)
    if (file === null) return refusal(404)
    return fileResponse(respondWithFile(request, file, { download: searchParams.has('download') }), file)
  }
}

interface ThumbnailTarget {
  storage: MediaStorage
  isPublic: boolean
  thumbnails: Thumbnails
  fileKey: string
}

async function serveThumbnail(request: Request, location: ThumbnailTarget): Promise<Response> {
  const { storage, isPublic, thumbnails, fileKey } = location
  if (!isFileKey(fileKey)) return refusal(404)
  const { searchParams } = new URL(request.url)
  if (!isPublic && !storage.urls.isThumbnailUrlValid(fileKey, searchParams)) return refusal(403)
  try {
    const thumbnail = await thumbnails.find(storage, fileKey, parseThumbnailRequest(request))
    if (thumbnail === null) return refusal(204, NO_THUMBNAIL_HEADERS)
    return fileResponse(respondWithThumbnail(request, fileKey, thumbnail), thumbnail)
  } catch (error) {
    if (error instanceof MediaError) return refusal(HTTP_STATUS[error.code])
    throw error
  }
}

/** `null` for a path that is no valid percent-encoding. */
function decodeLastComponent(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname.slice(pathname.lastIndexOf('/') + 1))
  } catch (error) {
    if (error instanceof URIError) return null
    throw error
  }
}

function refusal(status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers: { ...headers, 'X-Content-Type-Options': 'nosniff' } })
}
