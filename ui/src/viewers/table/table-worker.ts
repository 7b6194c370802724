import Papa from 'papaparse'
import { UrlError, openUrl } from '../fetch-bytes.ts'
import { ByteStore } from './byte-store.ts'
import { RowIndex } from './row-index.ts'
import { MAX_TABLE_BYTES } from './table-messages.ts'
import type { TableResponse, TableProgress, TableRequest } from './table-messages.ts'

/** How many milliseconds lie between two reports, so that a fast stream does not flood the page. */
const REPORT_INTERVAL = 120
/** A row longer than this is cut: a quote that is never closed makes the rest of the file one row. */
const MAX_ROW_BYTES = 256 * 1024

interface OpenTable {
  store: ByteStore
  index: RowIndex
  delimiter: string
  decoder: TextDecoder
}

let table: OpenTable | null = null

addEventListener('message', (event: MessageEvent<TableRequest>) => {
  const request = event.data
  if (request.kind === 'open') void open(request.url, request.delimiter)
  else response({ kind: 'rows', from: request.from, rows: readRows(request.from, request.end) })
})

async function open(url: string, delimiter: string | null): Promise<void> {
  try {
    const { body } = await openUrl(url)
    if (body === null) return report({ rowCount: 0, bytesRead: 0, isComplete: true, isCut: false })
    await readTable(body.getReader(), delimiter)
  } catch (error) {
    response({ kind: 'failure', status: error instanceof UrlError ? error.status : null })
  }
}

async function readTable(reader: ReadableStreamDefaultReader<Uint8Array>, delimiter: string | null): Promise<void> {
  let reportedAt = 0
  let isCut = false
  while (!isCut) {
    const { done, value } = await reader.read()
    if (done) break
    table ??= startTable(value, delimiter)
    table.store.add(value)
    table.index.add(value)
    isCut = table.store.size >= MAX_TABLE_BYTES
    if (performance.now() - reportedAt > REPORT_INTERVAL) {
      reportedAt = performance.now()
      reportTable(false, isCut)
    }
  }
  if (isCut) await reader.cancel()
  reportTable(true, isCut)
}

function startTable(firstBytes: Uint8Array, delimiter: string | null): OpenTable {
  const sample = firstBytes.subarray(0, 64 * 1024)
  const decoder = new TextDecoder(isUtf8(sample) ? 'utf-8' : 'windows-1252')
  const guessed = delimiter ?? guessDelimiter(decoder.decode(sample))
  return { store: new ByteStore(), index: new RowIndex(guessed), delimiter: guessed, decoder }
}

function guessDelimiter(sample: string): string {
  const { meta } = Papa.parse<string[]>(sample, { preview: 20, delimitersToGuess: [',', ';', '\t', '|'] })
  return meta.delimiter === '' ? ',' : meta.delimiter
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    // A character may be cut in two at the sample's end; `stream` allows that.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

function readRows(from: number, end: number): string[][] {
  const rows: string[][] = []
  if (table === null) return rows
  const stopRow = Math.min(end, table.index.count)
  for (let row = from; row < stopRow; row += 1) {
    const start = table.index.getStart(row)
    const stop = Math.min(table.index.getStart(row + 1), start + MAX_ROW_BYTES)
    rows.push(parseRow(table, start, stop))
  }
  return rows
}

function parseRow({ store, delimiter, decoder }: OpenTable, start: number, end: number): string[] {
  const text = decoder.decode(store.slice(start, end)).replace(/[\r\n]+$/, '')
  const { data } = Papa.parse<string[]>(text, { delimiter, preview: 1 })
  return data[0] ?? []
}

function reportTable(isComplete: boolean, isCut: boolean): void {
  report({ rowCount: table?.index.count ?? 0, bytesRead: table?.store.size ?? 0, isComplete, isCut })
}

function report(progress: TableProgress): void {
  response({ kind: 'progress', progress })
}

function response(message: TableResponse): void {
  postMessage(message)
}
