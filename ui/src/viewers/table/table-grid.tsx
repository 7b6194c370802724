// A table element cannot show a window of its rows that moves, so the roles are given by hand.
/* oxlint-disable jsx-a11y/prefer-tag-over-role */
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { formatCount } from '../../formats.ts'
import { useElementSize } from '../use-element-size.ts'
import { cellAfterKey } from './cell-keys.ts'
import type { Cell } from './cell-keys.ts'
import { visibleColumns } from './column-layout.ts'
import type { ColumnLayout } from './column-layout.ts'
import { scrolledHeight, scrollTopShowing, visibleRows } from './virtual-rows.ts'
import styles from './table-grid.module.css'

const ROW_HEIGHT = 30
const HEADER_HEIGHT = 34

export interface TableGridProps {
  label: string
  /** The names of the columns; `null` when the file's first row is not a header. */
  header: readonly string[] | null
  /** Without the header. */
  rowCount: number
  rowAt: (row: number) => readonly string[] | null
  onShow: (from: number, end: number) => void
  columns: ColumnLayout
  active: Cell | null
  onActivate: (cell: Cell) => void
}

/**
 * A table of any length under a header that stays. One window of cells is drawn again as it scrolls, because no element can
 * be as tall as a million rows.
 */
export function TableGrid(props: TableGridProps) {
  const { label, header, rowCount, rowAt, onShow, columns, active, onActivate } = props
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const size = useElementSize(scroller)
  const [scroll, setScroll] = useState({ top: 0, left: 0 })

  const gutter = String(rowCount).length * 8 + 28
  const extent = { rowCount, rowHeight: ROW_HEIGHT, viewHeight: Math.max(0, size.height - HEADER_HEIGHT) }
  const rows = visibleRows(scroll.top, extent)
  const shown = visibleColumns(columns, scroll.left, scroll.left + size.width - gutter)
  const columnIndexes = useMemo(() => range(shown.first, shown.end), [shown.first, shown.end])
  useEffect(() => onShow(rows.first, rows.end), [rows.first, rows.end, onShow])

  const moveTo = (cell: Cell) => {
    onActivate(cell)
    const left = columns.edges[cell.column] ?? 0
    const right = columns.edges[cell.column + 1] ?? left
    scroller.current?.scrollTo({
      top: scrollTopShowing(cell.row, scroll.top, extent),
      left: left < scroll.left ? left : Math.max(scroll.left, right - (size.width - gutter)),
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // With Shift the arrows walk through the files.
    if (event.shiftKey || event.altKey) return
    const shape = { rowCount, columnCount: columns.count, pageLength: Math.max(1, rows.end - rows.first - 2) }
    const to = active === null ? { row: rows.first, column: shown.first } : cellAfterKey(event, active, shape)
    if (to === null || !cellAfterKey(event, to, shape)) return
    event.preventDefault()
    moveTo(to)
  }
  const getX = (column: number) => gutter + (columns.edges[column] ?? 0) - scroll.left
  const getWidth = (column: number) => (columns.edges[column + 1] ?? 0) - (columns.edges[column] ?? 0)
  const isActiveInView = active !== null && active.row >= rows.first && active.row < rows.end

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={rowCount + 1}
      aria-colcount={columns.count + 1}
      aria-activedescendant={isActiveInView ? `${id}-${active.row}-${active.column}` : undefined}
      tabIndex={0}
      data-own-arrows
      data-own-gestures
      onKeyDown={onKeyDown}
      onScroll={({ currentTarget }) => setScroll({ top: currentTarget.scrollTop, left: currentTarget.scrollLeft })}
    >
      <div
        role="presentation"
        style={{ width: columns.width + gutter, height: scrolledHeight(extent) + HEADER_HEIGHT }}
      >
        <div role="presentation" className={styles.window} style={{ width: size.width, height: size.height }}>
          {range(rows.first, rows.end).map((row, position) => {
            const cells = rowAt(row)
            return (
              <div
                key={row}
                role="row"
                aria-rowindex={row + 2}
                className={styles.row}
                data-odd={row % 2 === 1}
                style={{ transform: `translateY(${HEADER_HEIGHT + rows.offset + position * ROW_HEIGHT}px)` }}
              >
                {columnIndexes.map((column) => (
                  // The keys are heard by the grid, which holds the focus for all of its cells.
                  // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
                  <div
                    key={column}
                    id={`${id}-${row}-${column}`}
                    role="gridcell"
                    aria-colindex={column + 2}
                    aria-selected={active?.row === row && active.column === column}
                    className={styles.cell}
                    style={{ left: getX(column), width: getWidth(column) }}
                    onClick={() => onActivate({ row, column })}
                  >
                    {cells?.[column]}
                  </div>
                ))}
                <div role="rowheader" aria-colindex={1} className={styles.rowNumber} style={{ width: gutter }}>
                  {formatCount(row + 1)}
                </div>
              </div>
            )
          })}
          <div role="row" aria-rowindex={1} className={styles.header}>
            {columnIndexes.map((column) => (
              <div
                key={column}
                role="columnheader"
                aria-colindex={column + 2}
                className={styles.columnHeader}
                style={{ left: getX(column), width: getWidth(column) }}
                title={header?.[column]}
              >
                {header === null ? `Column ${column + 1}` : (header[column] ?? '')}
              </div>
            ))}
            <div role="columnheader" aria-colindex={1} className={styles.corner} style={{ width: gutter }}>
              <span className="visually-hidden">Row</span>
            </div>
          </div>
        </div>
      </div>
    </div>
  )
}

function range(first: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index)
}
