import type { ColumnSchema } from '../../../src/contract/tables.ts'
import type { ColumnInput } from './column-input.ts'

/** What every control of the form is given. The frame around it shows the label, the hint and the problem. */
export interface ControlProps {
  column: ColumnSchema
  input: ColumnInput
  /** The label points at it. */
  id: string
  describedBy: string | undefined
  isInvalid: boolean
  isRequired: boolean
  /** Nothing can be changed here: what is shown can still be read and copied. */
  isReadOnly: boolean
  /** What an empty control shows: the default that the database fills in. */
  placeholder: string
  /** What the row that a saved foreign key points at is called. */
  savedLabel: string | undefined
  /** The text may have line breaks. */
  isMultiline: boolean
  onChange: (input: ColumnInput) => void
}

/** The attributes that all native controls share. */
export function nativeAttributes({ id, describedBy, isInvalid, isRequired }: ControlProps) {
  return {
    id,
    'aria-describedby': describedBy,
    'aria-invalid': isInvalid || undefined,
    'aria-required': isRequired || undefined,
  }
}

/** What the database fills in when nothing is given, for an empty control. */
export function getPlaceholder(column: ColumnSchema, isNew: boolean): string {
  if (!isNew || !column.hasDefault) return ''
  const { defaultValue } = column
  if (defaultValue === null || typeof defaultValue === 'object') return 'Filled in automatically'
  return String(defaultValue)
}
