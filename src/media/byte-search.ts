/**
 * Finds a byte sequence by Horspool's rule (Software: Practice and Experience 10, 1980): the byte under the end of the
 * window tells how far it can move, so most bytes are never looked at.
 */
export class ByteSearch {
  readonly #needle: Uint8Array
  readonly #shifts: Uint8Array

  /** @param needle - 1 to 255 bytes */
  constructor(needle: Uint8Array) {
    this.#needle = needle
    this.#shifts = new Uint8Array(256).fill(needle.byteLength)
    needle.subarray(0, -1).forEach((byte, index) => {
      this.#shifts[byte] = needle.byteLength - 1 - index
    })
  }

  /** Where the sequence first begins; -1 when it does not stand in `haystack` as a whole. */
  indexIn(haystack: Uint8Array): number {
    const last = this.#needle.byteLength - 1
    let end = last
    while (end < haystack.byteLength) {
      if (this.#standsBefore(haystack, end)) return end - last
      end += this.#shifts[haystack[end] ?? 0] ?? 1
    }
    return -1
  }

  #standsBefore(haystack: Uint8Array, end: number): boolean {
    for (let back = 0; back < this.#needle.byteLength; back += 1) {
      if (haystack[end - back] !== this.#needle[this.#needle.byteLength - 1 - back]) return false
    }
    return true
  }
}
