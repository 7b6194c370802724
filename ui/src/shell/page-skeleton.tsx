import { Skeleton } from '../components/skeleton.tsx'
import styles from './page-skeleton.module.css'

/** A screen whose code is still on its way. */
export function PageSkeleton() {
  return (
    <div className={styles.page} aria-busy="true">
      <output className="visually-hidden">Loading</output>
      <Skeleton width="180px" height="20px" />
      <Skeleton height="40px" />
      <Skeleton height="40px" />
      <Skeleton width="70%" height="40px" />
    </div>
  )
}
