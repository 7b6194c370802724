/* eslint-disable jsx-a11y/prefer-tag-over-role -- `option` outside a `select` can hold no image */
/* eslint-disable jsx-a11y/no-noninteractive-element-to-interactive-role -- a list, for browsers without ARIA */
/* eslint-disable jsx-a11y/click-events-have-key-events -- the keys work in the box, which keeps the focus */
import { useEffect, useRef } from 'react'
import type { Row } from '../../../src/contract/rows.ts'
import type { TableSchema } from '../../../src/contract/tables.ts'
import { FileThumbnail } from '../components/file-thumbnail.tsx'
import styles from './foreign-key-control.module.css'
import { firstFile, rowId, rowLabel, toText } from './row-label.ts'

export interface RowOptionsProps {
  id: string
  label: string
  schema: TableSchema | undefined
  rows: readonly Row[]
  /** The column whose value is taken. */
  keyColumn: string
  /** The place of the option that the keyboard is on; -1 for none. */
  active: number
  /** Said when there are no rows. */
  message: string
  onChoose: (row: Row) => void
}

/** The suggestions under a row search. */
export function RowOptions({ id, label, schema, rows, keyColumn, active, message, onChoose }: RowOptionsProps) {
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <section aria-label={`${label} choices`}>
      <ul ref={list} id={id} role="listbox" aria-label={label} className={styles.list}>
        {schema &&
          rows.map((row, index) => (
            <li
              key={toText(row[keyColumn])}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active}
              className={styles.option}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onChoose(row)}
            >
              <Option schema={schema} row={row} />
            </li>
          ))}
      </ul>
      <output className={styles.nothing}>{rows.length === 0 ? message : ''}</output>
    </section>
  )
}

function Option({ schema, row }: { schema: TableSchema; row: Row }) {
  const file = firstFile(schema, row)
  const key = rowId(schema, row)
  return (
    <>
      {file ? <FileThumbnail {...file} /> : schema.hasMedia && <span className={styles.noPicture} />}
      <span className={styles.optionLabel}>{rowLabel(schema, row)}</span>
      <span className={styles.optionId}>{key.length > 10 ? `${key.slice(0, 8)}…` : key}</span>
    </>
  )
}
