import type { ControlProps } from './control-props.ts'
import { NativeSelect } from './native-select.tsx'

/** One of the values that the column allows. */
export function EnumControl(props: ControlProps) {
  const { column, input, onChange, placeholder } = props
  const value = typeof input === 'string' ? input : ''
  const options = column.options ?? []
  return (
    <NativeSelect control={props} value={value} onChange={(chosen) => onChange(chosen === '' ? null : chosen)}>
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
    </NativeSelect>
  )
}
