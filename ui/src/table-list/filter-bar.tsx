import type { ColumnSchema, TableSchema } from '../../../src/contract/tables.ts'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { Popover } from '../components/popover.tsx'
import { describeFilter } from './describe-filter.ts'
import { FilterEditor } from './filter-editor.tsx'
import { formatFilter, parseFilter } from './filter.ts'
import type { ChangeListState, ListState } from './list-state.ts'
import styles from './filter-bar.module.css'

export interface FilterBarProps {
  schema: TableSchema
  state: ListState
  changeState: ChangeListState
  /** What referenced rows are called, by column and key. */
  labels: Record<string, Record<string, string>>
}

/** The filters in force, as sentences that can be changed and taken away. */
export function FilterBar({ schema, state, changeState, labels }: FilterBarProps) {
  if (state.filters.length === 0) return null
  const replace = (index: number, filter: string | null) =>
    changeState({
      filters: state.filters.flatMap((each, at) => (at !== index ? [each] : filter === null ? [] : [filter])),
    })
  return (
    <section className={styles.bar} aria-label="Filters">
      <ul className={styles.chips}>
        {state.filters.map((text, index) => (
          <li key={text} className={styles.chip}>
            <Chip schema={schema} text={text} labels={labels} onChange={(filter) => replace(index, filter)} />
          </li>
        ))}
      </ul>
      <Button size="s" variant="quiet" onClick={() => changeState({ filters: [] })}>
        Clear all
      </Button>
    </section>
  )
}

interface ChipProps {
  schema: TableSchema
  text: string
  labels: FilterBarProps['labels']
  onChange: (filter: string | null) => void
}

function Chip({ schema, text, labels, onChange }: ChipProps) {
  const filter = parseFilter(text)
  const column = schema.columns.find((candidate) => candidate.name === filter?.column)
  const words = filter && column ? describeFilter(filter, column, labels) : null
  return (
    <>
      {filter && column && words ? (
        <Popover
          label={`Change the filter on ${column.label}`}
          renderTrigger={(props) => (
            <button type="button" {...props} className={styles.words}>
              <span className={styles.column}>{column.label}</span> {words.condition}{' '}
              <span className={styles.value}>{words.value}</span>
            </button>
          )}
        >
          {(close) => (
            <FilterEditor
              column={column}
              filter={filter}
              submitLabel="Apply"
              onSubmit={(changed) => {
                onChange(formatFilter(changed))
                close()
              }}
            />
          )}
        </Popover>
      ) : (
        <span className={styles.words}>{text}</span>
      )}
      <RemoveButton column={column} text={text} onRemove={() => onChange(null)} />
    </>
  )
}

interface RemoveButtonProps {
  column: ColumnSchema | undefined
  text: string
  onRemove: () => void
}

function RemoveButton({ column, text, onRemove }: RemoveButtonProps) {
  return (
    <button
      type="button"
      className={styles.remove}
      aria-label={`Remove the filter on ${column?.label ?? text}`}
      onClick={onRemove}
    >
      <Icon name="close" size={13} />
    </button>
  )
}
