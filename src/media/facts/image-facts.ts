import { imageSize } from 'image-size'
import { MAX_TIFF_DIRECTORY_BYTES, readDirectoryPixels, tiffOutline } from '../../storage/content/tiff-directory.ts'
import type { FileBytes } from './file-bytes.ts'
import type { FileMetadata } from './file-facts.ts'

/** Bytes looked at: the size of an image stands at its beginning, behind its metadata in a photograph. */
const HEADER_SIZE = 256 * 1024

/** Orientations that turn an image by a quarter (Exif 2.3, tag 0x0112). */
const FIRST_TURNED_ORIENTATION = 5

/** Width and height of an image. */
export async function readImageMetadata(bytes: FileBytes): Promise<Partial<FileMetadata>> {
  const header = await bytes.read(0, HEADER_SIZE)
  try {
    const { width, height, orientation = 1 } = imageSize(header)
    return orientation >= FIRST_TURNED_ORIENTATION ? { width: height, height: width } : { width, height }
  } catch {
    // The library throws for whatever it cannot read. A TIFF may tell its size at its end.
    return (await tiffMetadata(bytes, header)) ?? {}
  }
}

async function tiffMetadata(bytes: FileBytes, header: Uint8Array): Promise<Partial<FileMetadata> | null> {
  const outline = tiffOutline(header)
  if (outline === null) return null
  return readDirectoryPixels(await bytes.read(outline.directory, MAX_TIFF_DIRECTORY_BYTES), outline)
}
