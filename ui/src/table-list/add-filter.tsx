import { useState } from 'react'
import type { ColumnSchema, TableSchema } from '../../../src/contract/tables.ts'
import { Button } from '../components/button.tsx'
import { focusOnMount } from '../components/focus-on-mount.ts'
import { Popover } from '../components/popover.tsx'
import { SearchField } from '../components/text-field.tsx'
import { columnsInOrder } from './column-order.ts'
import { FilterEditor } from './filter-editor.tsx'
import { filterChoices, formatFilter } from './filter.ts'
import type { ChangeListState, ListState } from './list-state.ts'
import styles from './add-filter.module.css'

export interface AddFilterProps {
  schema: TableSchema
  state: ListState
  changeState: ChangeListState
}

/** First the column, then the condition. */
export function AddFilter({ schema, state, changeState }: AddFilterProps) {
  return (
    <Popover
      label="Add a filter"
      placement="bottom end"
      renderTrigger={(props) => (
        <Button {...props} icon="filter" className={styles.trigger} aria-label="Add a filter">
          <span className={styles.word}>Filter</span>
        </Button>
      )}
    >
      {(close) => (
        <Steps
          schema={schema}
          onAdd={(filter) => {
            if (!state.filters.includes(filter)) changeState({ filters: [...state.filters, filter] })
            close()
          }}
        />
      )}
    </Popover>
  )
}

function Steps({ schema, onAdd }: { schema: TableSchema; onAdd: (filter: string) => void }) {
  const [column, setColumn] = useState<ColumnSchema | null>(null)
  if (column) {
    return (
      <FilterEditor
        column={column}
        onBack={() => setColumn(null)}
        onSubmit={(filter) => onAdd(formatFilter(filter))}
        submitLabel="Add filter"
      />
    )
  }
  return <ColumnList schema={schema} onChoose={setColumn} />
}

/** Fewer columns than this are found faster by eye. */
const MANY_COLUMNS = 8

function ColumnList({ schema, onChoose }: { schema: TableSchema; onChoose: (column: ColumnSchema) => void }) {
  const [search, setSearch] = useState('')
  const filterable = columnsInOrder(schema).filter((column) => filterChoices(column).length > 0)
  const found = filterable.filter((column) => column.label.toLowerCase().includes(search.trim().toLowerCase()))
  return (
    <div className={styles.columns}>
      {filterable.length > MANY_COLUMNS && (
        <SearchField label="Find a column" value={search} onChange={setSearch} ref={focusOnMount} />
      )}
      <ul className={styles.list}>
        {found.map((column) => (
          <li key={column.name}>
            <button type="button" className={styles.column} onClick={() => onChoose(column)}>
              {column.label}
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className={styles.none}>No column is called that.</p>}
    </div>
  )
}
