/** The bytes of a file as they streamed in, kept in their chunks so that growing never copies them. */
export class ByteStore {
  readonly #chunks: { start: number; bytes: Uint8Array }[] = []
  #size = 0

  get size(): number {
    return this.#size
  }

  add(bytes: Uint8Array): void {
    this.#chunks.push({ start: this.#size, bytes })
    this.#size += bytes.byteLength
  }

  /** A copy of the bytes from `start` up to `end`, which may lie in several chunks. */
  slice(start: number, end: number): Uint8Array {
    const copy = new Uint8Array(Math.max(0, Math.min(end, this.#size) - start))
    for (let index = this.#chunkAt(start); index < this.#chunks.length; index += 1) {
      const chunk = this.#chunks[index]
      if (chunk === undefined || chunk.start >= start + copy.byteLength) break
      const from = Math.max(0, start - chunk.start)
      const part = chunk.bytes.subarray(from, start + copy.byteLength - chunk.start)
      copy.set(part, chunk.start + from - start)
    }
    return copy
  }

  /** The chunk that holds `position`, found by halving: a large file has thousands. */
  #chunkAt(position: number): number {
    let low = 0
    let high = this.#chunks.length - 1
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((this.#chunks[middle]?.start ?? 0) <= position) low = middle
      else high = middle - 1
    }
    return Math.max(low, 0)
  }
}
