import { THUMBNAIL_WIDTHS, type ThumbnailWidth } from '../../storage/hidden/thumbnail-files.ts'
import { MediaError } from '../media-error.ts'
import type { ThumbnailFormat } from '../../storage/hidden/thumbnail-files.ts'

/** Which thumbnail of a file is wanted. */
export interface ThumbnailRequest {
  width: ThumbnailWidth
  format: ThumbnailFormat
}

/**
 * Attack: a thumbnail of every width there is fills the disk and keeps the decoders busy. Only the widths of a list are
 * made.
 *
 * @throws {MediaError} `INVALID_REQUEST` saying which widths there are
 */
export function parseThumbnailRequest(request: Request): ThumbnailRequest {
  const text = new URL(request.url).searchParams.get('width')
  const width = THUMBNAIL_WIDTHS.find((candidate) => String(candidate) === text)
  if (width !== undefined) return { width, format: formatFor(request.headers.get('accept')) }
  throw new MediaError('INVALID_REQUEST', `width must be one of ${THUMBNAIL_WIDTHS.join(', ')}.`)
}

/** AVIF takes twice the time of WebP to make: it is for those who take no WebP, which is nearly nobody. */
function formatFor(accept: string | null): ThumbnailFormat {
  if (accept === null || /image\/webp|image\/\*|\*\/\*/i.test(accept)) return 'webp'
  return /image\/avif/i.test(accept) ? 'avif' : 'webp'
}
