import { classNames } from '../components/class-names.ts'
import { Skeleton } from '../components/skeleton.tsx'
import headerStyles from './list-header.module.css'
import styles from './list-skeleton.module.css'

/** The list's outline while its table is not yet known. */
export function ListSkeleton() {
  return (
    <div className={styles.screen}>
      <div className={classNames(headerStyles.header, styles.header)}>
        <Skeleton width="140px" height="22px" />
      </div>
      <RowsSkeleton isCompact={false} />
    </div>
  )
}

/** Rows on their way, at the height they will have. */
export function RowsSkeleton({ isCompact }: { isCompact: boolean }) {
  return (
    <div className={styles.rows} aria-busy="true">
      <output className="visually-hidden">Loading rows</output>
      {['72%', '54%', '64%', '48%', '70%', '58%', '66%', '52%'].map((width) => (
        <div key={width} className={classNames(styles.row, isCompact && styles.compact)}>
          <Skeleton className={styles.picture} />
          <Skeleton width={`calc(${width} * 0.4)`} />
          <Skeleton width="12%" className={styles.wide} />
          <Skeleton width="18%" className={styles.wide} />
        </div>
      ))}
    </div>
  )
}
