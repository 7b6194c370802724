import { type SQL, arrayContains, eq } from 'drizzle-orm'
import type { RowReference } from '../contract/error.ts'
import { isArrayColumn } from '../storage/media-column.ts'
import type { ReferenceDatabase } from '../storage/referenced-file-keys.ts'
import type { MediaColumn } from './media-columns.ts'

/** Rows named for one file: enough for a person to see where it is used. */
const MOST_REFERENCES = 100

/** The rows that reference a file, at most 100 of them. An index on the column is used: a B-tree, or GIN for an array. */
export async function findReferences(
  db: ReferenceDatabase,
  media: MediaColumn,
  fileKey: string,
): Promise<RowReference[]> {
  const { storage, primaryKey, labelColumn } = media
  const rows = await db
    .select({ id: primaryKey, label: labelColumn })
    .from(storage.column.table)
    .where(holds(media, fileKey))
    .limit(MOST_REFERENCES)
  return rows.map(({ id, label }) => ({
    table: media.tableName,
    id: String(id),
    column: media.columnName,
    label: typeof label === 'string' ? label : String(id),
  }))
}

function holds({ storage: { column } }: MediaColumn, fileKey: string): SQL {
  return isArrayColumn(column) ? arrayContains(column, [fileKey]) : eq(column, fileKey)
}
