import type { FilterOperator } from '../../../src/contract/rows.ts'
import type { ColumnSchema, ColumnType } from '../../../src/contract/tables.ts'
import { focusOnMount } from '../components/focus-on-mount.ts'
import { Select } from '../components/select.tsx'
import { TextField } from '../components/text-field.tsx'
import { dateTimeInputValue, isoFromDateTimeInput } from './date-time-input.ts'
import { RowPicker } from './row-picker.tsx'
import styles from './filter-editor.module.css'

export interface FilterValueProps {
  column: ColumnSchema
  operator: FilterOperator
  value: string
  onChange: (value: string) => void
}

/** The control that suits what the column is compared with. */
export function FilterValue({ column, operator, value, onChange }: FilterValueProps) {
  if (column.options && operator === 'in') {
    return <OptionBoxes options={column.options} value={value} onChange={onChange} />
  }
  if (column.options) {
    const options = [
      { value: '', label: 'Choose a value' },
      ...column.options.map((each) => ({ value: each, label: each })),
    ]
    return <Select label="Value" isLabelHidden options={options} value={value} onChange={onChange} />
  }
  if (column.foreignKey) return <RowPicker reference={column.foreignKey} value={value} onChange={onChange} />
  if (column.type === 'timestamp') {
    return (
      <TextField
        label="Value"
        isLabelHidden
        type="datetime-local"
        ref={focusOnMount}
        value={dateTimeInputValue(value)}
        onChange={(event) => onChange(isoFromDateTimeInput(event.target.value))}
      />
    )
  }
  return (
    <TextField
      label="Value"
      isLabelHidden
      {...inputAttributes(column)}
      ref={focusOnMount}
      autoComplete="off"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

function inputAttributes(column: ColumnSchema): React.ComponentProps<'input'> {
  const attributes = column.isArray ? undefined : attributesByType[column.type]
  return attributes ?? { type: 'text' }
}

const wholeNumber = { type: 'text', inputMode: 'numeric', pattern: '-?[0-9]+', title: 'A whole number' } as const
const anyNumber = {
  type: 'text',
  inputMode: 'decimal',
  pattern: '-?[0-9]+([.][0-9]+)?',
  title: 'A number such as 12.5',
} as const

const attributesByType: Partial<Record<ColumnType, React.ComponentProps<'input'>>> = {
  integer: wholeNumber,
  bigint: wholeNumber,
  float: anyNumber,
  decimal: anyNumber,
  date: { type: 'date' },
  time: { type: 'time', step: 1 },
}

interface OptionBoxesProps {
  options: string[]
  /** The chosen options, separated by commas. */
  value: string
  onChange: (value: string) => void
}

function OptionBoxes({ options, value, onChange }: OptionBoxesProps) {
  const chosen = value === '' ? [] : value.split(',')
  const toggle = (option: string) =>
    onChange(options.filter((each) => (each === option ? !chosen.includes(each) : chosen.includes(each))).join(','))
  return (
    <fieldset className={styles.options}>
      <legend className="visually-hidden">Values</legend>
      {options.map((option) => (
        <label key={option} className={styles.option}>
          <input type="checkbox" checked={chosen.includes(option)} onChange={() => toggle(option)} />
          <span className={styles.optionLabel}>{option}</span>
        </label>
      ))}
    </fieldset>
  )
}
