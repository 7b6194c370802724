import { Button } from '../components/button.tsx'
import { Icon, type IconName } from '../components/icon.tsx'
import { useKeptFocus } from '../components/use-kept-focus.ts'
import { failedUploadsId } from '../media-field/failed-uploads.tsx'
import styles from './save-bar.module.css'
import type { RowForm } from './use-row-form.ts'

/** Stays at the lower edge: what state the row is in, and the way to save it. */
export function SaveBar({ form, isReadOnly }: { form: RowForm; isReadOnly: boolean }) {
  const keptFocus = useKeptFocus<HTMLFieldSetElement>()
  if (isReadOnly) return null
  const { saveState, changedCount, runningUploads, row } = form
  const isBusy = saveState === 'saving'
  const canSave = changedCount > 0 || runningUploads > 0 || row === null
  const { icon, sentence, tone } = describe(form)
  return (
    <fieldset className={styles.bar} data-is-new={row === null} aria-label="Changes" tabIndex={-1} {...keptFocus}>
      <output className={styles.state} data-tone={tone}>
        {icon && <Icon name={icon} className={icon === 'spinner' ? styles.spinner : undefined} />}
        {sentence}
      </output>
      <NotStored form={form} />
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
    </fieldset>
  )
}

/** Says that files were refused, which a long field may have out of sight, and leads there. */
function NotStored({ form: { columnWithFailure, failedUploads } }: { form: RowForm }) {
  if (columnWithFailure === null) return null
  const show = () => {
    const failures = document.getElementById(failedUploadsId(columnWithFailure))
    failures?.focus({ preventScroll: true })
    failures?.scrollIntoView({ block: 'center' })
  }
  return (
    <button type="button" className={styles.notStored} onClick={show}>
      <Icon name="error" />
      {failedUploads === 1 ? '1 file was not stored' : `${failedUploads} files were not stored`}
    </button>
  )
}

interface Description {
  icon: IconName | null
  sentence: string
  tone?: 'good' | 'bad' | 'busy'
}

function describe(form: RowForm): Description {
  const uploads = form.runningUploads === 1 ? '1 upload' : `${form.runningUploads} uploads`
  if (form.saveState === 'waiting') {
    return { icon: 'spinner', sentence: `Waiting for ${uploads}, then saving`, tone: 'busy' }
  }
  if (form.saveState === 'saving') return { icon: 'spinner', sentence: 'Saving', tone: 'busy' }
  if (form.saveState === 'failed') return { icon: 'error', sentence: 'Not saved', tone: 'bad' }
  if (form.runningUploads > 0) return { icon: 'upload', sentence: `${uploads} to finish`, tone: 'busy' }
  if (form.changedCount > 0) return { icon: null, sentence: 'Unsaved changes', tone: 'busy' }
  if (form.saveState === 'saved') return { icon: 'success', sentence: 'Saved', tone: 'good' }
  return { icon: null, sentence: form.row === null ? 'Nothing entered yet' : 'No changes' }
}
