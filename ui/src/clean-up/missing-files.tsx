import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { getMissingFiles } from '../api.ts'
import { Button } from '../components/button.tsx'
import { originalFileName } from '../components/file-name.ts'
import { Icon } from '../components/icon.tsx'
import { rowPath } from '../paths.ts'
import { formatCount } from '../formats.ts'
import type { MediaColumnName } from './use-media-columns.ts'
import styles from './missing-files.module.css'

/** Rows that point at files which are not there. It takes a look at every reference, so it waits to be asked. */
export function MissingFiles({ column }: { column: MediaColumnName }) {
  const [isConfirming, setIsConfirming] = useState(false)
  const { table, column: name } = column
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['missing-files', table, name],
    queryFn: ({ signal }) => getMissingFiles(column, signal),
    enabled: isConfirming,
    staleTime: 0,
  })
  const look = () => (isConfirming ? void refetch() : setIsConfirming(true))
  return (
    <div className={styles.missing}>
      <Button size="s" variant="quiet" icon="image-broken" isBusy={isFetching} onClick={look}>
        Look for missing files
      </Button>
      <div aria-live="polite" className={styles.news}>
        {error && (
          <p className={styles.failure} role="alert">
            {error.message}
          </p>
        )}
        {data?.missing.length === 0 && (
          <p className={styles.none}>
            <Icon name="success" />
            Every row has its file.
          </p>
        )}
        {data && data.missing.length > 0 && (
          <p className={styles.found}>
            {data.missing.length === 1
              ? '1 file is missing:'
              : `${formatCount(data.missing.length)} files are missing:`}
          </p>
        )}
      </div>
      {data && data.missing.length > 0 && (
        <ul className={styles.rows} aria-label="Rows with missing files">
          {data.missing.map(({ fileKey, row }) => (
            <li key={`${row.id}/${fileKey}`}>
              <Link href={rowPath(row.table, row.id)} className={styles.row}>
                <span className={styles.label}>{row.label}</span>
                <span className={styles.file}>misses {originalFileName(fileKey)}</span>
              </Link>
            </li>
          ))}
          {!data.isComplete && <li className={styles.none}>There are more; mend these and look again.</li>}
        </ul>
      )}
    </div>
  )
}
