import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { IconButton } from '../components/icon-button.tsx'
import { useMediaFieldControls } from './media-field-context.ts'
import styles from './media-field.module.css'
import type { Upload } from './upload-queue.ts'

/** The files that were not stored, each with the reason and what can be done. */
export function FailedUploads({ uploads }: { uploads: readonly Upload[] }) {
  const { store, column } = useMediaFieldControls()
  return (
    <ul className={styles.failed} aria-label={`Files of ${column.label} that were not stored`}>
      {uploads.map((upload) => (
        <li key={upload.id} className={styles.failure}>
          <Icon name="error" />
          <p>
            {!upload.message?.includes(upload.file.name) && <strong>{upload.file.name} </strong>}
            {upload.message}
          </p>
          {upload.canRetry && (
            <Button
              size="s"
              icon="retry"
              aria-label={`Retry ${upload.file.name}`}
              onClick={() => store.retry(upload.id)}
            >
              Retry
            </Button>
          )}
          <IconButton
            icon="close"
            size="s"
            label={`Dismiss ${upload.file.name}`}
            onClick={() => store.dismiss(upload.id)}
          />
        </li>
      ))}
    </ul>
  )
}
