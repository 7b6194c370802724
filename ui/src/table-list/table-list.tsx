import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { TableSchema } from '../../../src/contract/tables.ts'
import { PHONE_QUERY, useMediaQuery } from '../components/use-media-query.ts'
import { useKeptFocus } from '../components/use-kept-focus.ts'
import { rowsQuery } from '../queries.ts'
import { useSession } from '../sign-in/session-context.ts'
import { FilterBar } from './filter-bar.tsx'
import { ListHeader } from './list-header.tsx'
import { ListRows } from './list-rows.tsx'
import { toRowsQuery, useListState } from './list-state.ts'
import { Pagination } from './pagination.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { useListLayout } from './use-list-layout.ts'
import { useSelection } from './use-selection.ts'
import { useVisibleColumns } from './visible-columns.ts'
import styles from './table-list.module.css'

/** Everything on the screen of one table, once it is known what the table looks like. */
export function TableList({ schema }: { schema: TableSchema }) {
  const { readOnly } = useSession()
  const [state, changeState] = useListState()
  const query = useMemo(() => toRowsQuery(state), [state])
  const response = useQuery(rowsQuery(schema.name, query))
  const columns = useVisibleColumns(schema)
  const layout = useListLayout(schema)
  const isPhone = useMediaQuery(PHONE_QUERY)
  const selection = useSelection(response.data?.rows ?? noRows, schema)
  // Chips, and the bar over the list, go with the press on their own buttons.
  const keptFocus = useKeptFocus<HTMLElement>()

  return (
    <section className={styles.screen} aria-label={`${schema.label}, all rows`} tabIndex={-1} {...keptFocus}>
      <ListHeader
        schema={schema}
        state={state}
        changeState={changeState}
        total={response.data?.total ?? null}
        columns={columns}
        layout={layout}
      />
      <FilterBar schema={schema} state={state} changeState={changeState} labels={response.data?.labels ?? noLabels} />
      <ListRows
        schema={schema}
        state={state}
        changeState={changeState}
        response={response}
        columns={columns.shown}
        layout={isPhone && layout.value === 'table' ? 'cards' : layout.value}
        isCompact={layout.isCompact}
        selection={selection}
      />
      {response.data && response.data.total > 0 && (
        <Pagination state={state} changeState={changeState} total={response.data.total} />
      )}
      {selection.rows.length > 0 && <SelectionBar schema={schema} selection={selection} canDelete={!readOnly} />}
    </section>
  )
}

const noRows: never[] = []
const noLabels = {}
