import { useId } from 'react'
import type { CleanUpFailure, CleanUpPlanResponse } from '../../../src/contract/clean-up.ts'
import { ApiError } from '../api.ts'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { formatBytes, formatCount } from '../formats.ts'
import { PlannedFiles } from './planned-files.tsx'
import type { CleanUp, CleanUpProgress } from './use-clean-up.ts'
import type { MediaColumnName } from './use-media-columns.ts'
import styles from './column-clean-up.module.css'

export interface CleanUpStepProps {
  column: MediaColumnName
  cleanUp: CleanUp
  olderThan: number
}

/** What there is to see and to do at the state the clean-up is in. */
export function CleanUpStep({ column, cleanUp, olderThan }: CleanUpStepProps) {
  const { state, plan, run, restore } = cleanUp
  switch (state.phase) {
    case 'refused':
      return <Refusal error={state.error} onInsist={() => void plan({ olderThan, maxFraction: 1, allowEmpty: true })} />
    case 'planned':
      return <Plan column={column} plan={state.plan} onRun={() => void run(state.plan)} />
    case 'running':
      return <Progress {...state} />
    case 'finished':
    case 'restoring':
      return (
        <Result
          progress={state}
          error={state.phase === 'finished' ? state.error : null}
          isRestoring={state.phase === 'restoring'}
          onRestore={() => void restore(state)}
        />
      )
    case 'restored':
      return (
        <div className={styles.step}>
          <p className={styles.outcome}>
            <Icon name="undo" />
            {countFiles(state.restored)} brought back.
          </p>
          <Failures failures={state.failures} />
        </div>
      )
    case 'idle':
    case 'planning':
    default:
      return null
  }
}

/** Which option of the library goes on all the same: here it is the button. */
const OPTION_HINT = / If that is right, (?:set|raise) \w+\.$/

/** The server refuses to guess; whoever knows better may insist, and still sees the plan before anything goes. */
function Refusal({ error, onInsist }: { error: Error; onInsist: () => void }) {
  const isRefusal = error instanceof ApiError && error.code === 'CLEAN_UP_REFUSED'
  return (
    <div className={styles.warning} role="alert">
      <p>{error.message.replace(OPTION_HINT, '')}</p>
      {isRefusal && (
        <Button size="s" onClick={onInsist}>
          Show the files all the same
        </Button>
      )}
    </div>
  )
}

interface PlanProps {
  column: MediaColumnName
  plan: CleanUpPlanResponse
  onRun: () => void
}

function Plan({ column, plan, onRun }: PlanProps) {
  if (plan.count === 0) {
    return (
      <p className={styles.outcome}>
        <Icon name="success" />
        No unused files: {countFiles(plan.examined)} looked at, {formatCount(plan.referenced)} in use
        {plan.young > 0 && `, ${formatCount(plan.young)} too young to tell`}.
      </p>
    )
  }
  return (
    <div className={styles.step}>
      <p className={styles.summary}>
        <strong>{countFiles(plan.count)}</strong> would free <strong>{formatBytes(plan.bytes)}</strong>.
      </p>
      <p className={styles.reasons}>
        No row uses {plan.count === 1 ? 'it, and it is' : 'them, and each is'} older than {describeAge(plan.olderThan)}.
        Of {countFiles(plan.examined)}, {formatCount(plan.referenced)} in use
        {plan.young > 0 && ` and ${formatCount(plan.young)} younger`} stay. Right before it goes, every file is looked
        up once more; what went can be brought back for {describeAge(plan.restorableFor)}.
      </p>
      <PlannedFiles column={column} plan={plan} />
      {plan.unused > plan.count && (
        <p className={styles.reasons}>
          There are {formatCount(plan.unused)} unused files in all; look again afterwards for the others.
        </p>
      )}
      <div>
        <Button variant="danger" icon="trash" onClick={onRun}>
          Move {countFiles(plan.count)} to the trash
        </Button>
      </div>
    </div>
  )
}

function Progress({ plan, deleted, kept }: CleanUpProgress) {
  const done = Math.min(plan.count, deleted + kept)
  const labelId = useId()
  return (
    <div className={styles.step}>
      <p id={labelId}>
        Moving to the trash: {formatCount(done)} of {countFiles(plan.count)}
      </p>
      <progress className={styles.progress} aria-labelledby={labelId} max={plan.count} value={done} />
    </div>
  )
}

interface ResultProps {
  progress: CleanUpProgress
  error: Error | null
  isRestoring: boolean
  onRestore: () => void
}

function Result({ progress, error, isRestoring, onRestore }: ResultProps) {
  const { plan, deleted, bytes, kept, failures } = progress
  return (
    <div className={styles.step}>
      <p className={styles.outcome}>
        <Icon name="success" />
        {countFiles(deleted)} moved to the trash, {formatBytes(bytes)} in all.
        {kept > 0 && ` ${countFiles(kept)} stayed: in use by now, or gone already.`}
      </p>
      {error && (
        <p className={styles.warning} role="alert">
          It stopped before the end: {error.message}
        </p>
      )}
      <Failures failures={failures} />
      {deleted > 0 && (
        <div className={styles.undo}>
          <Button icon="undo" isBusy={isRestoring} onClick={onRestore}>
            Bring {deleted === 1 ? 'it' : 'them'} back
          </Button>
          <span className={styles.reasons}>possible for {describeAge(plan.restorableFor)}</span>
        </div>
      )}
    </div>
  )
}

function Failures({ failures }: { failures: CleanUpFailure[] }) {
  if (failures.length === 0) return null
  return (
    <ul className={styles.failures}>
      {failures.map(({ fileKey, message }) => (
        <li key={fileKey}>
          {fileKey}: {message}
        </li>
      ))}
    </ul>
  )
}

function countFiles(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'file' : 'files'}`
}

const DAY = 86_400

/** `30 days`, from seconds. */
function describeAge(seconds: number): string {
  const days = Math.round(seconds / DAY)
  if (days >= 1) return days === 1 ? 'a day' : `${formatCount(days)} days`
  const hours = Math.round(seconds / 3600)
  return hours === 1 ? 'an hour' : `${formatCount(hours)} hours`
}
