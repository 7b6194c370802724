/**
 * Cuts a stream of chunks into parts of exactly `partSize` bytes; the last one may be shorter, and an empty stream is
 * one empty part. A part's buffer is given back with `release` and used again, so that memory does not grow with the
 * number of parts.
 */
export async function* partsOf(chunks: AsyncIterable<Uint8Array>, partSize: number): AsyncGenerator<Part> {
  const pool: Uint8Array[] = []
  const takeBuffer = () => pool.pop() ?? new Uint8Array(partSize)
  let buffer = takeBuffer()
  let filled = 0
  let number = 1
  const finish = (isLast: boolean): Part => {
    const full = buffer
    return { number: number++, bytes: full.subarray(0, filled), isLast, release: () => void pool.push(full) }
  }
  for await (const chunk of chunks) {
    for (let taken = 0; taken < chunk.byteLength;) {
      // A full part is handed out only when more follows, so that the last one knows that it is.
      if (filled === partSize) {
        yield finish(false)
        buffer = takeBuffer()
        filled = 0
      }
      const length = Math.min(partSize - filled, chunk.byteLength - taken)
      buffer.set(chunk.subarray(taken, taken + length), filled)
      taken += length
      filled += length
    }
  }
  yield finish(true)
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
