import { useQueries, useQuery } from '@tanstack/react-query'
import { tableSchemaQuery, tablesQuery } from '../queries.ts'

/** A media column, named for the API and for people. */
export interface MediaColumnName {
  table: string
  column: string
  tableLabel: string
  columnLabel: string
}

export interface MediaColumnNames {
  /** `null` until all are known. */
  columns: MediaColumnName[] | null
  error: Error | null
  retry: () => void
}

/** Every media column of the admin, in the order of the tables. */
export function useMediaColumns(): MediaColumnNames {
  const tables = useQuery(tablesQuery())
  const withMedia = (tables.data?.groups.flatMap((group) => group.tables) ?? []).filter(({ hasMedia }) => hasMedia)
  const schemas = useQueries({ queries: withMedia.map(({ name }) => tableSchemaQuery(name)) })
  const failed = [tables, ...schemas].find((query) => query.isError && !query.data)
  const known = schemas.flatMap(({ data }) => data ?? [])
  const isComplete = tables.data !== undefined && known.length === withMedia.length
  const columns = known.flatMap((schema) =>
    schema.columns
      .filter(({ media }) => media !== null)
      .map((column) => ({
        table: schema.name,
        column: column.name,
        tableLabel: schema.label,
        columnLabel: column.label,
      })),
  )
  return {
    columns: isComplete ? columns : null,
    error: failed?.error ?? null,
    retry: () => void failed?.refetch(),
  }
}
