import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { Row } from '../../../src/contract/rows.ts'
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
          value={rowId(schema, row)}
        />
      ))}
    </section>
  )
}

const SHOWN_ROWS = 5

function ReferencingTable({ reference, value }: { reference: ColumnReference; value: string }) {
  const schema = useQuery(tableSchemaQuery(reference.table))
  if (schema.isError) return <p className={styles.none}>The table {reference.table} could not be loaded.</p>
  if (!schema.data) return <Skeleton height="80px" />
  const column = schema.data.columns.find(({ name }) => name === reference.column)
  const filter = `${reference.column}:${column?.isArray ? 'has' : 'eq'}:${value}`
  return (
    <MatchingRows
      table={schema.data}
      filter={filter}
      heading={`${schema.data.label} with this ${column?.label ?? reference.column}`}
    />
  )
}

function MatchingRows({ table, filter, heading }: { table: TableSchema; filter: string; heading: string }) {
  const { data, isError } = useQuery(rowsQuery(table.name, { filters: [filter], pageSize: SHOWN_ROWS }))
  return (
    <div aria-busy={!data && !isError}>
      <h2 className={styles.heading}>
        {heading}
        {data && <span className={styles.count}>{data.total.toLocaleString()}</span>}
      </h2>
      {!data && !isError && <Skeleton height="44px" />}
      {isError && <p className={styles.none}>These rows could not be loaded.</p>}
      {data?.total === 0 && <p className={styles.none}>None yet.</p>}
      {data && data.total > 0 && (
        <ul className={styles.rows}>
          {data.rows.map((row) => (
            <ReferencingRow key={rowId(table, row)} table={table} row={row} />
          ))}
        </ul>
      )}
      {data && data.total > SHOWN_ROWS && (
        <Link href={`${tablePath(table.name)}?${new URLSearchParams({ filter }).toString()}`} className={styles.all}>
          Show all {data.total.toLocaleString()}
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
