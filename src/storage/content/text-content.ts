/**
 * Bytes that are in no text (WHATWG MIME Sniffing, "binary data byte"): the control characters but tab, line feed, form
 * feed, carriage return and escape.
 */
const IS_BINARY: readonly boolean[] = Array.from(
  { length: 256 },
  (_, byte) => byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d, 0x1b].includes(byte),
)

/**
 * Finds out, while a stream passes, whether it is text: UTF-8, an older encoding of one byte, or UTF-16 with its mark.
 * An older encoding cannot be told from UTF-8 that is damaged, and is taken: spreadsheets still write it.
 */
export class TextContent {
  #position = 0
  #isUtf16: 'little' | 'big' | null = null
  #start: number[] = []
  #getPairStart: number | null = null

  /** False as soon as a byte cannot be in a text. */
  accepts(chunk: Uint8Array): boolean {
    const start = this.#readMark(chunk)
    if (start === null) return true
    if (this.#isUtf16 !== null) return this.#acceptsUtf16(chunk, start)
    for (let index = start; index < chunk.byteLength; index += 1) {
      if (IS_BINARY[chunk[index] ?? 0] === true) return false
    }
    return true
  }

  /** Where the text begins in the chunk. The mark may come in two chunks; `null` while it is not decided. */
  #readMark(chunk: Uint8Array): number | null {
    if (this.#position >= 2) return 0
    let index = 0
    while (this.#position < 2 && index < chunk.byteLength) {
      this.#start.push(chunk[index] ?? 0)
      index += 1
      this.#position += 1
    }
    const [first, second] = this.#start
    if (second === undefined) return first !== undefined && IS_BINARY[first] === true ? 0 : null
    if (first === 0xff && second === 0xfe) this.#isUtf16 = 'little'
    else if (first === 0xfe && second === 0xff) this.#isUtf16 = 'big'
    else return Math.max(0, index - 2)
    return index
  }

  #acceptsUtf16(chunk: Uint8Array, start: number): boolean {
    for (let index = start; index < chunk.byteLength; index += 1) {
      const byte = chunk[index] ?? 0
      if (this.#getPairStart === null) {
        this.#getPairStart = byte
        continue
      }
      const unit = this.#isUtf16 === 'little' ? this.#getPairStart | (byte << 8) : (this.#getPairStart << 8) | byte
      this.#getPairStart = null
      if (unit < 0x20 && IS_BINARY[unit] === true) return false
    }
    return true
  }
}

/** Whether the beginning of a file could be that of a text. */
export function isText(head: Uint8Array): boolean {
  return new TextContent().accepts(head)
}

/** The first bytes of a text as characters, without the space before them. */
export function firstWords(head: Uint8Array, length: number = 4096): string {
  return new TextDecoder(getEncoding(head)).decode(head.subarray(0, length)).trimStart()
}

function getEncoding([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}
