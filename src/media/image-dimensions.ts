import { imageSize } from 'image-size'
import type { StoredFile } from '../storage/stored-file.ts'

/** Bytes looked at: the dimensions of a picture stand at its beginning, behind its metadata in a photograph. */
const HEADER_SIZE = 256 * 1024

/** Orientations that turn a picture by a quarter (Exif 2.3, tag 0x0112). */
const FIRST_TURNED_ORIENTATION = 5

export interface Dimensions {
  /** In pixels, as the picture is shown. */
  width: number
  height: number
}

/** Width and height of a picture, read from its header without decoding it; `null` when the header does not tell. */
export async function readImageDimensions(file: StoredFile): Promise<Dimensions | null> {
  if (!file.contentType.startsWith('image/') || file.size === 0) return null
  const header = await new Response(file.stream({ start: 0, end: Math.min(HEADER_SIZE, file.size) - 1 })).arrayBuffer()
  try {
    const { width, height, orientation = 1 } = imageSize(new Uint8Array(header))
    return orientation >= FIRST_TURNED_ORIENTATION ? { width: height, height: width } : { width, height }
  } catch {
    // The library throws for whatever it cannot read: a damaged or unknown picture has no dimensions to tell.
    return null
  }
}
