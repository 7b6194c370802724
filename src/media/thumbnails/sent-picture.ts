import { limitSize } from '../../storage/file-body.ts'
import { MediaStorageError } from '../../storage/media-storage-error.ts'

/** Longest picture, in bytes, that can be sent for a film or a document. */
const LONGEST = 2_000_000

/** What such a picture may be, by its media type, with the bytes that it begins with. */
const TYPES: readonly PictureType[] = [
  { contentType: 'image/webp', extension: 'webp', begin: /^RIFF.{4}WEBP/s },
  { contentType: 'image/jpeg', extension: 'jpg', begin: /^\xff\xd8\xff/ },
  { contentType: 'image/png', extension: 'png', begin: /^\x89PNG\r\n\x1a\n/ },
]

interface PictureType {
  contentType: string
  extension: string
  begin: RegExp
}

/** A picture that somebody sent, and that begins as what it is said to be. */
export interface SentPicture {
  extension: string
  bytes: Uint8Array
}

/**
 * Reads a picture that is sent for a film or a document.
 *
 * @throws {MediaStorageError} `FILE_TYPE_NOT_ALLOWED`, `FILE_TOO_LARGE` or `FILE_CONTENT_MISMATCH`
 */
export async function readSentPicture(contentType: string, body: AsyncIterable<Uint8Array>): Promise<SentPicture> {
  const essence = contentType.split(';')[0]?.trim().toLowerCase()
  const type = TYPES.find((candidate) => candidate.contentType === essence)
  if (type === undefined) {
    const allowed = TYPES.map((candidate) => candidate.contentType).join(', ')
    throw new MediaStorageError('FILE_TYPE_NOT_ALLOWED', `The Content-Type of a picture must be one of ${allowed}.`)
  }
  const chunks: Uint8Array[] = []
  for await (const chunk of limitSize(body, LONGEST)) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  if (type.begin.test(bytes.toString('latin1', 0, 16))) return { extension: type.extension, bytes }
  throw new MediaStorageError('FILE_CONTENT_MISMATCH', `The picture is not ${type.contentType}.`)
}
