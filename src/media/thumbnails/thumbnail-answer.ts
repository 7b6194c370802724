import { extensionOf } from '../../storage/file-types.ts'
import type { StoredFile } from '../../storage/stored-file.ts'
import { type FileAnswer, answerFileRequest } from '../file-answer.ts'

/** A film may be given a picture any time; a page of fifty films need not ask again for a while. */
export const NO_THUMBNAIL_HEADERS: Readonly<Record<string, string>> = {
  'Cache-Control': 'private, max-age=30',
  Vary: 'Accept, Cookie',
}

/** Longest time, in seconds, that a browser keeps a thumbnail: a year, since a file never changes under its key. */
const LONGEST_LIFE = 31_536_000

/**
 * The answer to a request for a thumbnail, with the headers that every file has. Only the person's own browser keeps it,
 * for whom it was sent and not beyond the expiry of a signed address.
 */
export function answerThumbnailRequest(request: Request, fileKey: string, thumbnail: StoredFile): FileAnswer {
  const { size, contentType, lastModified, etag } = thumbnail
  const key = nameOf(fileKey, thumbnail)
  const answer = answerFileRequest(request, { key, size, contentType, lastModified, etag })
  const cacheControl = `private, max-age=${lifeOf(request)}, immutable`
  return { ...answer, headers: { ...answer.headers, 'Cache-Control': cacheControl, Vary: 'Accept, Cookie' } }
}

/** The file's own name, with the extension of what is sent. */
function nameOf(fileKey: string, thumbnail: StoredFile): string {
  const extension = extensionOf(thumbnail.key) ?? ''
  return `${fileKey.slice(0, fileKey.lastIndexOf('.'))}.${extension}`
}

function lifeOf(request: Request): number {
  const expires = new URL(request.url).searchParams.get('expires')
  if (expires === null) return LONGEST_LIFE
  return Math.max(0, Math.min(LONGEST_LIFE, Math.floor(Number(expires) - Date.now() / 1000)))
}
