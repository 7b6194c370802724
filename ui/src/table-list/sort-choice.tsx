import type { TableSchema } from '../../../src/contract/tables.ts'
import { IconButton } from '../components/icon-button.tsx'
import { Select } from '../components/select.tsx'
import { columnsInOrder, isSortable } from './column-order.ts'
import type { ChangeListState, ListState } from './list-state.ts'
import styles from './view-options.module.css'

export interface SortChoiceProps {
  schema: TableSchema
  state: ListState
  changeState: ChangeListState
}

/** The order of the rows, for cards and the gallery, which have no column headings to press. */
export function SortChoice({ schema, state, changeState }: SortChoiceProps) {
  const isDescending = state.sort?.startsWith('-') ?? false
  const column = state.sort?.replace(/^-/, '') ?? ''
  const sort = (name: string, descending: boolean) =>
    changeState({ sort: name === '' ? null : `${descending ? '-' : ''}${name}` })
  const options = columnsInOrder(schema)
    .filter(isSortable)
    .map(({ name, label }) => ({ value: name, label }))
  return (
    <div className={styles.sort}>
      <Select
        label="Sort by"
        className={styles.sortColumn ?? ''}
        options={[{ value: '', label: 'Usual order' }, ...options]}
        value={column}
        onChange={(name) => sort(name, isDescending)}
      />
      <IconButton
        icon={isDescending ? 'arrow-down' : 'arrow-up'}
        label={isDescending ? 'Descending: sort upwards instead' : 'Ascending: sort downwards instead'}
        variant="outlined"
        disabled={column === ''}
        onClick={() => sort(column, !isDescending)}
      />
    </div>
  )
}
