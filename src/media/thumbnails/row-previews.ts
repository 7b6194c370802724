import type { FilePreviews, Row } from '../../contract/rows.ts'
import type { MediaColumns } from '../media-columns.ts'
import type { Thumbnails } from './thumbnails.ts'

/** How many files of a cell are told of, and of all cells together: more than a page shows at once. */
const MAX_CELL_LENGTH = 50
const MAX_ENTRIES = 500

/** The previews of the files that rows of a table hold: of the first of each cell, until there are enough. */
export async function getRowPreviews(
  tableName: string,
  rows: readonly Row[],
  { columns, thumbnails }: { columns: MediaColumns; thumbnails: Thumbnails },
): Promise<FilePreviews> {
  const ofTable = Array.from(columns).filter((column) => column.tableName === tableName)
  const perCell = Math.max(
    1,
    Math.min(MAX_CELL_LENGTH, Math.floor(MAX_ENTRIES / Math.max(1, rows.length * ofTable.length))),
  )
  const entries = await Promise.all(
    ofTable.map(async ({ columnName, storage }) => {
      const fileKeys = rows.flatMap((row) => getFileKeys(row[columnName]).slice(0, perCell))
      return [columnName, Object.fromEntries(await thumbnails.previews(storage, fileKeys))] as const
    }),
  )
  return Object.fromEntries(entries)
}

/** A cell that somebody wrote past the admin may hold anything: what is no key has no file. */
function getFileKeys(value: Row[string] | undefined): string[] {
  const values = Array.isArray(value) ? value : [value]
  return values.filter((candidate) => typeof candidate === 'string')
}
