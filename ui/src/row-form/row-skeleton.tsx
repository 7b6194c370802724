import type { TableSchema } from '../../../src/contract/tables.ts'
import { Skeleton } from '../components/skeleton.tsx'
import styles from './row-form.module.css'

/** The form's outline, with as many fields as the table has as soon as that is known. */
export function RowSkeleton({ schema }: { schema: TableSchema | undefined }) {
  const fields = schema?.columns.filter((column) => column.media === null).length ?? 6
  const media = schema?.columns.filter((column) => column.media !== null).length ?? 1
  return (
    <div className={styles.page} aria-busy="true">
      <output className="visually-hidden">Loading the row</output>
      <header className={styles.header}>
        <div className={styles.titles}>
          <Skeleton width="80px" />
          <Skeleton width="240px" height="26px" />
        </div>
      </header>
      <div className={styles.columns} data-has-media={media > 0}>
        <div className={styles.fields}>
          <div className={styles.grid}>
            {Array.from({ length: fields }, (_, index) => (
              <div key={index} className={styles.skeletonField}>
                <Skeleton width="110px" />
                <Skeleton height="var(--control-height)" />
              </div>
            ))}
          </div>
        </div>
        {media > 0 && (
          <div className={styles.media}>
            {Array.from({ length: Math.min(media, 3) }, (_, index) => (
              <div key={index} className={styles.skeletonField}>
                <Skeleton width="90px" />
                <Skeleton height={index === 0 ? '260px' : '72px'} />
              </div>
            ))}
          </div>
        )}
      </div>
    </div>
  )
}
