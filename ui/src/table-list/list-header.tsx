import { useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import type { TableSchema } from '../../../src/contract/tables.ts'
import { buttonClassName } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { SearchField } from '../components/text-field.tsx'
import { newRowPath } from '../paths.ts'
import { useSession } from '../sign-in/session-context.ts'
import { AddFilter } from './add-filter.tsx'
import { countRows } from './format-value.ts'
import type { ChangeListState, ListState } from './list-state.ts'
import type { ListLayout } from './use-list-layout.ts'
import { ViewOptions } from './view-options.tsx'
import type { VisibleColumns } from './visible-columns.ts'
import styles from './list-header.module.css'

export interface ListHeaderProps {
  schema: TableSchema
  state: ListState
  changeState: ChangeListState
  /** `null` while it is not known. */
  total: number | null
  columns: VisibleColumns
  layout: ListLayout
}

/** The table's name and number of rows, and what can be done with the list as a whole. */
export function ListHeader({ schema, state, changeState, total, columns, layout }: ListHeaderProps) {
  const { readOnly } = useSession()
  return (
    <header className={styles.header}>
      <div className={styles.heading}>
        <h1 className={styles.title}>{schema.label}</h1>
        <output className={styles.count}>{total === null ? <Skeleton width="48px" /> : countRows(total)}</output>
      </div>
      <div className={styles.tools}>
        <ListSearch key={schema.name} state={state} changeState={changeState} label={schema.label} />
        <AddFilter schema={schema} state={state} changeState={changeState} />
        <ViewOptions schema={schema} state={state} changeState={changeState} columns={columns} layout={layout} />
      </div>
      {!readOnly && (
        <Link href={newRowPath(schema.name)} className={`${buttonClassName('primary')} ${styles.new ?? ''}`}>
          <Icon name="add" />
          New
        </Link>
      )}
    </header>
  )
}

interface ListSearchProps {
  state: ListState
  changeState: ChangeListState
  label: string
}

function ListSearch({ state, changeState, label }: ListSearchProps) {
  const [text, setText] = useState(state.search)
  const [inUrl, setInUrl] = useState(state.search)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  // The address has changed: by what was typed here, or by Back and "Clear", which the box then follows.
  if (state.search !== inUrl) {
    setInUrl(state.search)
    setText(state.search)
  }
  useEffect(() => () => clearTimeout(timer.current), [])

  const search = (next: string) => {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => changeState({ search: next }, { replace: true }), TYPING_PAUSE)
  }
  return <SearchField className={styles.search} label={`Search in ${label}`} value={text} onChange={search} />
}

/** In milliseconds: longer than between two keys, shorter than a wait. */
const TYPING_PAUSE = 250
