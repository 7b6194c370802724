import { useState } from 'react'
import type { ColumnReference } from '../../../src/contract/tables.ts'
import type { ControlProps } from './control-props.ts'
import styles from './foreign-key-control.module.css'
import { rowLabel } from './row-label.ts'
import { RowSearch } from './row-search.tsx'
import { TargetRowLink } from './target-row-link.tsx'
import { useTargetRow, type TargetRow } from './use-target-row.ts'

/** Another table's row: searched by its name, shown with its image. */
export function ForeignKeyControl(props: ControlProps) {
  const target = props.column.foreignKey
  return target && <RowReference {...props} target={target} />
}

function RowReference(props: ControlProps & { target: ColumnReference }) {
  const { target, isReadOnly, onChange } = props
  const key = getKey(props.input)
  const targetRow = useTargetRow(target, key)
  // What was chosen from the list has a name already, before its row is asked for.
  const [chosenLabel, setChosenLabel] = useState<string | null>(null)
  const label = getLabel(targetRow) ?? chosenLabel ?? props.savedLabel ?? key ?? ''
  return (
    <div className={styles.control}>
      {!isReadOnly && (
        <RowSearch
          control={props}
          target={target}
          schema={targetRow.schema}
          chosenLabel={key === null ? '' : label}
          onChoose={(chosen) => {
            setChosenLabel(chosen?.label ?? null)
            onChange(chosen?.key ?? null)
          }}
        />
      )}
      {key !== null && <TargetRowLink {...targetRow} label={label} />}
      {key === null && isReadOnly && <span className={styles.none}>None</span>}
    </div>
  )
}

function getKey(input: ControlProps['input']): string | null {
  return typeof input === 'string' && input !== '' ? input : null
}

function getLabel({ schema, row }: TargetRow): string | null {
  return schema && row ? rowLabel(schema, row) : null
}
