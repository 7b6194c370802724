import { IconButton } from '../components/icon-button.tsx'
import { formatBytes, formatTimeLeft } from './format-bytes.ts'
import { useMediaFieldControls } from './media-field-context.ts'
import { ProgressRing } from './progress-ring.tsx'
import type { Upload } from './upload-queue.ts'
import styles from './upload-overlay.module.css'

/** Over the picture of a file that is on its way: how far it is, how long it takes, and a way out. */
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
      <p className={styles.speed}>{describeSpeed(upload)}</p>
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

function describeSpeed({ status, sentBytes, file, bytesPerSecond, secondsLeft }: Upload): string {
  if (status === 'waiting') return 'Waiting'
  if (sentBytes >= file.size) return 'Checking'
  if (bytesPerSecond === null) return formatBytes(file.size)
  const left = secondsLeft === null ? '' : ` · ${formatTimeLeft(secondsLeft)}`
  return `${formatBytes(bytesPerSecond)}/s${left}`
}
