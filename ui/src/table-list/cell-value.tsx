import { Link } from 'wouter'
import type { JsonValue, Row, RowsResponse } from '../../../src/contract/rows.ts'
import type { ColumnSchema, TableSchema } from '../../../src/contract/tables.ts'
import { classNames } from '../components/class-names.ts'
import { Icon } from '../components/icon.tsx'
import { rowPath } from '../paths.ts'
import { formatValue } from './format-value.ts'
import { MediaCell } from './media-cell.tsx'
import { moveBetweenRows } from './move-between-rows.ts'
import { keyText, rowId, rowLabel } from './row-identity.ts'
import styles from './cell-value.module.css'

export interface CellValueProps {
  schema: TableSchema
  column: ColumnSchema
  row: Row
  /** The page the row stands on: it holds the labels, and the files that the viewer's arrows walk. */
  rows: RowsResponse
}

/** One value, shown as its column's type asks for. */
export function CellValue({ schema, column, row, rows }: CellValueProps) {
  const value = row[column.name] ?? null
  if (column.name === schema.labelColumn) return <RowLink schema={schema} row={row} />
  if (column.media) return <MediaCell table={schema.name} column={column} row={row} rows={rows.rows} />
  if (isNothing(value)) return <Nothing />
  if (column.foreignKey && !Array.isArray(value)) {
    const label = rows.labels[column.name]?.[keyText(value)]
    return <ReferenceLink table={column.foreignKey.table} value={keyText(value)} label={label} />
  }
  return <PlainValue value={value} column={column} />
}

/** The link that the whole row follows: it is stretched over it, so a middle click opens a tab as anywhere. */
export function RowLink({ schema, row }: { schema: TableSchema; row: Row }) {
  return (
    <Link
      href={rowPath(schema.name, rowId(row, schema))}
      className={styles.rowLink}
      data-row-link=""
      onKeyDown={moveBetweenRows}
    >
      {rowLabel(row, schema)}
    </Link>
  )
}

function ReferenceLink({ table, value, label }: { table: string; value: string; label: string | undefined }) {
  return (
    <Link href={rowPath(table, value)} className={styles.reference}>
      {label ?? value}
    </Link>
  )
}

function PlainValue({ value, column }: { value: JsonValue; column: ColumnSchema }) {
  const text = formatValue(value, column)
  if (typeof value === 'boolean') {
    return (
      <span className={classNames(styles.boolean, value && styles.yes)}>
        <Icon name={value ? 'check' : 'minus'} size={14} />
        {text}
      </span>
    )
  }
  if (Array.isArray(value) || column.type === 'enum')
    return <Tags values={Array.isArray(value) ? value : [value]} column={column} />
  if (column.type === 'json' || column.type === 'uuid') {
    return (
      <code className={styles.code} title={text}>
        {text}
      </code>
    )
  }
  return <span title={text.length > 30 ? text : undefined}>{text}</span>
}

const MAX_TAGS = 3

function Tags({ values, column }: { values: JsonValue[]; column: ColumnSchema }) {
  const texts = values.map((value) => formatValue(value, column))
  return (
    <span className={styles.tags} title={texts.join(', ')}>
      {texts.slice(0, MAX_TAGS).map((text, index) => (
        // The same value may stand in a list twice.
        // eslint-disable-next-line react/no-array-index-key
        <span key={`${index} ${text}`} className={styles.tag}>
          {text}
        </span>
      ))}
      {texts.length > MAX_TAGS && <span className={styles.more}>+{texts.length - MAX_TAGS}</span>}
    </span>
  )
}

function Nothing() {
  return (
    <span className={styles.nothing}>
      <span aria-hidden="true">–</span>
      <span className="visually-hidden">empty</span>
    </span>
  )
}

function isNothing(value: JsonValue): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0)
}
