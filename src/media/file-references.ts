import { getTableName, inArray } from 'drizzle-orm'
import type { RowReference } from '../contract/error.ts'
import type { MissingFile } from '../storage/clean-up/find-missing.ts'
import { type FileReference, holdsKey } from '../storage/references/file-references.ts'
import type { ReferenceDatabase } from '../storage/references/referenced-file-keys.ts'
import type { MediaColumn } from './media-columns.ts'

/** Rows named for one file: enough for a person to see where it is used. */
const MAX_REFERENCES = 100

/**
 * The rows that reference a file, at most 100 of each column. An index on the column is used: a B-tree, or GIN for an
 * array. Rows of further columns that the storage was told of are named by their primary key.
 */
export async function findReferences(
  db: ReferenceDatabase,
  media: MediaColumn,
  fileKey: string,
): Promise<RowReference[]> {
  const { storage, primaryKey, labelColumn } = media
  const rows = await db
    .select({ id: primaryKey, label: labelColumn })
    .from(storage.column.table)
    .where(holdsKey(storage.column, fileKey))
    .limit(MAX_REFERENCES)
  const own = rows.map(({ id, label }) => ({ ...toCell(media, String(id)), label: getLabel(label, id) }))
  if (storage.references.length === 0) return own
  const all = await storage.getReferences(db, fileKey)
  return [...own, ...all.filter((reference) => !isOwn(media, reference)).map(withoutLabel)]
}

/** Rows of the column that reference missing files, with what people call them. */
export async function labelMissing(
  db: ReferenceDatabase,
  media: MediaColumn,
  missing: readonly MissingFile[],
): Promise<{ fileKey: string; row: RowReference }[]> {
  const { primaryKey, labelColumn, storage } = media
  const ids = missing.flatMap(({ primaryKey: id }) => (id === null ? [] : [id]))
  const rows =
    ids.length === 0
      ? []
      : await db
          .select({ id: primaryKey, label: labelColumn })
          .from(storage.column.table)
          .where(inArray(primaryKey, ids))
  const labels = new Map(rows.map(({ id, label }) => [String(id), getLabel(label, id)]))
  return missing.map(({ key, primaryKey: id }) => ({
    fileKey: key,
    row: { ...toCell(media, id ?? ''), label: labels.get(id ?? '') ?? id ?? '' },
  }))
}

function toCell({ tableName, columnName }: MediaColumn, id: string) {
  return { table: tableName, id, column: columnName }
}

function isOwn({ storage: { column } }: MediaColumn, reference: FileReference): boolean {
  return reference.column === column.name && reference.table === getTableName(column.table)
}

function withoutLabel({ table, column, primaryKey }: FileReference): RowReference {
  const id = primaryKey ?? ''
  return { table, id, column, label: id === '' ? table : id }
}

function getLabel(label: unknown, id: unknown): string {
  return typeof label === 'string' ? label : String(id)
}
