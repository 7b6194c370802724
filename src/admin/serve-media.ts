import type { MediaStorage } from '../storage/media-storage.ts'
import { isFileKey } from '../storage/file-key.ts'
import { answerFileRequest, fileResponse } from '../media/file-answer.ts'

/** A handler of the application's own router: takes a request whose path ends in a file key. */
export type ServeMedia = (request: Request) => Promise<Response>

/** How {@link serveMedia} serves. */
export interface ServeMediaOptions {
  /** Everybody may read every file, without a signature. Defaults to `false`. */
  isPublic?: boolean
}

/**
 * Serves the files of a storage in the application's own router, by the signed addresses that `generateFileUrl` makes.
 *
 * @example
 * const posterMedia = new LocalMediaStorage({ column: movie.poster, mediaPath, rootUrl: '/media/posters', signingSecret })
 * app.get('/media/posters/*', (context) => serveMedia(posterMedia)(context.req.raw))
 */
export function serveMedia(storage: MediaStorage, { isPublic = false }: ServeMediaOptions = {}): ServeMedia {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405, { Allow: 'GET, HEAD' })
    const { pathname, searchParams } = new URL(request.url)
    const fileKey = decodeLastComponent(pathname)
    if (fileKey === null || !isFileKey(fileKey)) return refusal(404)
    if (!isPublic && !storage.isSignedUrlValid(fileKey, searchParams)) return refusal(403)
    const file = await storage.getFile(fileKey)
    if (file === null) return refusal(404)
    return fileResponse(answerFileRequest(request, file, { download: searchParams.has('download') }), file)
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
