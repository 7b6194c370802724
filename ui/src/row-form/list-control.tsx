import { useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import { Icon } from '../components/icon.tsx'
import type { ControlProps } from './control-props.ts'
import { nativeAttributes } from './control-props.ts'
import styles from './controls.module.css'

/** A list of plain values: each can be taken out, new ones are typed or pasted. */
export function ListControl(props: ControlProps) {
  const values = Array.isArray(props.input) ? props.input : []
  return props.column.type === 'enum' ? <Choices {...props} values={values} /> : <Tags {...props} values={values} />
}

interface ListProps extends ControlProps {
  values: string[]
}

function Choices({ column, values, isReadOnly, onChange }: ListProps) {
  const options = [...(column.options ?? []), ...values.filter((value) => !column.options?.includes(value))]
  const toggle = (option: string, isChosen: boolean) =>
    onChange(isChosen ? [...values, option] : values.filter((value) => value !== option))
  return (
    <div className={styles.choices}>
      {options.map((option) => (
        <label key={option} className={styles.choice}>
          <input
            type="checkbox"
            checked={values.includes(option)}
            disabled={isReadOnly}
            onChange={(event) => toggle(option, event.target.checked)}
          />
          {option}
        </label>
      ))}
    </div>
  )
}

function Tags(props: ListProps) {
  const { column, values, isReadOnly, onChange } = props
  const [text, setText] = useState('')
  const add = (texts: string[]) => {
    const added = texts.map((value) => value.trim()).filter((value) => value !== '')
    if (added.length > 0) onChange([...values, ...added])
    setText('')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // What stands in the box belongs to the list when the row is saved from the keyboard.
    if (event.key === 's' && (event.metaKey || event.ctrlKey)) add([text])
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      // Enter would otherwise save the form.
      event.preventDefault()
      add([text])
    }
    if (event.key === 'Backspace' && text === '') onChange(values.slice(0, -1))
  }
  const onPaste = (event: ClipboardEvent) => {
    const lines = event.clipboardData.getData('text').split(/[\n\t]/)
    if (lines.length < 2) return
    event.preventDefault()
    add(lines)
  }
  return (
    <div className={styles.group} data-readonly={isReadOnly || undefined}>
      <ul className={styles.tags} aria-label={column.label}>
        {values.map((value, index) => (
          // A list may hold one value twice, and nothing but its place tells the two apart.
          // eslint-disable-next-line react/no-array-index-key
          <li key={`${index}:${value}`} className={styles.tag}>
            {value === '' ? <em>empty text</em> : value}
            {!isReadOnly && (
              <button
                type="button"
                className={styles.remove}
                aria-label={`Remove ${value}`}
                onClick={() => onChange(values.filter((_, location) => location !== index))}
              >
                <Icon name="close" size={14} />
              </button>
            )}
          </li>
        ))}
        {!isReadOnly && (
          <li style={{ flex: '1 1 140px' }}>
            <input
              {...nativeAttributes(props)}
              type="text"
              value={text}
              placeholder={values.length === 0 ? 'Type a value, then Enter' : 'Add another'}
              onChange={(event) => setText(event.target.value)}
              onKeyDown={onKeyDown}
              onPaste={onPaste}
              onBlur={() => add([text])}
              autoComplete="off"
              className={styles.input}
            />
          </li>
        )}
      </ul>
    </div>
  )
}
