import { useState } from 'react'
import type { Row } from '../../../src/contract/rows.ts'
import type { TableSchema } from '../../../src/contract/tables.ts'
import { getRows } from '../api.ts'
import { Button } from '../components/button.tsx'
import { useToast } from '../components/toast.tsx'
import { toCsv, downloadText } from './csv.ts'
import { countRows } from './format-value.ts'
import { toRowsQuery } from './list-state.ts'
import type { ListState } from './list-state.ts'

export interface ExportAllProps {
  schema: TableSchema
  state: ListState
}

/** Every row that the search and the filters leave, on all pages, as a CSV file. */
export function ExportAll({ schema, state }: ExportAllProps) {
  const [isBusy, setIsBusy] = useState(false)
  const { showToast } = useToast()

  const exportRows = async () => {
    setIsBusy(true)
    try {
      const { rows, isCut } = await collectRows(schema.name, state)
      downloadText(toCsv(rows, schema.columns), `${schema.name}.csv`)
      const message = isCut
        ? `The first ${countRows(rows.length)} were exported: that is the limit.`
        : `${countRows(rows.length)} exported.`
      showToast({ message, tone: isCut ? 'neutral' : 'success' })
    } catch (error) {
      showToast({ tone: 'error', message: error instanceof Error ? error.message : 'The rows could not be exported.' })
    } finally {
      setIsBusy(false)
    }
  }
  return (
    <Button icon="download" isBusy={isBusy} onClick={() => void exportRows()}>
      {state.search || state.filters.length > 0 ? 'Export matching rows (CSV)' : 'Export all rows (CSV)'}
    </Button>
  )
}

/** The page holds the file in memory while it is made, so there has to be an end. */
const MAX_ROWS = 50_000
const PAGE_SIZE = 200

async function collectRows(table: string, state: ListState): Promise<{ rows: Row[]; isCut: boolean }> {
  const rows: Row[] = []
  for (let page = 1; ; page++) {
    const response = await getRows(table, { ...toRowsQuery(state), page, pageSize: PAGE_SIZE })
    rows.push(...response.rows)
    if (response.rows.length === 0 || rows.length >= response.total) return { rows, isCut: false }
    if (rows.length >= MAX_ROWS) return { rows, isCut: true }
  }
}
