import { Button } from '../components/button.tsx'
import { classNames } from '../components/class-names.ts'
import { nativeAttributes, type ControlProps } from './control-props.ts'
import styles from './controls.module.css'

/** Text, numbers and UUIDs: whatever is typed letter by letter. */
export function TextControl(props: ControlProps) {
  const { column, input, isReadOnly, onChange, placeholder, isMultiline } = props
  const text = typeof input === 'string' ? input : ''
  const shared = {
    ...nativeAttributes(props),
    value: text,
    placeholder,
    readOnly: isReadOnly,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  }
  if (isMultiline) {
    // `rows` is for browsers that do not size a field by its content.
    const rows = Math.min(Math.max(text.split('\n').length, Math.ceil(text.length / 80), 1), 16)
    return <textarea {...shared} rows={rows} className={classNames(styles.input, styles.multiline)} />
  }
  const isNumber = NUMBER_TYPES.has(column.type)
  const field = (
    <input
      {...shared}
      type="text"
      inputMode={column.type === 'integer' || column.type === 'bigint' ? 'numeric' : isNumber ? 'decimal' : undefined}
      autoComplete="off"
      spellCheck={column.type === 'text' ? undefined : false}
      className={classNames(styles.input, isNumber && styles.digits, column.type === 'uuid' && styles.code)}
    />
  )
  if (column.type !== 'uuid' || isReadOnly) return field
  return (
    <div className={styles.row}>
      {field}
      <Button onClick={() => onChange(crypto.randomUUID())}>
        Generate<span className="visually-hidden"> {column.label}</span>
      </Button>
    </div>
  )
}

const NUMBER_TYPES = new Set(['integer', 'bigint', 'float', 'decimal'])
