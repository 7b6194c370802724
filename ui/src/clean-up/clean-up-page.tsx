import { useDocumentTitle } from '../components/use-document-title.ts'
import { EmptyState, ErrorState } from '../components/state-message.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { useSession } from '../sign-in/session-context.ts'
import { ColumnCleanUp } from './column-clean-up.tsx'
import { useMediaColumns } from './use-media-columns.ts'
import styles from './clean-up-page.module.css'

/** The screen at `/clean-up`: what could go, column by column, and what is missing. */
export function CleanUpPage() {
  useDocumentTitle('Clean-up')
  const { columns, error, retry } = useMediaColumns()
  const { readOnly } = useSession()
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <h1 className={styles.title}>Clean-up</h1>
        <p className={styles.introduction}>
          {readOnly
            ? 'Rows may name files that are gone. Look for them here; nothing can be changed, because this admin is read only.'
            : 'Files that no row uses take up space. Look for them here; nothing goes before you have seen it, and what went can be brought back for a while.'}
        </p>
      </header>
      {error ? (
        <ErrorState error={error} title="The media columns could not be loaded" onRetry={retry} />
      ) : columns === null ? (
        <Skeleton height="148px" />
      ) : columns.length === 0 ? (
        <EmptyState icon="images" title="No media yet">
          <p>Give a storage to a column of a table, and its files can be cleaned up here.</p>
        </EmptyState>
      ) : (
        <ul className={styles.columns}>
          {columns.map((column) => (
            <li key={`${column.table}.${column.column}`}>
              <ColumnCleanUp column={column} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
