import { copyBytes } from '../core/bytes.ts'

/**
 * Compares what comes out of a stream with what went in, as both go by: no more is in memory than has gone in and not come
 * out yet.
 */
export class StreamComparison {
  readonly #chunks: AsyncIterable<Uint8Array>
  /** Copies: who rewrites a file may do it in the very bytes that he was given. */
  readonly #expected: Uint8Array[] = []

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks
  }

  /** What goes in. */
  async *original(): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.#chunks) {
      if (chunk.byteLength > 0) this.#expected.push(copyBytes(chunk))
      yield chunk
    }
  }

  /** Whether the next bytes that come out are those that went in. */
  continuesWith(chunk: Uint8Array): boolean {
    let remaining = chunk
    while (remaining.byteLength > 0) {
      const [expected] = this.#expected
      if (expected === undefined) return false
      const length = Math.min(expected.byteLength, remaining.byteLength)
      if (Buffer.compare(expected.subarray(0, length), remaining.subarray(0, length)) !== 0) return false
      remaining = remaining.subarray(length)
      if (length === expected.byteLength) this.#expected.shift()
      else this.#expected[0] = expected.subarray(length)
    }
    return true
  }

  /** Whether all that went in has come out. */
  get isAtEnd(): boolean {
    return this.#expected.length === 0
  }
}
