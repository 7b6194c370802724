const QUOTE = 0x22
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

/** Where the scan stands: which byte decides what comes next. */
type Place = 'row-start' | 'field-start' | 'field' | 'quoted' | 'after-quote'

/**
 * Finds where each row of a CSV starts, while its bytes stream in. Only quotes, delimiters and line ends are looked at,
 * and in UTF-8 those bytes never occur inside another character, so nothing needs to be decoded. One number is kept for
 * a row. Empty lines are not rows.
 */
export class RowIndex {
  readonly #delimiter: number
  #starts = new Float64Array(4096)
  #count = 0
  #position = 0
  #location: Place = 'row-start'

  constructor(delimiter: string) {
    this.#delimiter = delimiter.charCodeAt(0)
  }

  /** How many rows have begun so far. */
  get count(): number {
    return this.#count
  }

  add(bytes: Uint8Array): void {
    let location = this.#location
    for (const byte of bytes) {
      const next = this.#positionAfter(byte, location)
      if (location === 'row-start' && next !== 'row-start') this.#openRow()
      location = next
      this.#position += 1
    }
    this.#location = location
  }

  /** Where the row's first byte is; the end of what was read for the row after the last. */
  getStart(row: number): number {
    return row < this.#count ? (this.#starts[row] ?? 0) : this.#position
  }

  /** A quote means something only at the start of a field: `5" pipe` is not quoted. */
  #positionAfter(byte: number, location: Place): Place {
    if (location === 'quoted') return byte === QUOTE ? 'after-quote' : 'quoted'
    if (byte === LINE_FEED || byte === CARRIAGE_RETURN) return 'row-start'
    if (byte === this.#delimiter) return 'field-start'
    if (byte === QUOTE && location !== 'field') return 'quoted'
    return 'field'
  }

  #openRow(): void {
    if (this.#count === this.#starts.length) {
      const larger = new Float64Array(this.#starts.length * 2)
      larger.set(this.#starts)
      this.#starts = larger
    }
    this.#starts[this.#count] = this.#position
    this.#count += 1
  }
}
