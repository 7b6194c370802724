import Papa from 'papaparse'
import { type TextEncoding, detectEncoding } from '../text/text-encoding.ts'
import { ByteStore } from './byte-store.ts'
import { RowIndex } from './row-index.ts'

/** How a table is to be read; `null` is guessed from its beginning. */
export interface TableFormat {
  delimiter: string | null
  encoding: TextEncoding | null
}

/** How many of the first bytes the guesses are made from. */
const SAMPLE_BYTES = 64 * 1024

/** A row longer than this is cut: a quote that is never closed makes the rest of the file one row. */
const MAX_ROW_BYTES = 256 * 1024

/** Excel's hint of the separator, in a line of its own before the table. */
const SEPARATOR_LINE = /^\uFEFF?"?sep=([^\r\n"])"?(?:\r\n|\r|\n|$)/i

/** A table whose bytes are added as they stream in, and whose rows are decoded when they are asked for. */
export class ParsedTable {
  readonly encoding: TextEncoding
  readonly #store = new ByteStore()
  readonly #index: RowIndex
  readonly #delimiter: string
  readonly #decode: (bytes: Uint8Array) => string
  /** The line that names the separator is a row of the file, and none of the table. */
  readonly #hiddenRows: number

  constructor(firstBytes: Uint8Array, { delimiter, encoding }: TableFormat) {
    const sample = firstBytes.subarray(0, SAMPLE_BYTES)
    this.encoding = encoding ?? detectEncoding(sample)
    const decoder = new TextDecoder(this.encoding)
    this.#decode = (bytes) => decoder.decode(bytes)
    const text = this.#decode(sample)
    const named = SEPARATOR_LINE.exec(text)?.[1]
    this.#hiddenRows = named === undefined ? 0 : 1
    this.#delimiter = named ?? delimiter ?? guessDelimiter(text)
    this.#index = new RowIndex(this.#delimiter, this.encoding)
  }

  get rowCount(): number {
    return Math.max(0, this.#index.count - this.#hiddenRows)
  }

  get byteCount(): number {
    return this.#store.size
  }

  add(bytes: Uint8Array): void {
    this.#store.add(bytes)
    this.#index.add(bytes)
  }

  readRows(from: number, end: number): string[][] {
    const count = Math.max(0, Math.min(end, this.rowCount) - from)
    return Array.from({ length: count }, (_, offset) => this.#readRow(from + offset + this.#hiddenRows))
  }

  #readRow(row: number): string[] {
    const start = this.#index.getStart(row)
    const end = Math.min(this.#index.getStart(row + 1), start + MAX_ROW_BYTES)
    const text = this.#decode(this.#store.slice(start, end)).replace(/[\r\n]+$/, '')
    const { data } = Papa.parse<string[]>(text, { delimiter: this.#delimiter, preview: 1 })
    return data[0] ?? []
  }
}

function guessDelimiter(sample: string): string {
  const { meta } = Papa.parse<string[]>(sample, { preview: 20, delimitersToGuess: [',', ';', '\t', '|'] })
  return meta.delimiter === '' ? ',' : meta.delimiter
}
