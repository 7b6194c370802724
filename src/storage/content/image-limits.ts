import { imageSize } from 'image-size'
import { originalFileName } from '../keys/file-key.ts'
import { getContentType } from '../keys/file-types.ts'
import { MediaStorageError } from '../core/media-storage-error.ts'
import { hasText, toDataView } from '../core/bytes.ts'
import type { CheckedFile } from './content-rules.ts'
import type { Pixels } from './pixels.ts'
import { readDirectoryPixels, tiffOutline } from './tiff-directory.ts'

/**
 * Attack: an image of a few kB says that it has 30,000 times 30,000 pixels, and whoever decodes it needs gigabytes. The
 * header is read, and no pixel decoded. A header that cannot be read sets no limit here: whoever decodes has one too.
 *
 * @throws {MediaStorageError} `IMAGE_TOO_LARGE`
 */
export function limitDimensions(head: Uint8Array, file: CheckedFile): void {
  const contentType = getContentType(file.fileKey)
  if (!contentType.startsWith('image/') || contentType === 'image/svg+xml') return
  const pixels = readPixels(head)
  if (pixels !== null) limitPixels(pixels, file)
}

/** @throws {MediaStorageError} `IMAGE_TOO_LARGE` */
export function limitPixels({ width, height }: Pixels, { fileKey, rules }: CheckedFile): void {
  const { maxWidth, maxHeight, maxPixels } = rules.imageLimits
  const found = `${originalFileName(fileKey)} is too large a picture: it has ${width} × ${height} pixels, and at most`
  if (width > maxWidth) throw tooLarge(`${found} ${maxWidth} in width are allowed.`)
  if (height > maxHeight) throw tooLarge(`${found} ${maxHeight} in height are allowed.`)
  if (width * height > maxPixels) throw tooLarge(`${found} ${maxPixels / 1_000_000} million are allowed.`)
}

function readPixels(head: Uint8Array): Pixels | null {
  // A TIFF that tells its size further behind is looked at when that passes.
  const tiff = tiffOutline(head)
  if (tiff !== null) return readDirectoryPixels(head.subarray(tiff.directory), tiff)
  try {
    return readOldBmpPixels(head) ?? imageSize(head)
  } catch {
    // The library throws for whatever it cannot read: an image whose header comes later, or is damaged.
    return null
  }
}

/** The first header of BMP, of 12 bytes, has a size of two short numbers, which the library takes for long ones. */
function readOldBmpPixels(head: Uint8Array): Pixels | null {
  if (!hasText(head, 'BM') || head.byteLength < 22) return null
  const view = toDataView(head)
  return view.getUint32(14, true) === 12 ? { width: view.getUint16(18, true), height: view.getUint16(20, true) } : null
}

function tooLarge(message: string): MediaStorageError {
  return new MediaStorageError('IMAGE_TOO_LARGE', message)
}
