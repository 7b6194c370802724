import { useQuery } from '@tanstack/react-query'
import type { Row } from '../../../src/contract/rows.ts'
import type { ColumnReference, TableSchema } from '../../../src/contract/tables.ts'
import { rowsQuery, tableSchemaQuery } from '../queries.ts'

export interface TargetRow {
  schema: TableSchema | undefined
  row: Row | undefined
  /** The key names no row, or its rows cannot be read. */
  isMissing: boolean
}

/** The row that a foreign key points at, by the column it points at, which need not be the primary key. */
export function useTargetRow({ table, column }: ColumnReference, key: string | null): TargetRow {
  const schema = useQuery(tableSchemaQuery(table))
  const query = { filters: [`${column}:eq:${key ?? ''}`], pageSize: 1 }
  const rows = useQuery({ ...rowsQuery(table, query), enabled: key !== null })
  return {
    schema: schema.data,
    // While the next row is on its way, the list query still shows the one before.
    row: key === null || rows.isPlaceholderData ? undefined : rows.data?.rows[0],
    isMissing: rows.isError || (!rows.isPlaceholderData && rows.data?.rows.length === 0),
  }
}
