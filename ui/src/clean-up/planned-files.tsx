import { useState } from 'react'
import type { CleanUpPlanResponse } from '../../../src/contract/clean-up.ts'
import { FileThumbnail } from '../components/file-thumbnail.tsx'
import { ShortenedName } from '../components/shortened-name.tsx'
import { formatAge, formatBytes, formatCount } from '../formats.ts'
import { useViewer } from '../viewer/viewer-provider.tsx'
import type { MediaColumnName } from './use-media-columns.ts'
import styles from './planned-files.module.css'

export interface PlannedFilesProps {
  column: MediaColumnName
  plan: CleanUpPlanResponse
}

/** The examples of a plan, to be looked at before they go. */
export function PlannedFiles({ column, plan }: PlannedFilesProps) {
  const viewer = useViewer()
  const [now] = useState(() => Date.now())
  const files = plan.examples.map(({ fileKey }) => ({ table: column.table, column: column.column, fileKey }))
  return (
    <ul className={styles.files} aria-label="Some of the files">
      {plan.examples.map((file, index) => (
        <li key={file.fileKey}>
          <button
            type="button"
            className={styles.file}
            aria-label={`View ${file.name}`}
            onClick={() => viewer.openViewer({ files, index })}
          >
            <FileThumbnail table={column.table} column={column.column} fileKey={file.fileKey} size="l" />
            <ShortenedName name={file.name} className={styles.name} />
            <span className={styles.facts}>
              {formatBytes(file.size)} · {formatAge(file.lastModified, now)}
            </span>
          </button>
        </li>
      ))}
      {plan.count > plan.examples.length && (
        <li className={styles.more}>and {formatCount(plan.count - plan.examples.length)} more</li>
      )}
    </ul>
  )
}
