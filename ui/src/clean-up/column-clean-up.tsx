import { useEffect, useId, useState } from 'react'
import { Button } from '../components/button.tsx'
import { Select } from '../components/select.tsx'
import { useKeptFocus } from '../components/use-kept-focus.ts'
import { useSession } from '../sign-in/session-context.ts'
import { MissingFiles } from './missing-files.tsx'
import { CleanUpStep } from './clean-up-step.tsx'
import { useCleanUp } from './use-clean-up.ts'
import type { MediaColumnName } from './use-media-columns.ts'
import styles from './column-clean-up.module.css'

const DAY = 86_400

const AGES = [
  { value: String(DAY), label: 'Older than a day' },
  { value: String(7 * DAY), label: 'Older than a week' },
  { value: String(30 * DAY), label: 'Older than a month' },
]

/** The clean-up of one media column, from looking to undo. */
export function ColumnCleanUp({ column }: { column: MediaColumnName }) {
  const { readOnly } = useSession()
  const [olderThan, setOlderThan] = useState(AGES[0]?.value ?? '')
  const cleanUp = useCleanUp(column)
  const headingId = useId()
  const keptFocus = useKeptFocus<HTMLElement>()
  const { phase } = cleanUp.state
  const { ref } = keptFocus
  // The plan may have been long: what comes of it is not to happen above the screen.
  useEffect(() => {
    if (phase === 'running') ref.current?.scrollIntoView({ block: 'nearest' })
  }, [phase, ref])
  const isBusy = ['planning', 'running', 'restoring'].includes(phase)
  return (
    <section className={styles.column} aria-labelledby={headingId} tabIndex={-1} {...keptFocus}>
      <header className={styles.header}>
        <h2 id={headingId} className={styles.title}>
          <span className={styles.table}>{column.tableLabel}</span> {column.columnLabel}
        </h2>
        {!readOnly && (
          <div className={styles.tools}>
            <Select
              label="Age of the files"
              isLabelHidden
              options={AGES}
              value={olderThan}
              disabled={isBusy}
              onChange={(age) => {
                setOlderThan(age)
                cleanUp.reset()
              }}
            />
            <Button
              icon="search"
              isBusy={phase === 'planning'}
              disabled={isBusy && phase !== 'planning'}
              onClick={() => void cleanUp.plan({ olderThan: Number(olderThan) })}
            >
              Look for unused files
            </Button>
          </div>
        )}
      </header>
      <div aria-live="polite" className={styles.news}>
        <CleanUpStep column={column} cleanUp={cleanUp} olderThan={Number(olderThan)} />
      </div>
      <MissingFiles column={column} />
    </section>
  )
}
