/** Reads a stream of chunks by what stands in it. It holds no more than what was asked for, and a chunk. */
export class ByteSource {
  readonly #chunks: AsyncIterator<Uint8Array>
  #buffer: Uint8Array = new Uint8Array()
  #isDone = false

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  /** The next `length` bytes without consuming them; fewer at the end. They are not to be written to. */
  async peek(length: number): Promise<Uint8Array> {
    if (this.#buffer.byteLength < length && !this.#isDone) await this.#gather(length)
    return this.#buffer.subarray(0, length)
  }

  /** The next `length` bytes; fewer at the end. They are not to be written to. */
  async take(length: number): Promise<Uint8Array> {
    const bytes = await this.peek(length)
    this.#buffer = this.#buffer.subarray(bytes.byteLength)
    return bytes
  }

  /** The next bytes, at most `limit`, as they come; none at the end. */
  async takeSome(limit: number): Promise<Uint8Array> {
    if (this.#buffer.byteLength === 0 && !this.#isDone) await this.#gather(1)
    const bytes = this.#buffer.subarray(0, limit)
    this.#buffer = this.#buffer.subarray(bytes.byteLength)
    return bytes
  }

  /** The next `length` bytes as they come, or what is left of them. */
  async *pass(length: number): AsyncGenerator<Uint8Array> {
    for (let left = length; left > 0;) {
      const bytes = await this.takeSome(left)
      if (bytes.byteLength === 0) return
      left -= bytes.byteLength
      yield bytes
    }
  }

  /** Consumes the next `length` bytes; tells how many were there. */
  async discard(length: number): Promise<number> {
    let discarded = 0
    for await (const bytes of this.pass(length)) discarded += bytes.byteLength
    return discarded
  }

  /** All that is left. */
  rest(): AsyncGenerator<Uint8Array> {
    return this.pass(Infinity)
  }

  /** Lets the stream go; what it still has to say is not read. */
  async close(): Promise<void> {
    await this.#chunks.return?.()
  }

  /** Attack: chunks of one byte. They are put together once, not one by one. */
  async #gather(length: number): Promise<void> {
    const parts = [this.#buffer]
    let size = this.#buffer.byteLength
    while (size < length && !this.#isDone) {
      const next = await this.#chunks.next()
      this.#isDone = next.done === true
      if (next.done === true) break
      parts.push(next.value)
      size += next.value.byteLength
    }
    this.#buffer = concatenate(parts, size)
  }
}

function concatenate(parts: readonly Uint8Array[], size: number): Uint8Array {
  const filled = parts.filter(({ byteLength }) => byteLength > 0)
  const [only] = filled
  if (only !== undefined && filled.length === 1) return only
  const joined = new Uint8Array(size)
  let offset = 0
  for (const part of filled) {
    joined.set(part, offset)
    offset += part.byteLength
  }
  return joined
}
