/**
 * Bytes that are in no text (WHATWG MIME Sniffing, "binary data byte"): the control characters but tab, line feed, form
 * feed, carriage return and escape; and but the vertical tab, with which databases break a line inside a cell.
 */
const IS_BINARY: readonly boolean[] = Array.from(
  { length: 256 },
  (_, byte) => byte < 0x20 && ![0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1b].includes(byte),
)

/** Ends a text of DOS. It may stand once, behind everything else. */
const END_OF_FILE = 0x1a

/** A control character that is in no text, and where it stands, in bytes from 0. */
export interface BinaryByte {
  readonly byte: number
  readonly offset: number
}

/**
 * Finds out, while a stream passes, whether it is text: UTF-8, an older encoding of one byte, or UTF-16 with its mark.
 * An older encoding cannot be told from UTF-8 that is damaged, and is taken: spreadsheets still write it.
 */
export class TextContent {
  #isUtf16: 'little' | 'big' | null = null
  #start: number[] = []
  #pairStart: number | null = null

  /** The first byte that cannot be in a text; `null` while there is none. */
  refused: BinaryByte | null = null
  #offset = 0
  #endedAt: number | null = null

  /** False as soon as a byte cannot be in a text. */
  accepts(chunk: Uint8Array): boolean {
    const start = this.#readMark(chunk)
    if (start !== null) this.#check(chunk, start)
    this.#offset += chunk.byteLength
    return this.refused === null
  }

  /** Where the text begins in the chunk. The mark may come in two chunks; `null` while it is not decided. */
  #readMark(chunk: Uint8Array): number | null {
    if (this.#start.length >= 2) return 0
    let index = 0
    while (this.#start.length < 2 && index < chunk.byteLength) {
      this.#start.push(chunk[index] ?? 0)
      index += 1
    }
    const [first, second] = this.#start
    if (second === undefined) return first === undefined || !isControl(first) ? null : 0
    if (first === 0xff && second === 0xfe) this.#isUtf16 = 'little'
    else if (first === 0xfe && second === 0xff) this.#isUtf16 = 'big'
    else return Math.max(0, index - 2)
    return index
  }

  #check(chunk: Uint8Array, start: number): void {
    for (let index = start; index < chunk.byteLength && this.refused === null; index += 1) {
      const byte = chunk[index] ?? 0
      if (this.#isUtf16 === null) this.#checkUnit(byte, this.#offset + index)
      else this.#checkPair(byte, this.#offset + index)
    }
  }

  #checkPair(byte: number, offset: number): void {
    const first = this.#pairStart
    this.#pairStart = first === null ? byte : null
    if (first === null) return
    this.#checkUnit(this.#isUtf16 === 'little' ? first | (byte << 8) : (first << 8) | byte, offset - 1)
  }

  #checkUnit(unit: number, offset: number): void {
    if (this.#endedAt !== null) this.refused = { byte: END_OF_FILE, offset: this.#endedAt }
    else if (unit === END_OF_FILE) this.#endedAt = offset
    else if (isControl(unit)) this.refused = { byte: unit, offset }
  }
}

/** Why a text is refused: `it has the control character 00 at byte 6`, counted from 0. */
export function describeBinaryByte({ byte, offset }: BinaryByte): string {
  return `it has the control character ${byte.toString(16).toUpperCase().padStart(2, '0')} at byte ${offset}`
}

/** The first byte of a file's beginning that cannot be in a text; `null` when there is none. */
export function findBinaryByte(head: Uint8Array): BinaryByte | null {
  const text = new TextContent()
  text.accepts(head)
  return text.refused
}

function isControl(unit: number): boolean {
  return unit < 0x20 && IS_BINARY[unit] === true
}

/** Whether the beginning of a file could be that of a text. */
export function isText(head: Uint8Array): boolean {
  return findBinaryByte(head) === null
}

/** The first bytes of a text as characters, without the space before them. */
export function firstWords(head: Uint8Array, length: number = 4096): string {
  return new TextDecoder(getEncoding(head)).decode(head.subarray(0, length)).trimStart()
}

function getEncoding([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}
