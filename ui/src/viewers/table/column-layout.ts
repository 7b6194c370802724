/** Where the columns lie. */
export interface ColumnLayout {
  /** The left edge of each column, and of what follows the last, in pixels from the first. */
  edges: readonly number[]
  count: number
  width: number
}

const CHARACTER_WIDTH = 8.2
const PADDING = 28
/** The first row is mostly a header, which is bold. */
const BOLD_EXTRA = 1
const NARROWEST = 72
const NUMBER = /^-?[\d.,]+$/
const NUMBER_LENGTH = 10
const WIDEST = 340

/** Columns as wide as what they hold in the rows that are known, within limits. */
export function layOutColumns(rows: readonly (readonly string[])[]): ColumnLayout {
  const lengths: number[] = []
  for (const row of rows) {
    for (let column = 0; column < row.length; column += 1) {
      lengths[column] = Math.max(
        lengths[column] ?? 0,
        expectedLength(row[column] ?? '') + (row === rows[0] ? BOLD_EXTRA : 0),
      )
    }
  }
  const edges = [0]
  for (const length of lengths) {
    const width = Math.min(Math.max(length * CHARACTER_WIDTH + PADDING, NARROWEST), WIDEST)
    edges.push((edges.at(-1) ?? 0) + Math.round(width))
  }
  return { edges, count: lengths.length, width: edges.at(-1) ?? 0 }
}

/** Numbers tend to grow further down. */
function expectedLength(value: string): number {
  return NUMBER.test(value) ? Math.max(value.length, NUMBER_LENGTH) : value.length
}

/** The columns that are at least partly between two positions; `end` is after the last. */
export function visibleColumns(
  { edges, count }: ColumnLayout,
  left: number,
  right: number,
): { first: number; end: number } {
  const first = Math.min(lastEdgeUpTo(edges, left), Math.max(0, count - 1))
  return { first, end: Math.min(lastEdgeUpTo(edges, right) + 1, count) }
}

function lastEdgeUpTo(edges: readonly number[], position: number): number {
  let low = 0
  let high = edges.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((edges[middle] ?? 0) <= position) low = middle
    else high = middle - 1
  }
  return low
}
