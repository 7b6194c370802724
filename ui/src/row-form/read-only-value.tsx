import type { JsonValue } from '../../../src/contract/rows.ts'
import type { ColumnSchema } from '../../../src/contract/tables.ts'
import { classNames } from '../components/class-names.ts'
import styles from './controls.module.css'
import { labelId } from './field-frame.tsx'

/** A value that nobody gives: a key, a generated column. Text that can be selected and copied. */
export function ReadOnlyValue(props: { column: ColumnSchema; value: JsonValue; labelledBy: string }) {
  const text = describe(props.column, props.value)
  return (
    <output
      className={classNames(styles.text, text === null && styles.none)}
      aria-labelledby={labelId(props.labelledBy)}
    >
      {text ?? 'None'}
    </output>
  )
}

function describe(column: ColumnSchema, value: JsonValue): string | null {
  if (value === null) return null
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (typeof value === 'object') return JSON.stringify(value, null, 2)
  if (column.type !== 'timestamp') return String(value)
  const moment = new Date(String(value))
  return Number.isNaN(moment.getTime()) ? String(value) : moment.toLocaleString()
}
