import type { JsonValue, Row } from '../../../src/contract/rows.ts'
import type { ColumnSchema } from '../../../src/contract/tables.ts'

/** Rows as a CSV file (RFC 4180) with a heading line, the values as the database holds them. */
export function toCsv(rows: Row[], columns: ColumnSchema[]): string {
  const lines = [
    columns.map((column) => csvCell(column.name)),
    ...rows.map((row) => columns.map((column) => csvCell(plainText(row[column.name] ?? null)))),
  ]
  return lines.map((cells) => `${cells.join(',')}\r\n`).join('')
}

/**
 * Quotes a cell, and keeps a spreadsheet from running it. Excel and LibreOffice take a cell that begins with one of
 * `= + - @` (also in full width), a tab or a return for a formula, and `=HYPERLINK(...)` in a row someone else wrote would send the sheet's
 * content away. A single quote in front makes it text (OWASP, CSV injection). Plain numbers stay numbers.
 */
export function csvCell(text: string): string {
  const isFormula = /^[=+\-@\t\r\n＝＋－＠]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text)
  const inert = isFormula ? `'${text}` : text
  return /[",\r\n]/.test(inert) || isFormula ? `"${inert.replaceAll('"', '""')}"` : inert
}

/** Hands a file made in the page to the browser's downloads. */
export function downloadText(text: string, fileName: string): void {
  // The mark tells Excel that the file is UTF-8.
  const url = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // The download has to have begun before the address goes away.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

function plainText(value: JsonValue): string {
  if (value === null) return ''
  if (Array.isArray(value) && value.every((entry) => typeof entry !== 'object')) return value.join(' | ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
