import { getExtension } from '../../storage/keys/file-types.ts'
import type { StoredFile } from '../../storage/core/stored-file.ts'
import { type FileResponse, respondWithFile } from '../file-response.ts'

/** A video may be given an image any time; a page of fifty videos need not ask again for a while. */
export const NO_THUMBNAIL_HEADERS: Readonly<Record<string, string>> = {
  'Cache-Control': 'private, max-age=30',
  Vary: 'Accept, Cookie',
}

/** Longest time, in seconds, that a browser keeps a thumbnail: a year, since a file never changes under its key. */
const MAX_LIFETIME = 31_536_000

/**
 * The answer to a request for a thumbnail, with the headers that every file has. Only the person's own browser keeps it,
 * for whom it was sent and not beyond the expiry of a signed address.
 */
export function respondWithThumbnail(request: Request, fileKey: string, thumbnail: StoredFile): FileResponse {
  const { size, contentType, lastModified, etag } = thumbnail
  const key = getName(fileKey, thumbnail)
  const response = respondWithFile(request, { key, size, contentType, lastModified, etag })
  const cacheControl = `private, max-age=${getLife(request)}, immutable`
  return { ...response, headers: { ...response.headers, 'Cache-Control': cacheControl, Vary: 'Accept, Cookie' } }
}

/** The file's own name, with the extension of what is sent. */
function getName(fileKey: string, thumbnail: StoredFile): string {
  const extension = getExtension(thumbnail.key) ?? ''
  return `${fileKey.slice(0, fileKey.lastIndexOf('.'))}.${extension}`
}

function getLife(request: Request): number {
  const expires = new URL(request.url).searchParams.get('expires')
  if (expires === null) return MAX_LIFETIME
  return Math.max(0, Math.min(MAX_LIFETIME, Math.floor(Number(expires) - Date.now() / 1000)))
}
