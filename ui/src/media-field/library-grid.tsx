import { useMemo } from 'react'
import { GridList, GridListItem, GridListLoadMoreItem } from 'react-aria-components/GridList'
import type { ListedFile } from '../../../src/contract/media.ts'
import type { ColumnSchema } from '../../../src/contract/tables.ts'
import { FileThumbnail } from '../components/file-thumbnail.tsx'
import { Icon } from '../components/icon.tsx'
import { ShortenedName } from '../components/shortened-name.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { formatBytes } from './format-bytes.ts'
import styles from './library-dialog.module.css'

export interface LibraryGridProps {
  table: string
  column: ColumnSchema
  files: readonly ListedFile[]
  present: readonly string[]
  chosen: readonly string[]
  isLoading: boolean
  onChange: (fileKeys: string[]) => void
  /** The end of the list is near. */
  onMore: () => void
}

/** The library's files as images to choose from, with the arrow keys and Space as well. */
export function LibraryGrid({ table, column, files, present, chosen, isLoading, onChange, onMore }: LibraryGridProps) {
  const selected = useMemo(() => new Set(chosen), [chosen])
  const select = (keys: Set<string>) =>
    onChange([...chosen.filter((key) => keys.has(key)), ...difference(keys, selected)])
  return (
    <GridList
      aria-label={`Stored files of ${column.label}`}
      layout="grid"
      selectionMode={column.isArray ? 'multiple' : 'single'}
      selectionBehavior="toggle"
      selectedKeys={selected}
      disabledKeys={present}
      onSelectionChange={(keys) =>
        select(new Set(keys === 'all' ? files.map((file) => file.fileKey) : [...keys].map(String)))
      }
      className={styles.grid ?? ''}
    >
      {files.map((file) => (
        <GridListItem
          key={file.fileKey}
          id={file.fileKey}
          textValue={describe(file, present)}
          className={styles.option ?? ''}
        >
          <span className={styles.thumbnail} aria-hidden="true">
            <FileThumbnail
              table={table}
              column={column.name}
              fileKey={file.fileKey}
              size="l"
              className={styles.square ?? ''}
            />
            <span className={styles.tick}>
              <Icon name="check" size={14} />
            </span>
          </span>
          <ShortenedName name={file.name} className={styles.name} />
          <span className={styles.size}>
            {present.includes(file.fileKey) ? 'Already here' : formatBytes(file.size)}
          </span>
        </GridListItem>
      ))}
      <GridListLoadMoreItem isLoading={isLoading} onLoadMore={onMore} className={styles.more ?? ''}>
        {Array.from({ length: files.length === 0 ? 12 : 4 }, (_, index) => (
          <Skeleton key={index} height="132px" />
        ))}
      </GridListLoadMoreItem>
    </GridList>
  )
}

function describe(file: ListedFile, present: readonly string[]): string {
  const size = `${file.name}, ${formatBytes(file.size)}`
  return present.includes(file.fileKey) ? `${size}, already here` : size
}

function difference(keys: ReadonlySet<string>, others: ReadonlySet<string>): string[] {
  return [...keys].filter((key) => !others.has(key))
}
