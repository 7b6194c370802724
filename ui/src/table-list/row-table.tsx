import type { RowsResponse } from '../../../src/contract/rows.ts'
import type { ColumnSchema, TableSchema } from '../../../src/contract/tables.ts'
import { classNames } from '../components/class-names.ts'
import { CellValue } from './cell-value.tsx'
import { ColumnHeading } from './column-heading.tsx'
import { isNumeric } from './format-value.ts'
import type { ChangeListState, ListState } from './list-state.ts'
import { rowId, rowLabel } from './row-identity.ts'
import { PageCheckbox, RowCheckbox } from './selection-checkbox.tsx'
import type { Selection } from './use-selection.ts'
import styles from './row-table.module.css'

export interface RowTableProps {
  schema: TableSchema
  rows: RowsResponse
  columns: ColumnSchema[]
  state: ListState
  changeState: ChangeListState
  isCompact: boolean
  selection: Selection
}

/** Rows as a table. A press anywhere on a row follows the link in its first words; arrow keys move between rows. */
export function RowTable({ schema, rows, columns, state, changeState, isCompact, selection }: RowTableProps) {
  return (
    <table className={classNames(styles.table, isCompact && styles.compact)} data-rows="">
      <caption className="visually-hidden">{schema.label}</caption>
      <thead className={styles.head}>
        <tr>
          <th scope="col" className={styles.checkCell}>
            <PageCheckbox selection={selection} />
          </th>
          {columns.map((column) => (
            <ColumnHeading key={column.name} column={column} state={state} changeState={changeState} />
          ))}
          <td className={styles.filler} aria-hidden="true" />
        </tr>
      </thead>
      <tbody>
        {rows.rows.map((row) => {
          const id = rowId(row, schema)
          return (
            <tr key={id} className={classNames(styles.row, selection.has(id) && styles.selected)}>
              <td className={styles.checkCell}>
                <RowCheckbox selection={selection} row={row} id={id} label={rowLabel(row, schema)} />
              </td>
              {columns.map((column) => (
                <td key={column.name} className={cellClassName(column, schema)}>
                  <CellValue schema={schema} column={column} row={row} rows={rows} />
                </td>
              ))}
              <td className={styles.filler} aria-hidden="true" />
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function cellClassName(column: ColumnSchema, schema: TableSchema): string {
  return classNames(
    styles.cell,
    isNumeric(column) && styles.numeric,
    column.media && styles.media,
    column.name === schema.labelColumn && styles.label,
  )
}
