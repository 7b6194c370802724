import { nativeAttributes, type ControlProps } from './control-props.ts'
import { classNames } from '../components/class-names.ts'
import styles from './controls.module.css'

/** A switch; where the column may also hold nothing, three choices. */
export function BooleanControl(props: ControlProps) {
  const { column, input, isReadOnly, onChange } = props
  if (column.isNullable || input === null) {
    return (
      <select
        {...nativeAttributes(props)}
        disabled={isReadOnly}
        value={input === null ? '' : String(input)}
        onChange={(event) => onChange(event.target.value === '' ? null : event.target.value === 'true')}
        className={classNames(styles.input, styles.select)}
      >
        <option value="">{column.isNullable ? 'Not set' : 'Default'}</option>
        <option value="true">Yes</option>
        <option value="false">No</option>
      </select>
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
        disabled={isReadOnly}
        onChange={(event) => onChange(event.target.checked)}
        className={styles.switch}
      />
      <span aria-hidden="true">{input === true ? 'Yes' : 'No'}</span>
    </div>
  )
}
