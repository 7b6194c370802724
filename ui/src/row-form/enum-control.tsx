import { nativeAttributes, type ControlProps } from './control-props.ts'
import { classNames } from '../components/class-names.ts'
import styles from './controls.module.css'

/** One of the values that the column allows. */
export function EnumControl(props: ControlProps & { placeholder: string }) {
  const { column, input, isReadOnly, onChange, placeholder } = props
  const value = typeof input === 'string' ? input : ''
  const options = column.options ?? []
  return (
    <select
      {...nativeAttributes(props)}
      disabled={isReadOnly}
      value={value}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
      className={classNames(styles.input, styles.select)}
    >
      {(column.isNullable || value === '') && (
        <option value="">{placeholder ? `Default: ${placeholder}` : column.isNullable ? 'Not set' : 'Choose…'}</option>
      )}
      {/* A row from before the list of values changed. */}
      {value !== '' && !options.includes(value) && <option value={value}>{value} (no longer allowed)</option>}
      {options.map((option) => (
        <option key={option} value={option}>
          {option}
        </option>
      ))}
    </select>
  )
}
