import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { TrashedFile, TrashedFileLocation } from '../../../src/contract/trash.ts'
import { Button } from '../components/button.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { EmptyState, ErrorState } from '../components/state-message.tsx'
import { formatAge, formatBytes } from '../formats.ts'
import { t } from '../messages.ts'
import { useSession } from '../sign-in/session-context.ts'
import { getTrashedFiles } from './trash-api.ts'
import { TrashActions } from './trash-actions.tsx'
import { TrashThumbnail } from './trash-thumbnail.tsx'
import type { MediaColumnName } from './use-media-columns.ts'
import styles from './trash-page.module.css'

export interface TrashFilesProps {
  column: MediaColumnName | null
  columns: readonly MediaColumnName[]
  runId: string | null
  search: string
}

/** Most files that one request restores or deletes. */
const MAX_SELECTED = 500

/** The files in the trash, the last ones first. */
export function TrashFiles({ column, columns, runId, search }: TrashFilesProps) {
  const { readOnly } = useSession()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const query = useInfiniteQuery({
    queryKey: ['trash', 'files', column?.table, column?.column, runId, search],
    queryFn: ({ pageParam, signal }) => getTrashedFiles({ column, runId, search, after: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })
  if (query.error && !query.data) {
    return <ErrorState error={query.error} title={t('cleanUp.trash.loadFailed')} onRetry={() => void query.refetch()} />
  }
  if (!query.data) return <Skeleton height="148px" />
  const files = query.data.pages.flatMap((page) => page.files)
  const chosen = files.filter((file) => selected.has(getId(file))).slice(0, MAX_SELECTED)
  const toggle = (id: string) => setSelected((known) => toggleIn(known, id))
  return (
    <>
      {chosen.length > 0 && (
        <section className={styles.selection} aria-label={t('cleanUp.trash.selected', { count: chosen.length })}>
          <span>{t('cleanUp.trash.selected', { count: chosen.length })}</span>
          <TrashActions
            count={chosen.length}
            toRequest={(action) => ({ action, files: chosen.map(toLocation) })}
            onDone={() => setSelected(new Set())}
          />
        </section>
      )}
      {files.length === 0 && (
        <EmptyState icon="trash" title={search ? t('cleanUp.trash.noMatches', { search }) : t('cleanUp.trash.empty')} />
      )}
      <ul className={styles.list} aria-label={t('cleanUp.trash.files')}>
        {files.map((file) => (
          <TrashEntry
            key={getId(file)}
            file={file}
            columns={columns}
            selection={readOnly ? null : { isSelected: selected.has(getId(file)), toggle: () => toggle(getId(file)) }}
          />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('cleanUp.trash.more')}
        </Button>
      )}
    </>
  )
}

interface TrashEntryProps {
  file: TrashedFile
  columns: readonly MediaColumnName[]
  /** `null` where nothing can be changed. */
  selection: { isSelected: boolean; toggle: () => void } | null
}

function TrashEntry({ file, columns, selection }: TrashEntryProps) {
  const [now] = useState(() => Date.now())
  const column = columns.find((each) => each.table === file.table && each.column === file.column)
  const label = column ? `${column.tableLabel} · ${column.columnLabel}` : ''
  return (
    <li className={styles.entry} aria-label={file.name}>
      {selection && (
        <label className={styles.choice}>
          <input
            type="checkbox"
            aria-label={t('cleanUp.trash.select', { name: file.name })}
            checked={selection.isSelected}
            onChange={selection.toggle}
          />
        </label>
      )}
      <TrashThumbnail file={file} />
      <div className={styles.text}>
        <p className={styles.name}>{file.name}</p>
        <p className={styles.metadata}>
          {label} · {formatBytes(file.size)} · {t('cleanUp.trash.age', { age: formatAge(file.trashedAt, now) })}
        </p>
      </div>
      {selection && (
        <div className={styles.buttons}>
          <TrashActions count={1} toRequest={(action) => ({ action, files: [toLocation(file)] })} />
        </div>
      )}
    </li>
  )
}

function getId({ table, column, runId, fileKey }: TrashedFileLocation): string {
  return [table, column, runId, fileKey].join('/')
}

function toLocation({ table, column, runId, fileKey }: TrashedFile): TrashedFileLocation {
  return { table, column, runId, fileKey }
}

function toggleIn(selected: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(selected)
  if (!next.delete(id)) next.add(id)
  return next
}
