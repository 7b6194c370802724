import type { TextEncoding } from '../text/text-encoding.ts'

const QUOTE = 0x22
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

const BYTE_ORDER_MARK = 0xfeff

const isEastAsianLead = (byte: number) => byte >= 0x81 && byte <= 0xfe

/** Encodings in which a byte begins a character of two, whose second may look like a delimiter (Encoding Standard). */
const LEAD_BYTES: Partial<Record<TextEncoding, (byte: number) => boolean>> = {
  gbk: isEastAsianLead,
  gb18030: isEastAsianLead,
  big5: isEastAsianLead,
  'euc-kr': isEastAsianLead,
  // The half-width katakana, A1 to DF, are characters of one byte.
  shift_jis: (byte) => (byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc),
}

/** Where the scan stands: which byte decides what comes next. */
type Place = 'row-start' | 'field-start' | 'field' | 'quoted' | 'after-quote'

/**
 * Finds where each row of a CSV starts, while its bytes stream in. Only quotes, delimiters and line ends are looked at.
 * Nothing needs to be decoded: in UTF-8 and encodings of one byte those bytes never occur inside another character, in
 * UTF-16 two bytes are a unit, and in the older encodings of East Asia what follows a leading byte is passed over. One
 * number is kept for a row. Empty lines are not rows.
 */
export class RowIndex {
  readonly #delimiter: number
  #starts = new Float64Array(4096)
  #count = 0
  #position = 0
  #location: Place = 'row-start'

  readonly #encoding: TextEncoding
  readonly #isLead: (byte: number) => boolean
  #pending: number | null = null

  constructor(delimiter: string, encoding: TextEncoding = 'utf-8') {
    this.#delimiter = delimiter.charCodeAt(0)
    this.#encoding = encoding
    this.#isLead = LEAD_BYTES[encoding] ?? (() => false)
  }

  /** How many rows have begun so far. */
  get count(): number {
    return this.#count
  }

  add(bytes: Uint8Array): void {
    for (const byte of bytes) {
      this.#position += 1
      if (this.#encoding === 'utf-16le' || this.#encoding === 'utf-16be') this.#addHalf(byte)
      else this.#addByte(byte)
    }
  }

  #addByte(byte: number): void {
    if (this.#pending !== null) {
      this.#pending = null
      // Quotes, commas, tabs and line ends are part of no character: the one before it was cut off.
      if (byte >= 0x40) return
    }
    if (this.#isLead(byte)) this.#pending = byte
    this.#addUnit(byte, this.#position - 1)
  }

  #addHalf(byte: number): void {
    const first = this.#pending
    this.#pending = first === null ? byte : null
    if (first === null) return
    const unit = this.#encoding === 'utf-16le' ? first | (byte << 8) : (first << 8) | byte
    if (unit !== BYTE_ORDER_MARK || this.#position > 2) this.#addUnit(unit, this.#position - 2)
  }

  #addUnit(unit: number, position: number): void {
    const next = this.#locationAfter(unit, this.#location)
    if (this.#location === 'row-start' && next !== 'row-start') this.#openRow(position)
    this.#location = next
  }

  /** Where the row's first byte is; the end of what was read for the row after the last. */
  getStart(row: number): number {
    return row < this.#count ? (this.#starts[row] ?? 0) : this.#position
  }

  /** A quote means something only at the start of a field: `5" pipe` is not quoted. */
  #locationAfter(byte: number, location: Place): Place {
    if (location === 'quoted') return byte === QUOTE ? 'after-quote' : 'quoted'
    if (byte === LINE_FEED || byte === CARRIAGE_RETURN) return 'row-start'
    if (byte === this.#delimiter) return 'field-start'
    if (byte === QUOTE && location !== 'field') return 'quoted'
    return 'field'
  }

  #openRow(position: number): void {
    if (this.#count === this.#starts.length) {
      const larger = new Float64Array(this.#starts.length * 2)
      larger.set(this.#starts)
      this.#starts = larger
    }
    this.#starts[this.#count] = position
    this.#count += 1
  }
}
