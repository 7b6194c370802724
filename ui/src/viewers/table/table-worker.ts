import { UrlError, openUrl } from '../fetch-bytes.ts'
import { ParsedTable, type TableFormat } from './parse-table.ts'
import { MAX_TABLE_BYTES } from './table-messages.ts'
import type { TableResponse, TableRequest } from './table-messages.ts'

/** How many milliseconds lie between two reports, so that a fast stream does not flood the page. */
const REPORT_INTERVAL = 120

let table: ParsedTable | null = null

addEventListener('message', (event: MessageEvent<TableRequest>) => {
  const request = event.data
  if (request.kind === 'open') void open(request.url, request.format)
  else response({ kind: 'rows', from: request.from, rows: table?.readRows(request.from, request.end) ?? [] })
})

async function open(url: string, format: TableFormat): Promise<void> {
  try {
    const { body } = await openUrl(url)
    if (body === null) return report(true, false)
    await readTable(body.getReader(), format)
  } catch (error) {
    response({ kind: 'failure', status: error instanceof UrlError ? error.status : null })
  }
}

async function readTable(reader: ReadableStreamDefaultReader<Uint8Array>, format: TableFormat): Promise<void> {
  let reportedAt = 0
  let isCut = false
  while (!isCut) {
    const { done, value } = await reader.read()
    if (done) break
    table ??= new ParsedTable(value, format)
    table.add(value)
    isCut = table.byteCount >= MAX_TABLE_BYTES
    if (performance.now() - reportedAt > REPORT_INTERVAL) {
      reportedAt = performance.now()
      report(false, isCut)
    }
  }
  if (isCut) await reader.cancel()
  report(true, isCut)
}

function report(isComplete: boolean, isCut: boolean): void {
  const encoding = table?.encoding ?? null
  const progress = { rowCount: table?.rowCount ?? 0, bytesRead: table?.byteCount ?? 0, isComplete, isCut, encoding }
  response({ kind: 'progress', progress })
}

function response(message: TableResponse): void {
  postMessage(message)
}
