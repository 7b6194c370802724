import { useQuery } from '@tanstack/react-query'
import { useRef, useState, type KeyboardEvent } from 'react'
import { Popover } from 'react-aria-components/Popover'
import type { Row } from '../../../src/contract/rows.ts'
import type { ColumnReference, TableSchema } from '../../../src/contract/tables.ts'
import { Icon } from '../components/icon.tsx'
import { useDebouncedValue } from '../components/use-debounced-value.ts'
import { rowsQuery } from '../queries.ts'
import { nativeAttributes, type ControlProps } from './control-props.ts'
import styles from './foreign-key-control.module.css'
import { rowLabel, toText } from './row-label.ts'
import { RowOptions } from './row-options.tsx'

export interface RowChoice {
  key: string
  label: string
}

export interface RowSearchProps {
  control: ControlProps
  target: ColumnReference
  schema: TableSchema | undefined
  /** The name of the row that is chosen; empty when none is. */
  chosenLabel: string
  onChoose: (choice: RowChoice | null) => void
}

/**
 * A text box with suggestions, after the combobox pattern of the ARIA Authoring Practices: the focus stays in the box,
 * the arrow keys walk the list.
 */
export function RowSearch({ control, target, schema, chosenLabel, onChoose }: RowSearchProps) {
  const box = useRef<HTMLInputElement>(null)
  // `null` while nobody types: the box then shows the chosen row's name.
  const [text, setText] = useState<string | null>(null)
  const [isOpen, setIsOpen] = useState(false)
  // The key of the option that the arrow keys are on: answers come in late, and move options about.
  const [activeKey, setActiveKey] = useState<string | null>(null)
  const search = useDebouncedValue(text?.trim() ?? '', 200)
  const rows = useRowOptions(target, schema, isOpen ? search : null)
  // Until the answer for what is typed is here, the rows at hand are narrowed to those that fit.
  const options =
    schema && text ? rows.options.filter((row) => rows.isFor(text) || fits(rowLabel(schema, row), text)) : rows.options
  const active = options.findIndex((row) => toText(row[target.column]) === activeKey)
  const listId = `${control.id}-options`

  const close = () => {
    setIsOpen(false)
    setActiveKey(null)
  }
  const choose = (row: Row | undefined) => {
    if (!row || !schema) return
    setText(null)
    close()
    onChoose({ key: toText(row[target.column]), label: rowLabel(schema, row) })
  }
  const leave = () => {
    // An emptied box means none; a half-typed name means nothing.
    if (text === '' && control.column.isNullable && chosenLabel !== '') onChoose(null)
    setText(null)
    close()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const key = keys[event.key]
    if (!key || event.nativeEvent.isComposing || (!isOpen && event.key !== 'ArrowDown')) return
    event.preventDefault()
    if (key === 'choose') choose(options[active])
    else if (key === 'close') close()
    else if (!isOpen) setIsOpen(true)
    else setActiveKey(toText(options.at(nextPosition(active, key, options.length))?.[target.column]))
  }
  return (
    <div className={styles.combo}>
      <input
        {...nativeAttributes(control)}
        ref={box}
        type="text"
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && active >= 0 ? `${listId}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        className={styles.input}
        placeholder={`Search ${schema?.label ?? target.table}`}
        value={text ?? chosenLabel}
        onChange={(event) => {
          setText(event.target.value)
          setIsOpen(true)
          setActiveKey(null)
        }}
        onKeyDown={onKeyDown}
        onBlur={leave}
      />
      <button
        type="button"
        // The box has the same by ArrowDown, so this is for pointers; pressing it must not take the focus.
        tabIndex={-1}
        className={styles.opener}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => {
          box.current?.focus()
          setIsOpen(!isOpen)
        }}
      >
        <span className="visually-hidden">Show {control.column.label} choices</span>
        <Icon name="chevron-down" />
      </button>
      <Popover
        triggerRef={box}
        isOpen={isOpen}
        onOpenChange={(open) => !open && close()}
        isNonModal
        placement="bottom start"
        offset={4}
        className={styles.popover ?? ''}
      >
        <RowOptions
          id={listId}
          label={control.column.label}
          schema={schema}
          rows={options}
          keyColumn={target.column}
          active={active}
          message={rows.message}
          onChoose={choose}
        />
      </Popover>
    </div>
  )
}

const keys: Record<string, 1 | -1 | 'choose' | 'close'> = {
  ArrowDown: 1,
  ArrowUp: -1,
  Enter: 'choose',
  Escape: 'close',
}

function nextPosition(location: number, step: 1 | -1, count: number): number {
  if (location < 0) return step === 1 ? 0 : -1
  return (location + step) % count
}

function fits(label: string, text: string): boolean {
  return label.toLowerCase().includes(text.trim().toLowerCase())
}

const MAX_OPTIONS = 20

/** @param search `null` as long as nobody wants to know. */
function useRowOptions(target: ColumnReference, schema: TableSchema | undefined, search: string | null) {
  const query = {
    pageSize: MAX_OPTIONS,
    sort: schema ? [schema.labelColumn] : [],
    ...(search !== null && search !== '' && { search }),
  }
  const isEnabled = search !== null && schema !== undefined
  const { data, isError, isFetching, isPlaceholderData } = useQuery({
    ...rowsQuery(target.table, query),
    enabled: isEnabled,
  })
  return {
    options: isEnabled ? (data?.rows ?? []) : [],
    message: describe(search, isFetching, isError),
    isFor: (text: string) => search === text.trim() && !isPlaceholderData,
  }
}

function describe(search: string | null, isFetching: boolean, isError: boolean): string {
  if (isError) return 'The rows could not be loaded.'
  if (isFetching) return 'Searching…'
  return search ? `Nothing matches “${search}”.` : 'There are no rows.'
}
