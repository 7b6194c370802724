import type { StoredFile } from '../../storage/core/stored-file.ts'

/**
 * Most pieces of a file that are read for its facts.
 *
 * Attack: a video of a million boxes, each of which would be a request to the bucket.
 */
const MAX_READS = 32

/** Reads a file piece by piece. */
export class FileBytes {
  readonly size: number
  readonly #file: StoredFile
  #reads = 0

  constructor(file: StoredFile) {
    this.#file = file
    this.size = file.size
  }

  /** Bytes from an offset on; fewer at the end of the file, none behind it or when too much was asked for already. */
  async read(start: number, length: number): Promise<Uint8Array> {
    const end = Math.min(start + length, this.size) - 1
    this.#reads += 1
    if (this.#reads > MAX_READS || start < 0 || end < start) return new Uint8Array()
    return new Uint8Array(await new Response(this.#file.stream({ start, end })).arrayBuffer())
  }
}
