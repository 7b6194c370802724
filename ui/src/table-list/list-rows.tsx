import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { RowsResponse } from '../../../src/contract/rows.ts'
import type { ColumnSchema, TableSchema } from '../../../src/contract/tables.ts'
import { ApiError } from '../api.ts'
import { Button, buttonClassName } from '../components/button.tsx'
import { classNames } from '../components/class-names.ts'
import { Icon } from '../components/icon.tsx'
import { EmptyState, ErrorState } from '../components/state-message.tsx'
import { newRowPath } from '../paths.ts'
import { useSession } from '../sign-in/session-context.ts'
import type { ChangeListState, ListState } from './list-state.ts'
import { RowCards } from './row-cards.tsx'
import { RowsSkeleton } from './list-skeleton.tsx'
import { RowTable } from './row-table.tsx'
import type { Layout } from './use-list-layout.ts'
import type { Selection } from './use-selection.ts'
import styles from './list-rows.module.css'

export interface ListRowsProps {
  schema: TableSchema
  state: ListState
  changeState: ChangeListState
  response: UseQueryResult<RowsResponse>
  columns: ColumnSchema[]
  layout: Layout
  isCompact: boolean
  selection: Selection
}

/** The rows, or what stands in their place: not yet, not at all, none, none that match. */
export function ListRows(props: ListRowsProps) {
  const { response, layout } = props
  const { data, error, isPlaceholderData } = response
  if (error && !isSignedOut(error) && (!data || isPlaceholderData)) {
    return (
      <ErrorState
        error={error}
        title="The rows could not be loaded"
        onRetry={() => void response.refetch()}
        actions={hasConditions(props.state) && <ClearButton changeState={props.changeState} />}
      />
    )
  }
  // Without a session there is nothing to say here: the sign-in dialog stands over the page, and the rows come after it.
  if (!data || isSignedOut(error)) return <RowsSkeleton isCompact={props.isCompact} />
  if (data.rows.length === 0) return <NoRows {...props} total={data.total} />
  return (
    <div className={classNames(styles.scroller, isPlaceholderData && styles.stale)} aria-busy={isPlaceholderData}>
      {layout === 'table' ? <RowTable {...props} rows={data} /> : <RowCards {...props} rows={data} />}
    </div>
  )
}

function NoRows({ schema, state, changeState, total }: ListRowsProps & { total: number }) {
  const { readOnly } = useSession()
  if (total > 0) {
    const lastPage = Math.ceil(total / state.pageSize)
    return (
      <EmptyState
        icon="search"
        title="There is no such page"
        actions={<Button onClick={() => changeState({ page: lastPage })}>Go to the last page</Button>}
      >
        <p>The list has become shorter and ends on page {lastPage}.</p>
      </EmptyState>
    )
  }
  if (hasConditions(state)) {
    return (
      <EmptyState icon="search" title="Nothing matches" actions={<ClearButton changeState={changeState} />}>
        <p>
          {state.search ? `No row holds “${state.search}”` : 'No row meets all the filters'}. Try fewer or other words.
        </p>
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={schema.hasMedia ? 'images' : 'table'}
      title={`No rows in ${schema.label} yet`}
      actions={
        !readOnly && (
          <Link href={newRowPath(schema.name)} className={buttonClassName('primary')}>
            <Icon name="add" />
            Create the first row
          </Link>
        )
      }
    >
      <p>{readOnly ? 'Rows will appear here once there are any.' : 'Rows you create will appear here.'}</p>
    </EmptyState>
  )
}

function ClearButton({ changeState }: { changeState: ChangeListState }) {
  return <Button onClick={() => changeState({ search: '', filters: [] })}>Clear search and filters</Button>
}

function isSignedOut(error: Error | null): boolean {
  return error instanceof ApiError && error.status === 401
}

function hasConditions(state: ListState): boolean {
  return state.search !== '' || state.filters.length > 0
}
