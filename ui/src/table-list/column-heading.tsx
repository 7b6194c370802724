import type { ColumnSchema } from '../../../src/contract/tables.ts'
import { classNames } from '../components/class-names.ts'
import { Icon } from '../components/icon.tsx'
import { isSortable } from './column-order.ts'
import { isNumeric } from './format-value.ts'
import type { ChangeListState, ListState } from './list-state.ts'
import styles from './column-heading.module.css'

export interface ColumnHeadingProps {
  column: ColumnSchema
  state: ListState
  changeState: ChangeListState
}

/** A column's name; pressing it sorts upwards, then downwards, then not at all. */
export function ColumnHeading({ column, state, changeState }: ColumnHeadingProps) {
  const direction = getDirection(column, state.sort)
  if (!isSortable(column)) {
    return (
      <th scope="col">
        <span className={styles.heading}>{column.label}</span>
      </th>
    )
  }
  return (
    <th scope="col" aria-sort={direction ?? 'none'}>
      <button
        type="button"
        className={classNames(
          styles.heading,
          styles.button,
          isNumeric(column) && styles.numeric,
          direction && styles.sorted,
        )}
        onClick={() => changeState({ sort: nextSort(column, direction) })}
      >
        {column.label}
        <Icon
          name={direction === null ? 'sort' : direction === 'ascending' ? 'arrow-up' : 'arrow-down'}
          size={13}
          className={styles.arrow}
        />
      </button>
    </th>
  )
}

type Direction = 'ascending' | 'descending' | null

function getDirection(column: ColumnSchema, sort: string | null): Direction {
  if (sort === column.name) return 'ascending'
  return sort === `-${column.name}` ? 'descending' : null
}

function nextSort(column: ColumnSchema, direction: Direction): string | null {
  if (direction === null) return column.name
  return direction === 'ascending' ? `-${column.name}` : null
}
