/** Bytes of the first buffer. It grows with the file: many small uploads at once must not take a part's size each. */
const FIRST_BUFFER = 64 * 1024

/**
 * Cuts a stream of chunks into parts of exactly `partSize` bytes; the last one may be shorter, and an empty stream is
 * one empty part. A part's buffer is given back with `release` and used again, so that memory does not grow with the
 * number of parts.
 */
export async function* getParts(chunks: AsyncIterable<Uint8Array>, partSize: number): AsyncGenerator<Part> {
  const pool: Uint8Array<ArrayBuffer>[] = []
  const takeBuffer = () => pool.pop() ?? new Uint8Array(partSize)
  let buffer = new Uint8Array(Math.min(FIRST_BUFFER, partSize))
  let filled = 0
  let number = 1
  const finish = (isLast: boolean): Part => {
    const full = buffer
    const release = () => {
      if (full.byteLength === partSize) pool.push(full)
    }
    return { number: number++, bytes: full.subarray(0, filled), isLast, release }
  }
  for await (const chunk of chunks) {
    for (let taken = 0; taken < chunk.byteLength;) {
      // A full part is handed out only when more follows, so that the last one knows that it is.
      if (filled === partSize) {
        yield finish(false)
        buffer = takeBuffer()
        filled = 0
      }
      if (filled === buffer.byteLength) buffer = grown(buffer, partSize)
      const length = Math.min(buffer.byteLength - filled, chunk.byteLength - taken)
      buffer.set(chunk.subarray(taken, taken + length), filled)
      taken += length
      filled += length
    }
  }
  yield finish(true)
}

function grown(buffer: Uint8Array, most: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.min(buffer.byteLength * 4, most))
  larger.set(buffer)
  return larger
}

/** A piece of a file. */
export interface Part {
  /** From 1. */
  readonly number: number
  readonly bytes: Uint8Array
  readonly isLast: boolean
  /** Gives the buffer back: call it when the bytes are no longer needed. */
  release(): void
}
