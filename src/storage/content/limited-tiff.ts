import type { CheckedFile } from './content-rules.ts'
import { limitPixels } from './image-limits.ts'
import { MAX_TIFF_DIRECTORY_BYTES, type TiffOutline, readDirectoryPixels, tiffOutline } from './tiff-directory.ts'

/**
 * Passes a TIFF on, and refuses one that is too large.
 *
 * Attack: a TIFF tells its size wherever it wants to, which most programs do behind the pixels, and so does a bomb.
 *
 * @param head - its first bytes
 * @throws {MediaStorageError} `IMAGE_TOO_LARGE`
 */
export async function* limitedTiff(
  chunks: AsyncIterable<Uint8Array>,
  head: Uint8Array,
  file: CheckedFile,
): AsyncGenerator<Uint8Array> {
  const outline = tiffOutline(head)
  if (outline === null) {
    yield* chunks
    return
  }
  const directory = new PassingDirectory(outline)
  for await (const chunk of chunks) {
    directory.see(chunk)
    yield chunk
  }
  const pixels = readDirectoryPixels(directory.bytes(), outline)
  if (pixels !== null) limitPixels(pixels, file)
}

/** The bytes of a directory, kept while the file passes. */
class PassingDirectory {
  readonly #start: number
  readonly #parts: Uint8Array[] = []
  #position = 0

  constructor({ directory }: TiffOutline) {
    this.#start = directory
  }

  see(chunk: Uint8Array): void {
    const start = Math.max(0, this.#start - this.#position)
    const end = Math.min(chunk.byteLength, this.#start + MAX_TIFF_DIRECTORY_BYTES - this.#position)
    if (start < end) this.#parts.push(chunk.slice(start, end))
    this.#position += chunk.byteLength
  }

  bytes(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.#parts))
  }
}
