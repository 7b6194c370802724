import { nativeAttributes, type ControlProps } from './control-props.ts'
import styles from './controls.module.css'
import { NativeSelect } from './native-select.tsx'

/** A switch; where the column may also hold nothing, three choices. */
export function BooleanControl(props: ControlProps) {
  const { column, input, isReadOnly, onChange } = props
  if (column.isNullable || input === null) {
    return (
      <NativeSelect
        control={props}
        value={input === null ? '' : String(input)}
        onChange={(chosen) => onChange(chosen === '' ? null : chosen === 'true')}
      >
        <option value="">{column.isNullable ? 'Not set' : 'Default'}</option>
        <option value="true">Yes</option>
        <option value="false">No</option>
      </NativeSelect>
    )
  }
  return (
    <div className={styles.switchLabel}>
      <input
        {...nativeAttributes(props)}
        type="checkbox"
        role="switch"
        aria-required={undefined}
        checked={input === true}
        aria-checked={input === true}
        disabled={isReadOnly}
        onChange={(event) => onChange(event.target.checked)}
        className={styles.switch}
      />
      <span aria-hidden="true">{input === true ? 'Yes' : 'No'}</span>
    </div>
  )
}
