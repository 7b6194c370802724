import { Button } from '../components/button.tsx'
import { Icon, type IconName } from '../components/icon.tsx'
import styles from './save-bar.module.css'
import type { RowForm } from './use-row-form.ts'

/** Stays at the lower edge: what state the row is in, and the way to save it. */
export function SaveBar({ form, isReadOnly }: { form: RowForm; isReadOnly: boolean }) {
  if (isReadOnly) return null
  const { saveState, changedCount, runningUploads, row } = form
  const isBusy = saveState === 'saving'
  const canSave = changedCount > 0 || runningUploads > 0 || row === null
  const { icon, sentence, tone } = describe(form)
  return (
    <div className={styles.bar}>
      <p className={styles.state} data-tone={tone} role="status">
        {icon && <Icon name={icon} className={icon === 'spinner' ? styles.spinner : undefined} />}
        {sentence}
      </p>
      <div className={styles.actions}>
        {saveState === 'waiting' && (
          <Button variant="quiet" onClick={form.stopWaiting}>
            Don’t save yet
          </Button>
        )}
        {changedCount > 0 && saveState !== 'waiting' && (
          <Button variant="quiet" disabled={isBusy} onClick={form.discard}>
            Discard
          </Button>
        )}
        {row === null && (
          <Button onClick={() => form.save('another')} disabled={isBusy || saveState === 'waiting'}>
            Save and add another
          </Button>
        )}
        <Button
          variant="primary"
          type="submit"
          isBusy={isBusy || saveState === 'waiting'}
          disabled={!canSave}
          aria-keyshortcuts="Control+S Meta+S"
          title="Save (Ctrl or ⌘ S)"
        >
          Save
        </Button>
      </div>
    </div>
  )
}

interface Description {
  icon: IconName | null
  sentence: string
  tone?: 'good' | 'bad' | 'busy'
}

function describe({ saveState, changedCount, runningUploads, row }: RowForm): Description {
  const uploads = runningUploads === 1 ? '1 upload' : `${runningUploads} uploads`
  switch (saveState) {
    case 'waiting':
      return { icon: 'spinner', sentence: `Waiting for ${uploads}, then saving`, tone: 'busy' }
    case 'saving':
      return { icon: 'spinner', sentence: 'Saving', tone: 'busy' }
    case 'failed':
      return { icon: 'error', sentence: 'Not saved', tone: 'bad' }
    case 'saved':
    case 'idle':
      if (runningUploads > 0) return { icon: 'upload', sentence: `${uploads} running`, tone: 'busy' }
      if (changedCount > 0) return { icon: null, sentence: 'Unsaved changes', tone: 'busy' }
      if (saveState === 'saved') return { icon: 'success', sentence: 'Saved', tone: 'good' }
      return { icon: null, sentence: row === null ? 'Nothing entered yet' : 'No changes' }
  }
}
