import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { ComboBox } from 'react-aria-components/ComboBox'
import { Input } from 'react-aria-components/Input'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover } from 'react-aria-components/Popover'
import type { Row } from '../../../src/contract/rows.ts'
import type { ColumnReference, TableSchema } from '../../../src/contract/tables.ts'
import { FileThumbnail } from '../components/file-thumbnail.tsx'
import { Icon } from '../components/icon.tsx'
import { rowsQuery } from '../queries.ts'
import type { ControlProps } from './control-props.ts'
import styles from './foreign-key-control.module.css'
import { firstFile, rowId, rowLabel } from './row-label.ts'
import { TargetRowLink } from './target-row-link.tsx'
import { useDebouncedValue } from '../components/use-debounced-value.ts'
import { useTargetRow } from './use-target-row.ts'

export interface ForeignKeyControlProps extends ControlProps {
  target: ColumnReference
  /** What the saved row is called, while its own table is still asked. */
  savedLabel: string | undefined
}

/** Another table's row: searched by its name, shown with its picture. */
export function ForeignKeyControl(props: ForeignKeyControlProps) {
  const { target, savedLabel, input, isReadOnly } = props
  const key = typeof input === 'string' && input !== '' ? input : null
  const { schema, row, isMissing } = useTargetRow(target, key)
  const label = schema && row ? rowLabel(schema, row) : (savedLabel ?? key ?? '')
  return (
    <div className={styles.control}>
      {/* The key begins anew with each value, so that the text in the box is the name of what was chosen. */}
      {!isReadOnly && <RowSearch {...props} key={label} chosenKey={key} chosenLabel={label} schema={schema} />}
      {key !== null && <TargetRowLink schema={schema} row={row} label={label} isMissing={isMissing} />}
      {key === null && isReadOnly && <span className={styles.none}>None</span>}
    </div>
  )
}

interface RowSearchProps extends ForeignKeyControlProps {
  chosenKey: string | null
  chosenLabel: string
  schema: TableSchema | undefined
}

const MOST_OPTIONS = 20

function RowSearch({ column, target, chosenKey, chosenLabel, schema, onChange, ...props }: RowSearchProps) {
  const [text, setText] = useState(chosenLabel)
  const [isOpen, setIsOpen] = useState(false)
  // As long as the box shows the chosen row's name, it is a name and not a question.
  const search = useDebouncedValue(text === chosenLabel ? '' : text.trim(), 200)
  const query = { pageSize: MOST_OPTIONS, ...(search && { search }), ...(schema && { sort: [schema.labelColumn] }) }
  const rows = useQuery({ ...rowsQuery(target.table, query), enabled: isOpen && schema !== undefined })
  const options = schema ? (rows.data?.rows ?? []) : []
  return (
    <ComboBox
      aria-label={column.label}
      {...(props.describedBy !== undefined && { 'aria-describedby': props.describedBy })}
      isInvalid={props.isInvalid}
      isRequired={props.isRequired}
      items={options}
      defaultFilter={() => true}
      allowsEmptyCollection
      value={chosenKey}
      inputValue={text}
      onInputChange={setText}
      onOpenChange={setIsOpen}
      onChange={(chosen) => {
        if (chosen !== null && chosen !== chosenKey) onChange(String(chosen))
      }}
      onBlur={() => {
        // An emptied box means none; a half-typed name means nothing.
        if (text === '' && column.isNullable && chosenKey !== null) onChange(null)
        setText(chosenLabel)
      }}
      className={styles.combo ?? ''}
    >
      <Input id={props.id} className={styles.input ?? ''} placeholder={`Search ${schema?.label ?? target.table}`} />
      <AriaButton className={styles.opener ?? ''} aria-label={`Show ${column.label} choices`}>
        <Icon name="chevron-down" />
      </AriaButton>
      <Popover className={styles.popover ?? ''} offset={4}>
        <ListBox
          className={styles.list ?? ''}
          renderEmptyState={() => <Nothing isLoading={rows.isFetching} isError={rows.isError} search={search} />}
        >
          {(row: Row) => schema && <Option schema={schema} row={row} target={target} />}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}

function Option({ schema, row, target }: { schema: TableSchema; row: Row; target: ColumnReference }) {
  const label = rowLabel(schema, row)
  const file = firstFile(schema, row)
  return (
    <ListBoxItem id={String(row[target.column])} textValue={label} className={styles.option ?? ''}>
      {file && <FileThumbnail {...file} />}
      <span className={styles.optionLabel}>{label}</span>
      <span className={styles.optionId}>{shorten(rowId(schema, row))}</span>
    </ListBoxItem>
  )
}

function Nothing({ isLoading, isError, search }: { isLoading: boolean; isError: boolean; search: string }) {
  const sentence = isError ? 'The rows could not be loaded.' : isLoading ? 'Searching…' : `Nothing matches “${search}”.`
  return <p className={styles.nothing}>{search === '' && !isLoading && !isError ? 'There are no rows.' : sentence}</p>
}

function shorten(id: string): string {
  return id.length > 10 ? `${id.slice(0, 8)}…` : id
}
