import type { Row, RowsResponse } from '../../../src/contract/rows.ts'
import type { ColumnSchema, TableSchema } from '../../../src/contract/tables.ts'
import { classNames } from '../components/class-names.ts'
import { CardImage } from './card-image.tsx'
import { CellValue, RowLink } from './cell-value.tsx'
import { coverColumn } from './column-order.ts'
import { fileKeys, rowId, rowLabel } from './row-identity.ts'
import { RowCheckbox } from './selection-checkbox.tsx'
import type { Layout } from './use-list-layout.ts'
import type { Selection } from './use-selection.ts'
import styles from './row-cards.module.css'

export interface RowCardsProps {
  schema: TableSchema
  rows: RowsResponse
  columns: ColumnSchema[]
  layout: Layout
  selection: Selection
}

/** Rows as cards: images in a grid, or on phones a list with the image at the left. */
export function RowCards({ schema, rows, columns, layout, selection }: RowCardsProps) {
  const cover = coverColumn(schema)
  const fields = columns.filter((column) => column !== cover && column.name !== schema.labelColumn)
  return (
    <ul className={layout === 'gallery' ? styles.gallery : styles.cards} aria-label={schema.label} data-rows="">
      {rows.rows.map((row) => (
        <Card
          key={rowId(row, schema)}
          {...{ schema, rows, row, cover, selection }}
          fields={layout === 'gallery' ? fields.filter((column) => !column.media) : fields}
        />
      ))}
    </ul>
  )
}

/** What a card has room for, beside the image and the name. */
const MAX_WORDS = 2
const MAX_MEDIA = 2

interface CardProps {
  schema: TableSchema
  rows: RowsResponse
  row: Row
  cover: ColumnSchema | undefined
  fields: ColumnSchema[]
  selection: Selection
}

function Card({ schema, rows, row, cover, fields, selection }: CardProps) {
  const id = rowId(row, schema)
  const filled = fields.filter((column) => !isNothing(row, column))
  const words = filled.filter((column) => !column.media).slice(0, MAX_WORDS)
  const media = filled.filter((column) => column.media).slice(0, MAX_MEDIA)
  return (
    <li className={classNames(styles.card, selection.has(id) && styles.selected)}>
      {cover && <CardImage table={schema.name} column={cover} row={row} rows={rows.rows} className={styles.picture} />}
      <div className={styles.text}>
        <p className={styles.title}>
          <RowLink schema={schema} row={row} />
        </p>
        <dl className={styles.fields}>
          {[...words, ...media].map((column) => (
            <div key={column.name} className={column.media ? styles.files : styles.field}>
              <dt className={styles.name}>{column.label}</dt>
              <dd className={styles.value}>
                <CellValue schema={schema} column={column} row={row} rows={rows} />
              </dd>
            </div>
          ))}
        </dl>
      </div>
      <div className={styles.check}>
        <RowCheckbox selection={selection} row={row} id={id} label={rowLabel(row, schema)} />
      </div>
    </li>
  )
}

/** On a card, what is empty needs no place. */
function isNothing(row: Row, column: ColumnSchema): boolean {
  const value = row[column.name]
  if (column.media) return fileKeys(value).length === 0
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}
