import { Button } from '../components/button.tsx'
import { classNames } from '../components/class-names.ts'
import { nativeAttributes, type ControlProps } from './control-props.ts'
import styles from './controls.module.css'

/** JSON as text. It is checked while it is typed; what is not JSON yet is kept, and not saved. */
export function JsonControl(props: ControlProps) {
  const { column, input, isReadOnly, onChange } = props
  const text = typeof input === 'string' ? input : ''
  const formatted = format(text)
  return (
    <div>
      <textarea
        {...nativeAttributes(props)}
        value={text}
        readOnly={isReadOnly}
        rows={Math.min(Math.max(text.split('\n').length, 3), 20)}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        className={classNames(styles.input, styles.multiline, styles.code)}
      />
      {!isReadOnly && formatted !== null && formatted !== text && (
        <div className={styles.tools}>
          <Button size="s" onClick={() => onChange(formatted)}>
            Format<span className="visually-hidden"> {column.label}</span>
          </Button>
        </div>
      )}
    </div>
  )
}

/** `null` when the text is not JSON. */
function format(text: string): string | null {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return null
  }
}
