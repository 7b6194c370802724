import { useEffect, useRef } from 'react'
import type { Row } from '../../../src/contract/rows.ts'
import type { Selection } from './use-selection.ts'
import styles from './selection-checkbox.module.css'

export interface RowCheckboxProps {
  selection: Selection
  row: Row
  id: string
  label: string
}

/** Chooses a row; with shift, all from the one before. */
export function RowCheckbox({ selection, row, id, label }: RowCheckboxProps) {
  return (
    <label className={styles.target}>
      <input
        type="checkbox"
        className={styles.checkbox}
        aria-label={`Select ${label}`}
        checked={selection.has(id)}
        onChange={(event) => selection.toggle(row, isShiftPress(event.nativeEvent))}
      />
    </label>
  )
}

/** Chooses all rows of the page. */
export function PageCheckbox({ selection }: { selection: Selection }) {
  const checkbox = useRef<HTMLInputElement>(null)
  useEffect(() => {
    // The one state of a checkbox that HTML has no attribute for.
    if (checkbox.current) checkbox.current.indeterminate = selection.pageState === 'some'
  }, [selection.pageState])
  return (
    <label className={styles.target}>
      <input
        ref={checkbox}
        type="checkbox"
        className={styles.checkbox}
        aria-label="Select all rows of this page"
        checked={selection.pageState === 'all'}
        onChange={selection.togglePage}
      />
    </label>
  )
}

/** A checkbox changes by a click, whose event knows the modifier keys. */
function isShiftPress(event: Event): boolean {
  return event instanceof MouseEvent && event.shiftKey
}
