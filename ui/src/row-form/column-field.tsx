import { createElement, useMemo, type ComponentType } from 'react'
import type { ColumnSchema, ColumnType } from '../../../src/contract/tables.ts'
import type { FileLocation } from '../api.ts'
import { MediaField } from '../media-field/media-field.tsx'
import { BooleanControl } from './boolean-control.tsx'
import { holdsList } from './column-input.ts'
import { getPlaceholder, type ControlProps } from './control-props.ts'
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
  /** All files of the row, for the viewer's arrows. */
  viewerFiles: readonly FileLocation[]
}

/** The field of one column: its label, the control that suits its type, and what is wrong with it. */
export function ColumnField(props: ColumnFieldProps) {
  const { form, column } = props
  if (column.media) return <MediaColumn {...props} />
  const isFixed = column.isReadOnly || (form.row !== null && column.name === form.schema.primaryKey)
  return isFixed ? <FixedColumn {...props} /> : <EditedColumn {...props} />
}

function MediaColumn({ form, column, isReadOnly, takesPagePaste, viewerFiles }: ColumnFieldProps) {
  const input = form.inputFor(column)
  const value = useMemo(() => getFileKeys(input), [input])
  const savedValue = useMemo(() => getFileKeys(savedInput(column, form.row)), [column, form.row])
  return (
    <MediaField
      id={fieldId(column)}
      table={form.schema.name}
      column={column}
      value={value}
      savedValue={savedValue}
      problem={form.problems[column.name] ?? null}
      isRequired={mustBeGiven(column) && !column.isArray}
      isChanged={column.name in form.edits && form.row !== null}
      isReadOnly={isReadOnly || column.isReadOnly}
      takesPagePaste={takesPagePaste}
      viewerFiles={viewerFiles}
      onChange={(fileKeys) => form.setInput(column, column.isArray ? fileKeys : (fileKeys[0] ?? null))}
      onPendingChange={(pending) => form.setPendingUploads(column.name, pending)}
    />
  )
}

function FixedColumn({ form, column }: ColumnFieldProps) {
  const id = fieldId(column)
  return (
    <FieldFrame id={id} label={column.label} labelAs="text" width={getWidth(column)}>
      <ReadOnlyValue column={column} value={form.row?.[column.name] ?? null} labelledBy={id} />
    </FieldFrame>
  )
}

function EditedColumn({ form, column, isReadOnly, labels }: ColumnFieldProps) {
  const id = fieldId(column)
  const input = form.inputFor(column)
  const problem = form.problems[column.name] ?? null
  const isNew = form.row === null
  const hint = getHint(column, isNew)
  const isRequired = isNew && mustBeGiven(column) && !column.isArray && column.type !== 'boolean'
  const canClear = isClearable(column) && input !== null && !isReadOnly
  return (
    <FieldFrame
      id={id}
      label={column.label}
      labelAs={holdsList(column) && column.type === 'enum' ? 'legend' : 'label'}
      isRequired={isRequired}
      isChanged={column.name in form.edits && !isNew}
      hint={hint}
      problem={problem}
      width={getWidth(column)}
      onClear={canClear ? () => form.setInput(column, null) : null}
    >
      {createElement(controlFor(column), {
        column,
        input,
        id,
        describedBy: describedBy(id, { hint: hint !== null, problem: problem !== null }),
        isInvalid: problem !== null,
        isRequired,
        isReadOnly,
        placeholder: getPlaceholder(column, isNew),
        savedLabel: labels[column.name]?.[String(input)],
        isMultiline: isMultiline(column, form),
        onChange: (changed) => form.setInput(column, changed),
      })}
    </FieldFrame>
  )
}

/** The element that the column's control has, for labels and for the error summary's links. */
export function fieldId(column: ColumnSchema): string {
  return `field-${column.name}`
}

function controlFor(column: ColumnSchema): ComponentType<ControlProps> {
  if (holdsList(column)) return ListControl
  if (column.isArray) return JsonControl
  return column.foreignKey ? ForeignKeyControl : controlsByType[column.type]
}

const controlsByType: Record<ColumnType, ComponentType<ControlProps>> = {
  text: TextControl,
  integer: TextControl,
  bigint: TextControl,
  float: TextControl,
  decimal: TextControl,
  uuid: TextControl,
  other: TextControl,
  boolean: BooleanControl,
  date: MomentControl,
  time: MomentControl,
  timestamp: MomentControl,
  enum: EnumControl,
  json: JsonControl,
}

/** Text that may be long grows with what is typed. What names a row is one line. */
function isMultiline(column: ColumnSchema, { schema }: RowForm): boolean {
  const hasRoom = column.maxLength === null || column.maxLength > 500
  return column.type === 'text' && hasRoom && !column.isUnique && column.name !== schema.labelColumn
}

function getWidth(column: ColumnSchema): 'half' | 'wide' {
  const isShort = column.type !== 'json' && column.type !== 'other' && !column.isArray
  return isShort && (column.type !== 'text' || column.foreignKey !== null || (column.maxLength ?? Infinity) <= 64)
    ? 'half'
    : 'wide'
}

/** Emptying text does the same as clearing it, and the choices of a list have one for none. */
function isClearable(column: ColumnSchema): boolean {
  if (!column.isNullable) return false
  return column.foreignKey !== null || ['date', 'time', 'timestamp', 'json'].includes(column.type) || column.isArray
}

function getHint(column: ColumnSchema, isNew: boolean): string | null {
  const sentences: string[] = []
  if (column.type === 'timestamp') sentences.push(`In your time, ${localTimeZone()}.`)
  if (isNew && column.hasDefault && HAS_NO_PLACEHOLDER.has(column.type))
    sentences.push('Filled in when it is left empty.')
  return sentences.length > 0 ? sentences.join(' ') : null
}

const HAS_NO_PLACEHOLDER = new Set(['date', 'time', 'timestamp', 'json'])

function getFileKeys(input: unknown): string[] {
  if (Array.isArray(input)) return input.filter((key): key is string => typeof key === 'string')
  return typeof input === 'string' && input !== '' ? [input] : []
}
