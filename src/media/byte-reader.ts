import { MediaError } from './media-error.ts'

/** Reads a stream of chunks by what stands in it, holding no more than one chunk and a few bytes. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>
  #buffer: Uint8Array = new Uint8Array(0)

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  /** The next `length` bytes without consuming them; fewer at the end. */
  async peek(length: number): Promise<Uint8Array> {
    while (this.#buffer.byteLength < length && (await this.#fill()));
    return this.#buffer.subarray(0, length)
  }

  /** Consumes bytes that were peeked at. */
  skip(length: number): void {
    this.#buffer = this.#buffer.subarray(length)
  }

  /** The bytes before `mark`, which is consumed; `null` when it does not come within `limit` bytes. */
  async readUntil(mark: Uint8Array, limit: number): Promise<Uint8Array | null> {
    for (;;) {
      const index = indexIn(this.#buffer, mark)
      if (index >= 0 && index <= limit) return this.#take(index, mark.byteLength)
      if (this.#buffer.byteLength > limit || !(await this.#fill())) return null
    }
  }

  /**
   * Some of the bytes before `mark`. `isLast` tells that the mark came right behind them and was consumed.
   *
   * @throws {MediaError} when the stream ends before the mark
   */
  async readBefore(mark: Uint8Array): Promise<{ chunk: Uint8Array; isLast: boolean }> {
    if (this.#buffer.byteLength < mark.byteLength && !(await this.#fill())) throw truncated()
    const index = indexIn(this.#buffer, mark)
    if (index >= 0) return { chunk: this.#take(index, mark.byteLength), isLast: true }
    // The mark may begin in the last bytes and go on in the next chunk: then they are kept back.
    const certain = this.#buffer.byteLength - startAtEnd(this.#buffer, mark)
    return { chunk: this.#take(certain, 0), isLast: false }
  }

  /** What is left of the stream. */
  async *rest(): AsyncGenerator<Uint8Array> {
    do yield this.#take(this.#buffer.byteLength, 0)
    while (await this.#fill())
  }

  /** Lets the source go; what it still has to say is not read. */
  async close(): Promise<void> {
    await this.#chunks.return?.()
  }

  #take(length: number, skipped: number): Uint8Array {
    const taken = this.#buffer.subarray(0, length)
    this.#buffer = this.#buffer.subarray(length + skipped)
    return taken
  }

  async #fill(): Promise<boolean> {
    const { done, value } = await this.#chunks.next()
    if (done === true) return false
    this.#buffer = this.#buffer.byteLength === 0 ? value : concatenate(this.#buffer, value)
    return true
  }
}

/** Where the mark first begins; -1 when it does not stand there as a whole. The search of Node takes a tenth of one in JavaScript. */
function indexIn(bytes: Uint8Array, mark: Uint8Array): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(mark)
}

/** How many of the last bytes are the beginning of the mark: mostly none, so that chunks need not be put together. */
function startAtEnd(bytes: Uint8Array, mark: Uint8Array): number {
  let length = Math.min(mark.byteLength - 1, bytes.byteLength)
  while (length > 0 && !isStart(mark, bytes.subarray(bytes.byteLength - length))) length -= 1
  return length
}

function isStart(mark: Uint8Array, bytes: Uint8Array): boolean {
  return bytes.every((byte, index) => byte === mark[index])
}

function concatenate(first: Uint8Array, second: Uint8Array): Uint8Array {
  const joined = new Uint8Array(first.byteLength + second.byteLength)
  joined.set(first)
  joined.set(second, first.byteLength)
  return joined
}

function truncated(): MediaError {
  return new MediaError('INVALID_REQUEST', 'The multipart body cannot be read: it ends before its closing boundary.')
}
