/** A cell, counted from the first of the rows that are shown. */
export interface Cell {
  row: number
  column: number
}

interface TableShape {
  rowCount: number
  columnCount: number
  /** How many rows a page has. */
  pageLength: number
}

/** Where a key leads from a cell; `null` for keys that lead nowhere. The same as in spreadsheets. */
export function cellAfterKey(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>,
  from: Cell,
  shape: TableShape,
): Cell | null {
  const isFar = event.ctrlKey || event.metaKey
  const lastRow = shape.rowCount - 1
  const lastColumn = shape.columnCount - 1
  const moves = new Map<string, Cell>([
    ['ArrowUp', { ...from, row: isFar ? 0 : from.row - 1 }],
    ['ArrowDown', { ...from, row: isFar ? lastRow : from.row + 1 }],
    ['ArrowLeft', { ...from, column: isFar ? 0 : from.column - 1 }],
    ['ArrowRight', { ...from, column: isFar ? lastColumn : from.column + 1 }],
    ['PageUp', { ...from, row: from.row - shape.pageLength }],
    ['PageDown', { ...from, row: from.row + shape.pageLength }],
    ['Home', { row: isFar ? 0 : from.row, column: 0 }],
    ['End', { row: isFar ? lastRow : from.row, column: lastColumn }],
  ])
  const to = moves.get(event.key)
  if (to === undefined) return null
  return { row: clamp(to.row, lastRow), column: clamp(to.column, lastColumn) }
}

function clamp(value: number, last: number): number {
  return Math.max(0, Math.min(value, last))
}
