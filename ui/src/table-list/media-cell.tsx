import type { Row } from '../../../src/contract/rows.ts'
import type { ColumnSchema } from '../../../src/contract/tables.ts'
import { classNames } from '../components/class-names.ts'
import { isImage, originalFileName } from '../components/file-name.ts'
import { FileThumbnail } from '../components/file-thumbnail.tsx'
import { ShortenedName } from '../components/shortened-name.tsx'
import { useViewer } from '../viewer/viewer-provider.tsx'
import { fileKeys, getCellFiles, getColumnFiles } from './row-identity.ts'
import styles from './media-cell.module.css'

export interface MediaCellProps {
  table: string
  column: ColumnSchema
  row: Row
  /** The page's rows: the viewer's arrows walk the column over all of them. */
  rows: Row[]
}

/** A row's files in one column; a press opens them in the viewer. */
export function MediaCell({ table, column, row, rows }: MediaCellProps) {
  const viewer = useViewer()
  const keys = fileKeys(row[column.name])
  const [first] = keys
  if (first === undefined) {
    return (
      <span className={styles.none}>
        <span aria-hidden="true">–</span>
        <span className="visually-hidden">No file</span>
      </span>
    )
  }

  const open = () => {
    const files = column.isArray ? getCellFiles(row, table, column) : getColumnFiles(rows, table, column)
    viewer.openViewer({ files, index: files.findIndex((file) => file.fileKey === first) })
  }
  if (column.isArray) return <Stack table={table} column={column} keys={keys} onOpen={open} />
  return (
    <button type="button" className={styles.button} title={originalFileName(first)} onClick={open}>
      <span className="visually-hidden">View </span>
      <span aria-hidden="true">
        <FileThumbnail table={table} column={column.name} fileKey={first} className={styles.thumbnail ?? ''} />
      </span>
      {isImage(first) ? (
        <span className="visually-hidden">{originalFileName(first)}</span>
      ) : (
        <ShortenedName name={originalFileName(first)} />
      )}
    </button>
  )
}

const MAX_IN_STACK = 4

interface StackProps {
  table: string
  column: ColumnSchema
  keys: string[]
  onOpen: () => void
}

function Stack({ table, column, keys, onOpen }: StackProps) {
  const label = `View ${String(keys.length)} ${keys.length === 1 ? 'file' : 'files'} of ${column.label}`
  return (
    <button type="button" className={styles.button} onClick={onOpen}>
      <span className="visually-hidden">{label}</span>
      <span className={styles.stack} aria-hidden="true">
        {keys.slice(0, MAX_IN_STACK).map((fileKey) => (
          <FileThumbnail
            key={fileKey}
            table={table}
            column={column.name}
            fileKey={fileKey}
            className={classNames(styles.thumbnail, styles.stacked)}
          />
        ))}
      </span>
      {keys.length > 1 && (
        <span className={styles.count} aria-hidden="true">
          {keys.length}
        </span>
      )}
    </button>
  )
}
