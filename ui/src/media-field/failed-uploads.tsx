import type { ColumnSchema } from '../../../src/contract/tables.ts'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { IconButton } from '../components/icon-button.tsx'
import { ShortenedName } from '../components/shortened-name.tsx'
import { useKeptFocus } from '../components/use-kept-focus.ts'
import { useMediaFieldControls } from './media-field-context.ts'
import styles from './media-field.module.css'
import type { Upload } from './upload-queue.ts'

/** The files that were not stored, each with the reason and what can be done. */
export function FailedUploads({ uploads }: { uploads: readonly Upload[] }) {
  const { store, column } = useMediaFieldControls()
  const keptFocus = useKeptFocus<HTMLUListElement>()
  const retryable = uploads.filter(({ canRetry }) => canRetry)
  return (
    <ul
      id={failedUploadsId(column)}
      tabIndex={-1}
      {...keptFocus}
      className={styles.failed}
      aria-label={`Files of ${column.label} that were not stored`}
    >
      {retryable.length > 1 && (
        <li>
          <Button size="s" icon="retry" onClick={() => retryable.forEach(({ id }) => store.retry(id))}>
            Retry all {retryable.length}
          </Button>
        </li>
      )}
      {uploads.map((upload) => (
        <li key={upload.id} className={styles.failure}>
          <Icon name="error" />
          <p>
            {!upload.message?.includes(upload.file.name) && (
              <strong>
                <ShortenedName name={upload.file.name} />
              </strong>
            )}
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

/** The element to go to from elsewhere on the page. */
export function failedUploadsId(column: ColumnSchema): string {
  return `not-stored-${column.name}`
}
