import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { Button } from '../components/button.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { EmptyState, ErrorState } from '../components/state-message.tsx'
import { formatBytes, formatDateTime } from '../formats.ts'
import { t } from '../messages.ts'
import { TRASH_PATH } from '../paths.ts'
import { useSession } from '../sign-in/session-context.ts'
import { getTrashRuns } from './trash-api.ts'
import { TrashActions } from './trash-actions.tsx'
import type { MediaColumnName } from './use-media-columns.ts'
import styles from './trash-page.module.css'

export interface TrashRunsProps {
  column: MediaColumnName | null
  columns: readonly MediaColumnName[]
}

/** The runs that moved files to the trash, the last one first. */
export function TrashRuns({ column, columns }: TrashRunsProps) {
  const { readOnly } = useSession()
  const query = useInfiniteQuery({
    queryKey: ['trash', 'runs', column?.table, column?.column],
    queryFn: ({ pageParam, signal }) => getTrashRuns({ column, after: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })
  if (query.error && !query.data) {
    return <ErrorState error={query.error} title={t('cleanUp.trash.loadFailed')} onRetry={() => void query.refetch()} />
  }
  if (!query.data) return <Skeleton height="148px" />
  const runs = query.data.pages.flatMap((page) => page.runs)
  if (runs.length === 0) return <EmptyState icon="trash" title={t('cleanUp.trash.empty')} />
  return (
    <>
      <ul className={styles.list} aria-label={t('cleanUp.trash.runs')}>
        {runs.map(({ table, column: name, runId, count, bytes, trashedAt }) => {
          const media = columns.find((each) => each.table === table && each.column === name)
          return (
            <li key={`${table}/${name}/${runId}`} className={styles.entry}>
              <div className={styles.text}>
                <Link href={`${TRASH_PATH}?run=${encodeURIComponent(runId)}`} className={styles.name}>
                  {formatDateTime(trashedAt)}
                </Link>
                <p className={styles.metadata}>
                  {media && `${media.tableLabel} · ${media.columnLabel} · `}
                  {t('cleanUp.trash.count', { count })} · {formatBytes(bytes)}
                </p>
              </div>
              {!readOnly && (
                <div className={styles.buttons}>
                  <TrashActions
                    count={count}
                    toRequest={(action) => ({ action, run: { table, column: name, runId } })}
                  />
                </div>
              )}
            </li>
          )
        })}
      </ul>
      {query.hasNextPage && (
        <Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('cleanUp.trash.more')}
        </Button>
      )}
    </>
  )
}
