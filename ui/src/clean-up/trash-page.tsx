import { useState } from 'react'
import { Link, useSearch } from 'wouter'
import { useDebouncedValue } from '../components/use-debounced-value.ts'
import { useDocumentTitle } from '../components/use-document-title.ts'
import { Select } from '../components/select.tsx'
import { SearchField } from '../components/text-field.tsx'
import { t } from '../messages.ts'
import { TRASH_PATH } from '../paths.ts'
import { useSession } from '../sign-in/session-context.ts'
import { EmptyTrashButton } from './empty-trash-button.tsx'
import { TrashFiles } from './trash-files.tsx'
import { TrashRuns } from './trash-runs.tsx'
import { type MediaColumnName, useMediaColumns } from './use-media-columns.ts'
import pageStyles from './clean-up-page.module.css'
import styles from './trash-page.module.css'

/** The screen at `/trash`: what was removed, by file and by run. */
export function TrashPage() {
  useDocumentTitle(t('cleanUp.trash.title'))
  const { readOnly } = useSession()
  const { columns } = useMediaColumns()
  const parameters = new URLSearchParams(useSearch())
  const isByRun = parameters.get('view') === 'runs'
  const runId = parameters.get('run')
  const [name, setName] = useState('')
  const [text, setText] = useState('')
  const search = useDebouncedValue(text.trim(), 200)
  const column = columns?.find((candidate) => getColumnName(candidate) === name) ?? null
  const known = columns ?? []
  return (
    <div className={pageStyles.page}>
      <header className={styles.header}>
        <div>
          <h1 className={pageStyles.title}>{t('cleanUp.trash.title')}</h1>
          <p className={pageStyles.introduction}>{t('cleanUp.trash.introduction')}</p>
        </div>
        {!readOnly && <EmptyTrashButton column={column} />}
      </header>
      <div className={styles.tools}>
        <nav className={styles.views} aria-label={t('cleanUp.trash.views')}>
          <Link href={TRASH_PATH} className={styles.view} aria-current={isByRun ? undefined : 'page'}>
            {t('cleanUp.trash.files')}
          </Link>
          <Link href={`${TRASH_PATH}?view=runs`} className={styles.view} aria-current={isByRun ? 'page' : undefined}>
            {t('cleanUp.trash.runs')}
          </Link>
        </nav>
        <Select
          label={t('cleanUp.trash.column')}
          isLabelHidden
          value={name}
          options={[
            { value: '', label: t('cleanUp.trash.allColumns') },
            ...known.map((each) => ({ value: getColumnName(each), label: getColumnLabel(each) })),
          ]}
          onChange={setName}
        />
        {!isByRun && <SearchField label={t('cleanUp.trash.search')} value={text} onChange={setText} />}
      </div>
      {isByRun ? (
        <TrashRuns column={column} columns={known} />
      ) : (
        <TrashFiles key={`${name} ${search} ${runId}`} column={column} columns={known} runId={runId} search={search} />
      )}
    </div>
  )
}

function getColumnName({ table, column }: MediaColumnName): string {
  return `${table}/${column}`
}

function getColumnLabel({ tableLabel, columnLabel }: MediaColumnName): string {
  return `${tableLabel} · ${columnLabel}`
}
