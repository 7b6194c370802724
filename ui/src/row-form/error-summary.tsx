import { useEffect, useRef } from 'react'
import { Icon } from '../components/icon.tsx'
import { fieldId } from './column-field.tsx'
import styles from './row-form.module.css'
import type { RowForm } from './use-row-form.ts'

/** After a failed save: what is wrong, with a way to each field. It takes the focus, so that nobody misses it. */
export function ErrorSummary({ form }: { form: RowForm }) {
  const summary = useRef<HTMLDivElement>(null)
  const { problems, failure, saveState, schema } = form
  const columns = schema.columns.filter((column) => problems[column.name] !== undefined)
  const isShown = columns.length > 0 || failure !== null
  useEffect(() => {
    if (saveState === 'failed') summary.current?.focus()
  }, [saveState])
  if (!isShown) return null
  return (
    <div ref={summary} tabIndex={-1} role="alert" className={styles.summary}>
      <Icon name="error" />
      <div>
        <h2>Not saved. What you entered is still here.</h2>
        {failure !== null && <p>{failure}</p>}
        {columns.length > 0 && (
          <ul>
            {columns.map((column) => (
              <li key={column.name}>
                <a
                  href={`#${fieldId(column)}`}
                  onClick={(event) => {
                    // A new entry in the history would be one more step back out of the form.
                    event.preventDefault()
                    document.getElementById(fieldId(column))?.focus()
                  }}
                >
                  {problems[column.name]}
                </a>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}
