import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { JsonValue, Row } from '../../../src/contract/rows.ts'
import type { ColumnReference, TableSchema } from '../../../src/contract/tables.ts'
import { FileThumbnail } from '../components/file-thumbnail.tsx'
import { Icon } from '../components/icon.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { rowPath, tablePath } from '../paths.ts'
import { rowsQuery, tableSchemaQuery } from '../queries.ts'
import styles from './referencing-rows.module.css'
import { firstFile, rowId, rowLabel } from './row-label.ts'

/** The rows of other tables that point at this one. */
export function ReferencingRows({ schema, row }: { schema: TableSchema; row: Row }) {
  if (schema.referencedBy.length === 0) return null
  return (
    <section className={styles.section} aria-label="Referenced by">
      {schema.referencedBy.map((reference) => (
        <ReferencingTable
          key={`${reference.table}.${reference.column}`}
          reference={reference}
          value={row[schema.primaryKey] ?? null}
        />
      ))}
    </section>
  )
}

const SHOWN_ROWS = 5

function ReferencingTable({ reference, value }: { reference: ColumnReference; value: JsonValue }) {
  const schema = useQuery(tableSchemaQuery(reference.table))
  const column = schema.data?.columns.find(({ name }) => name === reference.column)
  const filter = `${reference.column}:${column?.isArray ? 'has' : 'eq'}:${String(value)}`
  const rows = useQuery({
    ...rowsQuery(reference.table, { filters: [filter], pageSize: SHOWN_ROWS }),
    enabled: schema.data !== undefined,
  })
  const table = schema.data
  const heading = table ? `${table.label} with this ${column?.label ?? reference.column}` : reference.table
  return (
    <div className={styles.table} aria-busy={rows.isPending}>
      <h2 className={styles.heading}>
        {heading}
        {rows.data && <span className={styles.count}>{rows.data.total.toLocaleString()}</span>}
      </h2>
      {rows.isPending && <Skeleton height="44px" />}
      {(rows.isError || schema.isError) && <p className={styles.none}>These rows could not be loaded.</p>}
      {rows.data?.total === 0 && <p className={styles.none}>None yet.</p>}
      {table && rows.data && rows.data.total > 0 && (
        <ul className={styles.rows}>
          {rows.data.rows.map((row) => (
            <ReferencingRow key={rowId(table, row)} table={table} row={row} />
          ))}
        </ul>
      )}
      {rows.data && rows.data.total > SHOWN_ROWS && (
        <Link href={`${tablePath(reference.table)}?${new URLSearchParams({ filter }).toString()}`} className={styles.all}>
          Show all {rows.data.total.toLocaleString()}
          <span className="visually-hidden"> {heading}</span>
          <Icon name="arrow-right" size={14} />
        </Link>
      )}
    </div>
  )
}

function ReferencingRow({ table, row }: { table: TableSchema; row: Row }) {
  const file = firstFile(table, row)
  return (
    <li>
      <Link href={rowPath(table.name, rowId(table, row))} className={styles.row}>
        {file ? <FileThumbnail {...file} /> : table.hasMedia && <span className={styles.empty} />}
        <span className={styles.label}>{rowLabel(table, row)}</span>
      </Link>
    </li>
  )
}
