import { memo } from 'react'
import { GridList, GridListItem } from 'react-aria-components/GridList'
import { useDragAndDrop } from 'react-aria-components/useDragAndDrop'
import { IconButton } from '../components/icon-button.tsx'
import { originalFileName } from '../components/file-name.ts'
import { ShortenedName } from '../components/shortened-name.tsx'
import styles from './file-grid.module.css'
import { FileMenu } from './file-menu.tsx'
import { FieldPreview } from './field-preview.tsx'
import { useMediaFieldControls } from './media-field-context.ts'
import type { MediaEntry } from './media-entries.ts'
import { ReorderHandle } from './reorder-handle.tsx'
import { UploadOverlay } from './upload-overlay.tsx'
import { isImageName } from './check-file.ts'
import { useEntryFile } from './use-entry-file.ts'

/** The files of an array column, in their order. They are dragged with the pointer, or with Enter and the arrow keys. */
export const FileGrid = memo(function FileGrid({ entries }: { entries: readonly MediaEntry[] }) {
  const { store, column, isReadOnly } = useMediaFieldControls()
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (ids) => [...ids].map((id) => ({ 'text/plain': getName(entries, String(id)) })),
    onReorder: ({ keys, target }) => {
      if (target.dropPosition === 'on') return
      store.move(new Set([...keys].map(String)), { id: String(target.key), position: target.dropPosition })
    },
    isDisabled: isReadOnly,
  })
  if (entries.length === 0) return null
  return (
    <GridList
      aria-label={`${column.label}, in order`}
      items={entries}
      layout="grid"
      keyboardNavigationBehavior="tab"
      dragAndDropHooks={dragAndDropHooks}
      dependencies={[entries.length, entries[0]?.id, entries.at(-1)?.id, isReadOnly]}
      className={styles.grid ?? ''}
      data-long={entries.length > 18 || undefined}
    >
      {(entry) => (
        <GridListItem id={entry.id} textValue={getName(entries, entry.id)} className={styles.tile ?? ''}>
          <Tile entry={entry} position={{ isFirst: entry === entries[0], isLast: entry === entries.at(-1) }} />
        </GridListItem>
      )}
    </GridList>
  )
})

interface TileProps {
  entry: MediaEntry
  position: { isFirst: boolean; isLast: boolean }
}

function Tile({ entry, position }: TileProps) {
  const { view, remove, isReadOnly } = useMediaFieldControls()
  const file = useEntryFile(entry, isImageName(entry.fileKey ?? '') ? 'on-error' : 'always')
  const { fileKey } = entry
  const image = <FieldPreview entry={entry} file={file} size="tile" />
  return (
    <>
      <div className={styles.stage}>
        {fileKey !== null && !file.isMissing ? (
          <button type="button" className={styles.view} aria-label={`View ${file.name}`} onClick={() => view(fileKey)}>
            {image}
          </button>
        ) : (
          image
        )}
        {file.isUploading && file.upload && <UploadOverlay upload={file.upload} />}
        <div className={styles.tools}>
          {!isReadOnly && <ReorderHandle entryId={entry.id} name={file.name} />}
          <span className={styles.gap} />
          {fileKey !== null && (
            <FileMenu
              entryId={entry.id}
              fileKey={fileKey}
              name={file.name}
              isMissing={file.isMissing}
              position={position}
              variant="overlay"
            />
          )}
          {fileKey !== null && !isReadOnly && (
            <IconButton
              icon="close"
              size="s"
              variant="overlay"
              className={styles.remove}
              label={`Remove ${file.name}`}
              onClick={() => remove(entry.id)}
            />
          )}
        </div>
      </div>
      <p className={styles.name}>
        <ShortenedName name={file.name} />
      </p>
    </>
  )
}

function getName(entries: readonly MediaEntry[], id: string): string {
  return originalFileName(entries.find((entry) => entry.id === id)?.fileKey ?? 'upload')
}
