import { limitSize } from '../../storage/core/file-body.ts'
import { MediaStorageError } from '../../storage/core/media-storage-error.ts'

/** Longest image, in bytes, that can be sent for a video or a document. */
const MAX_LENGTH = 2_000_000

/** What such an image may be, by its media type, with the bytes that it begins with. */
const TYPES: readonly ThumbnailSource[] = [
  { contentType: 'image/webp', extension: 'webp', start: /^RIFF.{4}WEBP/s },
  { contentType: 'image/jpeg', extension: 'jpg', start: /^\xff\xd8\xff/ },
  { contentType: 'image/png', extension: 'png', start: /^\x89PNG\r\n\x1a\n/ },
]

interface ThumbnailSource {
  contentType: string
  extension: string
  start: RegExp
}

/** An image that somebody sent, and that begins as what it is said to be. */
export interface UploadedThumbnail {
  extension: string
  bytes: Uint8Array
}

/**
 * Reads an image that is sent for a video or a document.
 *
 * @throws {MediaStorageError} `FILE_TYPE_NOT_ALLOWED`, `FILE_TOO_LARGE` or `FILE_CONTENT_MISMATCH`
 */
export async function readUploadedThumbnail(
  contentType: string,
  body: AsyncIterable<Uint8Array>,
): Promise<UploadedThumbnail> {
  const essence = contentType.split(';')[0]?.trim().toLowerCase()
  const type = TYPES.find((candidate) => candidate.contentType === essence)
  if (type === undefined) {
    const allowed = TYPES.map((candidate) => candidate.contentType).join(', ')
    throw new MediaStorageError('FILE_TYPE_NOT_ALLOWED', `The Content-Type of a picture must be one of ${allowed}.`)
  }
  const chunks: Uint8Array[] = []
  for await (const chunk of limitSize(body, MAX_LENGTH)) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  if (type.start.test(bytes.toString('latin1', 0, 16))) return { extension: type.extension, bytes }
  throw new MediaStorageError('FILE_CONTENT_MISMATCH', `The picture is not ${type.contentType}.`)
}
