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
  #place: Place = 'row-start'

  constructor(delimiter: string) {
    this.#delimiter = delimiter.charCodeAt(0)
  }

  /** How many rows have begun so far. */
  get count(): number {
    return this.#count
  }

  add(bytes: Uint8Array): void {
    let place = this.#place
    for (const byte of bytes) {
      const next = this.#placeAfter(byte, place)
      if (place === 'row-start' && next !== 'row-start') this.#openRow()
      place = next
      this.#position += 1
    }
    this.#place = place
  }

  /** Where the row's first byte is; the end of what was read for the row after the last. */
  startOf(row: number): number {
    return row < this.#count ? (this.#starts[row] ?? 0) : this.#position
  }

  /** A quote means something only at the start of a field: `5" pipe` is not quoted. */
  #placeAfter(byte: number, place: Place): Place {
    if (place === 'quoted') return byte === QUOTE ? 'after-quote' : 'quoted'
    if (byte === LINE_FEED || byte === CARRIAGE_RETURN) return 'row-start'
    if (byte === this.#delimiter) return 'field-start'
    if (byte === QUOTE && place !== 'field') return 'quoted'
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
