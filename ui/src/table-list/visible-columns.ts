import { useMemo } from 'react'
import type { ColumnSchema, TableSchema } from '../../../src/contract/tables.ts'
import { useStoredState } from '../components/use-stored-state.ts'
import { columnsInOrder } from './column-order.ts'

/** More than this cannot be taken in at a glance; the rest waits in the column chooser. */
const MAX_SHOWN_BY_DEFAULT = 9

export interface VisibleColumns {
  /** Every column in the order of the list. */
  all: ColumnSchema[]
  shown: ColumnSchema[]
  setShown: (column: ColumnSchema, isShown: boolean) => void
  reset: () => void
}

/** Which columns the list shows. The choice is kept for the table, in this browser. */
export function useVisibleColumns(schema: TableSchema): VisibleColumns {
  const [chosen, setChosen] = useStoredState<string[] | null>(`columns.${schema.name}`, null, isChoice)
  return useMemo(() => {
    const all = columnsInOrder(schema)
    const names = chosen ?? defaultNames(all)
    // The column that names the row carries the link to it, so it always stays.
    const shown = all.filter((column) => column.name === schema.labelColumn || names.includes(column.name))
    return {
      all,
      shown,
      setShown: (column, isShown) => {
        const others = names.filter((name) => name !== column.name)
        setChosen(isShown ? [...others, column.name] : others)
      },
      reset: () => setChosen(null),
    }
  }, [schema, chosen, setChosen])
}

function defaultNames(columns: ColumnSchema[]): string[] {
  const readable = columns.filter((column) => column.type !== 'json' && column.type !== 'other')
  return readable.slice(0, MAX_SHOWN_BY_DEFAULT).map((column) => column.name)
}

function isChoice(value: unknown): value is string[] | null {
  return value === null || (Array.isArray(value) && value.every((name) => typeof name === 'string'))
}
