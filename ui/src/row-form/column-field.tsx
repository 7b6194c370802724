import type { ColumnSchema } from '../../../src/contract/tables.ts'
import { MediaField } from '../media-field/media-field.tsx'
import { BooleanControl } from './boolean-control.tsx'
import { holdsList } from './column-input.ts'
import { placeholderOf, type ControlProps } from './control-props.ts'
import { EnumControl } from './enum-control.tsx'
import { describedBy, FieldFrame } from './field-frame.tsx'
import { ForeignKeyControl } from './foreign-key-control.tsx'
import { JsonControl } from './json-control.tsx'
import { ListControl } from './list-control.tsx'
import { localTimeZone } from './local-timestamp.ts'
import { MomentControl } from './moment-control.tsx'
import { ReadOnlyValue } from './read-only-value.tsx'
import { mustBeGiven, savedInput } from './row-changes.ts'
import { TextControl } from './text-control.tsx'
import type { RowForm } from './use-row-form.ts'

export interface ColumnFieldProps {
  form: RowForm
  column: ColumnSchema
  /** Whole page: nothing can be changed. */
  isReadOnly: boolean
  labels: Record<string, Record<string, string>>
  takesPagePaste: boolean
}

/** The field of one column: its label, the control that suits its type, and what is wrong with it. */
export function ColumnField({ form, column, isReadOnly, labels, takesPagePaste }: ColumnFieldProps) {
  const id = fieldId(column)
  const input = form.inputFor(column)
  const problem = form.problems[column.name] ?? null
  if (column.media) {
    return (
      <MediaField
        id={id}
        table={form.schema.name}
        column={column}
        value={fileKeysOf(input)}
        savedValue={fileKeysOf(savedInput(column, form.row))}
        problem={problem}
        isRequired={mustBeGiven(column) && !column.isArray}
        isReadOnly={isReadOnly || column.isReadOnly}
        takesPagePaste={takesPagePaste}
        onChange={(fileKeys) => form.setInput(column, column.isArray ? fileKeys : (fileKeys[0] ?? null))}
        onPendingChange={(pending) => form.setPendingUploads(column.name, pending)}
      />
    )
  }
  const isFixed = column.isReadOnly || (form.row !== null && column.name === form.schema.primaryKey)
  const isNew = form.row === null
  if (isFixed) {
    return (
      <FieldFrame id={id} label={column.label} labelAs="text" hint={isNew ? 'Filled in when the row is saved.' : null}>
        <ReadOnlyValue column={column} value={form.row?.[column.name] ?? null} labelledBy={id} />
      </FieldFrame>
    )
  }
  const hint = hintOf(column, isNew)
  const isRequired = isNew && mustBeGiven(column) && !column.isArray && column.type !== 'boolean'
  const control: ControlProps = {
    column,
    input,
    id,
    describedBy: describedBy(id, { hint: hint !== null, problem: problem !== null }),
    isInvalid: problem !== null,
    isRequired,
    isReadOnly,
    onChange: (changed) => form.setInput(column, changed),
  }
  return (
    <FieldFrame
      id={id}
      label={column.label}
      labelAs={holdsList(column) && column.type === 'enum' ? 'legend' : 'label'}
      isRequired={isRequired}
      isChanged={column.name in form.edits && !isNew}
      hint={hint}
      problem={problem}
      onClear={isClearable(column) && input !== null && !isReadOnly ? () => form.setInput(column, null) : null}
    >
      <Control {...control} form={form} savedLabel={labels[column.name]?.[String(input)]} />
    </FieldFrame>
  )
}

/** The element that the column's control has, for labels and for the error summary's links. */
export function fieldId(column: ColumnSchema): string {
  return `field-${column.name}`
}

function Control({ form, savedLabel, ...props }: ControlProps & { form: RowForm; savedLabel: string | undefined }) {
  const { column } = props
  const placeholder = placeholderOf(column, form.row === null)
  if (holdsList(column)) return <ListControl {...props} />
  if (column.isArray) return <JsonControl {...props} />
  if (column.foreignKey) return <ForeignKeyControl {...props} target={column.foreignKey} savedLabel={savedLabel} />
  switch (column.type) {
    case 'boolean':
      return <BooleanControl {...props} />
    case 'date':
    case 'time':
    case 'timestamp':
      return <MomentControl {...props} />
    case 'enum':
      return <EnumControl {...props} placeholder={placeholder} />
    case 'json':
      return <JsonControl {...props} />
    case 'text':
    case 'integer':
    case 'bigint':
    case 'float':
    case 'decimal':
    case 'uuid':
    case 'other':
      return <TextControl {...props} placeholder={placeholder} isMultiline={isMultiline(column, form)} />
  }
}

/** Text that may be long grows with what is typed. What names a row is one line. */
function isMultiline(column: ColumnSchema, { schema }: RowForm): boolean {
  const hasRoom = column.maxLength === null || column.maxLength > 500
  return column.type === 'text' && hasRoom && !column.isUnique && column.name !== schema.labelColumn
}

/** Emptying text does the same as clearing it, and the choices of a list have one for none. */
function isClearable(column: ColumnSchema): boolean {
  if (!column.isNullable) return false
  return column.foreignKey !== null || ['date', 'time', 'timestamp', 'json'].includes(column.type) || column.isArray
}

function hintOf(column: ColumnSchema, isNew: boolean): string | null {
  const sentences: string[] = []
  if (column.type === 'timestamp') sentences.push(`In your time, ${localTimeZone()}.`)
  if (isNew && column.hasDefault && HAS_NO_PLACEHOLDER.has(column.type)) sentences.push('Filled in when it is left empty.')
  return sentences.length > 0 ? sentences.join(' ') : null
}

const HAS_NO_PLACEHOLDER = new Set(['date', 'time', 'timestamp', 'json'])

function fileKeysOf(input: unknown): string[] {
  if (Array.isArray(input)) return input.filter((key): key is string => typeof key === 'string')
  return typeof input === 'string' && input !== '' ? [input] : []
}
