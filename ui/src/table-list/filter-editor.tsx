import { useState } from 'react'
import type { ColumnSchema } from '../../../src/contract/tables.ts'
import { Button } from '../components/button.tsx'
import { focusOnMount } from '../components/focus-on-mount.ts'
import { IconButton } from '../components/icon-button.tsx'
import { Select } from '../components/select.tsx'
import { FilterValue } from './filter-value.tsx'
import { getChoice, filterChoices } from './filter.ts'
import type { Filter, FilterChoice } from './filter.ts'
import styles from './filter-editor.module.css'

export interface FilterEditorProps {
  column: ColumnSchema
  /** The filter to change; none when one is added. */
  filter?: Filter
  /** Back to the choice of a column. */
  onBack?: () => void
  onSubmit: (filter: Filter) => void
  submitLabel: string
}

/** A condition on a column: how to compare, and with what. */
export function FilterEditor({ column, filter, onBack, onSubmit, submitLabel }: FilterEditorProps) {
  const choices = filterChoices(column)
  const [choice, setChoice] = useState(() => (filter && getChoice(filter, column)) ?? choices[0])
  const [value, setValue] = useState(filter && choice?.value === undefined ? filter.value : '')
  if (!choice) return null

  const isComplete = choice.value !== undefined || value.trim() !== ''
  const submit = () => {
    if (isComplete) onSubmit({ column: column.name, operator: choice.operator, value: choice.value ?? value })
  }
  return (
    <form
      className={styles.editor}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <div className={styles.heading}>
        {onBack && <IconButton icon="arrow-left" label="Choose another column" size="s" onClick={onBack} />}
        <h3 className={styles.column}>{column.label}</h3>
      </div>
      <Select
        label="Condition"
        isLabelHidden
        options={choices.map((each) => ({ value: choiceKey(each), label: each.label }))}
        value={choiceKey(choice)}
        onChange={(key) => setChoice(choices.find((each) => choiceKey(each) === key) ?? choice)}
        ref={choice.value === undefined ? null : focusOnMount}
      />
      {choice.value === undefined && (
        <FilterValue column={column} operator={choice.operator} value={value} onChange={setValue} />
      )}
      <Button type="submit" variant="primary" disabled={!isComplete}>
        {submitLabel}
      </Button>
    </form>
  )
}

function choiceKey(choice: FilterChoice): string {
  return `${choice.operator}:${choice.value ?? ''}`
}
