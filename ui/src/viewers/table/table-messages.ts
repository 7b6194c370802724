import type { TextEncoding } from '../text/text-encoding.ts'
import type { TableFormat } from './parse-table.ts'

/** What the page asks of the worker that reads a table. */
export type TableRequest =
  | { kind: 'open'; url: string; format: TableFormat }
  | { kind: 'rows'; from: number; end: number }

/** What the worker tells the page. */
export type TableResponse =
  | { kind: 'progress'; progress: TableProgress }
  | { kind: 'rows'; from: number; rows: string[][] }
  | { kind: 'failure'; status: number | null }

export interface TableProgress {
  /** The rows found so far, the header among them. */
  rowCount: number
  bytesRead: number
  isComplete: boolean
  /** The file is longer than what is read of it. */
  isCut: boolean
  /** What it is read in; `null` before its first byte. */
  encoding: TextEncoding | null
}

/** No more than this much of a table is read, in bytes: all of it stays in the worker's memory. */
export const MAX_TABLE_BYTES = 256 * 1024 * 1024
