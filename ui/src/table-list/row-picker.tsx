import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { Row } from '../../../src/contract/rows.ts'
import type { ColumnReference, TableSchema } from '../../../src/contract/tables.ts'
import { focusOnMount } from '../components/focus-on-mount.ts'
import { SearchField } from '../components/text-field.tsx'
import { useDebouncedValue } from '../components/use-debounced-value.ts'
import { rowsQuery, tableSchemaQuery } from '../queries.ts'
import { keyText, rowLabel } from './row-identity.ts'
import styles from './filter-editor.module.css'

export interface RowPickerProps {
  reference: ColumnReference
  /** The chosen row's value in the referenced column, as text. */
  value: string
  onChange: (value: string) => void
}

const MAX_SHOWN = 8

/** Finds a row of another table by what it is called. */
export function RowPicker({ reference, value, onChange }: RowPickerProps) {
  const [search, setSearch] = useState('')
  const settled = useDebouncedValue(search)
  const schema = useQuery(tableSchemaQuery(reference.table))
  const rows = useQuery(rowsQuery(reference.table, { search: settled, pageSize: MAX_SHOWN }))
  const error = schema.error ?? rows.error
  if (error) return <p className={styles.note}>{error.message}</p>
  return (
    <>
      <SearchField
        label={`Find in ${schema.data?.label ?? reference.table}`}
        value={search}
        onChange={setSearch}
        ref={focusOnMount}
      />
      {schema.data && rows.data && (
        <Found schema={schema.data} rows={rows.data.rows} column={reference.column} value={value} onChange={onChange} />
      )}
    </>
  )
}

interface FoundProps {
  schema: TableSchema
  rows: Row[]
  column: string
  value: string
  onChange: (value: string) => void
}

function Found({ schema, rows, column, value, onChange }: FoundProps) {
  const name = useId()
  if (rows.length === 0) return <p className={styles.note}>No row matches.</p>
  return (
    <fieldset className={styles.options}>
      <legend className="visually-hidden">{schema.label}</legend>
      {rows.map((row) => {
        const key = keyText(row[column])
        return (
          <label key={key} className={styles.option}>
            <input type="radio" name={name} checked={value === key} onChange={() => onChange(key)} />
            <span className={styles.optionLabel}>{rowLabel(row, schema)}</span>
          </label>
        )
      })}
    </fieldset>
  )
}
