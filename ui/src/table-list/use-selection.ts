import { useCallback, useMemo, useRef, useState } from 'react'
import type { Row } from '../../../src/contract/rows.ts'
import type { TableSchema } from '../../../src/contract/tables.ts'
import { rowId } from './row-identity.ts'

export interface Selection {
  rows: Row[]
  has: (id: string) => boolean
  /** `isRange` (shift) takes everything from the row that was touched last. */
  toggle: (row: Row, isRange: boolean) => void
  /** All rows of this page, or none of them. */
  togglePage: () => void
  pageState: 'none' | 'some' | 'all'
  /** Lets go of these rows: they no longer exist. */
  forget: (rows: Row[]) => void
  clear: () => void
}

/** Chosen rows. They stay chosen on other pages, with their content, so that they can be exported from there. */
export function useSelection(page: Row[], schema: TableSchema): Selection {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Row>>(noRows)
  const anchor = useRef<string | null>(null)

  const toggle = useCallback(
    (row: Row, isRange: boolean) => {
      const id = rowId(row, schema)
      const touched = isRange ? between(page, schema, { from: anchor.current, to: id }) : [row]
      anchor.current = id
      setChosen((before) => withRows(before, touched, { schema, isChosen: !before.has(id) }))
    },
    [page, schema],
  )
  return useMemo(() => {
    const onPage = page.filter((row) => chosen.has(rowId(row, schema))).length
    const pageState = onPage === 0 ? 'none' : onPage === page.length ? 'all' : 'some'
    return {
      rows: [...chosen.values()],
      has: (id) => chosen.has(id),
      toggle,
      togglePage: () => setChosen((before) => withRows(before, page, { schema, isChosen: pageState !== 'all' })),
      pageState,
      forget: (rows) => setChosen((before) => withRows(before, rows, { schema, isChosen: false })),
      clear: () => setChosen(noRows),
    }
  }, [chosen, page, schema, toggle])
}

const noRows: ReadonlyMap<string, Row> = new Map()

function withRows(
  before: ReadonlyMap<string, Row>,
  rows: Row[],
  { schema, isChosen }: { schema: TableSchema; isChosen: boolean },
): ReadonlyMap<string, Row> {
  const after = new Map(before)
  for (const row of rows) {
    if (isChosen) after.set(rowId(row, schema), row)
    else after.delete(rowId(row, schema))
  }
  return after
}

function between(page: Row[], schema: TableSchema, ends: { from: string | null; to: string }): Row[] {
  const to = page.findIndex((row) => rowId(row, schema) === ends.to)
  const from = page.findIndex((row) => rowId(row, schema) === ends.from)
  const start = from === -1 ? to : Math.min(from, to)
  return page.slice(start, Math.max(from, to) + 1)
}
