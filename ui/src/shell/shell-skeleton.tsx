import { Skeleton } from '../components/skeleton.tsx'
import { PageSkeleton } from './page-skeleton.tsx'
import styles from './shell.module.css'
import sidebarStyles from './sidebar.module.css'

/** The shell's outline while it is not yet known who is here. */
export function ShellSkeleton() {
  return (
    <div className={styles.shell}>
      <div className={styles.sidebar}>
        <div className={sidebarStyles.skeleton}>
          {['50%', '62%', '44%', '70%', '52%'].map((width) => (
            <Skeleton key={width} width={width} />
          ))}
        </div>
      </div>
      <main className={styles.main}>
        <PageSkeleton />
      </main>
    </div>
  )
}
