import type { ColumnSchema, TableSchema } from '../../../src/contract/tables.ts'
import { isImage } from '../components/file-name.ts'

/**
 * Columns by how much they help to recognise a row: its image, its name, further images, short facts, other files,
 * long texts, JSON, and last the key. Within each kind they stay as in the table.
 */
export function columnsInOrder(schema: TableSchema): ColumnSchema[] {
  const cover = coverColumn(schema)
  const hasLimits = schema.columns.some((column) => column.maxLength !== null)
  const rank = (column: ColumnSchema): number => {
    if (column.name === schema.labelColumn) return 1
    if (column === cover) return 0
    if (column.media) return holdsImages(column) ? 2 : 4
    if (column.name === schema.primaryKey) return 7
    if (column.type === 'json' || column.type === 'other') return 6
    // Where some texts have a limit, those without are the long ones. Where none has, the schema does not tell.
    return hasLimits && column.type === 'text' && column.maxLength === null ? 5 : 3
  }
  return schema.columns.toSorted((one, other) => rank(one) - rank(other))
}

/** The column whose file stands for the row: one image says more than many, and an image more than a document. */
export function coverColumn(schema: TableSchema): ColumnSchema | undefined {
  const media = schema.columns.filter((column) => column.media)
  return (
    media.find((column) => !column.isArray && holdsImages(column)) ??
    media.find((column) => !column.isArray) ??
    media[0]
  )
}

export function isSortable(column: ColumnSchema): boolean {
  return !column.isArray && !column.media && column.type !== 'json' && column.type !== 'other'
}

function holdsImages({ media }: ColumnSchema): boolean {
  return media !== null && (media.allowedExtensions?.some((extension) => isImage(`.${extension}`)) ?? true)
}
