import { imageSize } from 'image-size'
import { LONGEST_TIFF_DIRECTORY, pixelsOfDirectory, tiffOutline } from '../../storage/content/tiff-directory.ts'
import type { FileBytes } from './file-bytes.ts'
import type { FileFacts } from './file-facts.ts'

/** Bytes looked at: the size of a picture stands at its beginning, behind its metadata in a photograph. */
const HEADER_SIZE = 256 * 1024

/** Orientations that turn a picture by a quarter (Exif 2.3, tag 0x0112). */
const FIRST_TURNED_ORIENTATION = 5

/** Width and height of a picture. */
export async function imageFacts(bytes: FileBytes): Promise<Partial<FileFacts>> {
  const header = await bytes.read(0, HEADER_SIZE)
  try {
    const { width, height, orientation = 1 } = imageSize(header)
    return orientation >= FIRST_TURNED_ORIENTATION ? { width: height, height: width } : { width, height }
  } catch {
    // The library throws for whatever it cannot read. A TIFF may tell its size at its end.
    return (await tiffFacts(bytes, header)) ?? {}
  }
}

async function tiffFacts(bytes: FileBytes, header: Uint8Array): Promise<Partial<FileFacts> | null> {
  const outline = tiffOutline(header)
  if (outline === null) return null
  return pixelsOfDirectory(await bytes.read(outline.directory, LONGEST_TIFF_DIRECTORY), outline)
}
