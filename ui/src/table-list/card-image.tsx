import type { Row } from '../../../src/contract/rows.ts'
import type { ColumnSchema } from '../../../src/contract/tables.ts'
import { classNames } from '../components/class-names.ts'
import { originalFileName } from '../components/file-name.ts'
import { FileThumbnail } from '../components/file-thumbnail.tsx'
import { Icon } from '../components/icon.tsx'
import { useViewer } from '../viewer/viewer-provider.tsx'
import { fileKeys, getCellFiles, getColumnFiles } from './row-identity.ts'
import styles from './card-image.module.css'

export interface CardImageProps {
  table: string
  column: ColumnSchema
  row: Row
  rows: Row[]
  className: string | undefined
}

/** What a card is recognised by: its first file, large, with the number of files when there are more. */
export function CardImage({ table, column, row, rows, className }: CardImageProps) {
  const viewer = useViewer()
  const keys = fileKeys(row[column.name])
  const [first] = keys
  if (first === undefined) {
    return (
      <span className={classNames(styles.none, className)}>
        <Icon name="image" size={20} />
        <span className="visually-hidden">No file</span>
      </span>
    )
  }
  const open = () => {
    const files = column.isArray ? getCellFiles(row, table, column) : getColumnFiles(rows, table, column)
    viewer.openViewer({ files, index: files.findIndex((file) => file.fileKey === first) })
  }
  return (
    <button type="button" className={classNames(styles.button, className)} onClick={open}>
      <span className="visually-hidden">View {originalFileName(first)}</span>
      <span aria-hidden="true">
        <FileThumbnail table={table} column={column.name} fileKey={first} size="l" className={styles.thumbnail ?? ''} />
        {keys.length > 1 && <span className={styles.count}>{keys.length}</span>}
      </span>
    </button>
  )
}
