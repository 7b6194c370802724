/**
 * Which rows of a very long table are on screen. A million rows of 32 pixels are taller than an element can be (Firefox
 * stops at 17.9 million pixels, Chromium at 33.5 million), so the scrolled height is capped, and beyond the cap a pixel of
 * scrolling stands for more than a pixel of rows.
 */
export interface RowWindow {
  /** The first row that is at least partly visible. */
  first: number
  /** The row after the last visible one. */
  end: number
  /** How far the first row's top is from the top of the view, in pixels; never positive. */
  offset: number
}

export interface TableExtent {
  rowCount: number
  rowHeight: number
  /** The height of the view below the header, in pixels. */
  viewHeight: number
}

const TALLEST = 8_000_000

/** The height of the scrolled content, in pixels. */
export function scrolledHeight({ rowCount, rowHeight }: TableExtent): number {
  return Math.min(rowCount * rowHeight, TALLEST)
}

export function visibleRows(scrollTop: number, extent: TableExtent): RowWindow {
  const top = Math.max(0, scrollTop) * pixelsPerScrolledPixel(extent)
  const first = Math.min(Math.floor(top / extent.rowHeight), Math.max(0, extent.rowCount - 1))
  const offset = first * extent.rowHeight - top
  const count = Math.ceil((extent.viewHeight - offset) / extent.rowHeight)
  return { first, end: Math.min(first + count, extent.rowCount), offset }
}

/** Where to scroll so that `row` is wholly visible; the place it is at when it already is. */
export function scrollTopShowing(row: number, scrollTop: number, extent: TableExtent): number {
  const ratio = pixelsPerScrolledPixel(extent)
  const top = scrollTop * ratio
  const rowTop = row * extent.rowHeight
  if (rowTop < top) return rowTop / ratio
  const lowestTop = rowTop + extent.rowHeight - extent.viewHeight
  return lowestTop > top ? Math.ceil(lowestTop / ratio) : scrollTop
}

function pixelsPerScrolledPixel(extent: TableExtent): number {
  const real = extent.rowCount * extent.rowHeight - extent.viewHeight
  const scrolled = scrolledHeight(extent) - extent.viewHeight
  return scrolled > 0 && real > 0 ? real / scrolled : 1
}
