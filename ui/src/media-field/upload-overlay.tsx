import { IconButton } from '../components/icon-button.tsx'
import { formatBytes, formatTimeLeft } from './format-bytes.ts'
import { useMediaFieldControls } from './media-field-context.ts'
import { ProgressRing } from './progress-ring.tsx'
import type { Upload } from './upload-queue.ts'
import styles from './upload-overlay.module.css'

/** Over the image of a file that is on its way: how far it is, how long it takes, and a way out. */
export function UploadOverlay({ upload }: { upload: Upload }) {
  const { store } = useMediaFieldControls()
  const { file, sentBytes, status } = upload
  return (
    <div className={styles.overlay}>
      <ProgressRing
        fraction={file.size === 0 ? 0 : Math.min(sentBytes / file.size, 1)}
        label={`Uploading ${file.name}`}
        isWaiting={status === 'waiting'}
      />
      <p className={styles.speed}>
        {describeProgress(upload).map((line) => (
          <span key={line}>{line}</span>
        ))}
      </p>
      {upload.canPause && <PauseButton upload={upload} />}
      <IconButton
        icon="close"
        variant="overlay"
        size="s"
        className={styles.cancel}
        label={`Cancel ${file.name}`}
        onClick={() => store.dismiss(upload.id)}
      />
    </div>
  )
}

function PauseButton({ upload: { id, status, file } }: { upload: Upload }) {
  const { store } = useMediaFieldControls()
  const isPaused = status === 'paused'
  return (
    <IconButton
      icon={isPaused ? 'play' : 'pause'}
      variant="overlay"
      size="s"
      className={styles.pause}
      label={`${isPaused ? 'Resume' : 'Pause'} ${file.name}`}
      onClick={() => (isPaused ? store.resume(id) : store.pause(id))}
    />
  )
}

/** One line or two: how it stands, and how fast it goes. */
function describeProgress(upload: Upload): string[] {
  const { status, sentBytes, file, bytesPerSecond, secondsLeft, isInterrupted, canPause } = upload
  const bytes = canPause ? [`${formatBytes(sentBytes)} of ${formatBytes(file.size)}`] : []
  if (status === 'waiting') return ['Waiting']
  if (status === 'paused') return [...bytes, 'Paused']
  if (isInterrupted) return [...bytes, 'Connection lost, trying again']
  if (sentBytes >= file.size) return ['Checking']
  if (bytesPerSecond === null) return bytes.length > 0 ? bytes : [formatBytes(file.size)]
  const left = secondsLeft === null ? '' : ` · ${formatTimeLeft(secondsLeft)}`
  return [...bytes, `${formatBytes(bytesPerSecond)}/s${left}`]
}
