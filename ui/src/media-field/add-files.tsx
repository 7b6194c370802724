import { useState } from 'react'
import { lazy, Suspense } from 'react'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { useMediaQuery } from '../components/use-media-query.ts'
import { takesPhotos } from './check-file.ts'
import { keysOf } from './media-entries.ts'
import { useMediaFieldControls } from './media-field-context.ts'
import styles from './media-field.module.css'
import type { PickOptions } from './use-file-picker.tsx'

const LibraryDialog = lazy(() => import('./library-dialog.tsx').then((module) => ({ default: module.LibraryDialog })))

export interface AddFilesProps {
  isEmpty: boolean
  /** Which files are welcome. */
  hint: string
  onPick: (options: PickOptions) => void
}

/** The ways to bring files that are buttons. Empty, they stand in a place that looks like one to drop files on. */
export function AddFiles({ isEmpty, hint, onPick }: AddFilesProps) {
  const { store, table, column } = useMediaFieldControls()
  const [isLibraryOpen, setIsLibraryOpen] = useState(false)
  const hasCamera = useMediaQuery('(pointer: coarse)') && column.media !== null && takesPhotos(column.media)
  const { isArray } = column
  return (
    <div className={isEmpty ? styles.empty : styles.add}>
      {isEmpty && (
        <p className={styles.invitation}>
          <Icon name={isArray ? 'images' : 'image'} size={20} />
          Drop or paste {isArray ? 'files' : 'a file'} here
        </p>
      )}
      <div className={styles.buttons}>
        {(isArray || isEmpty) && (
          <Button icon="upload" onClick={() => onPick({ isMultiple: isArray })}>
            {isArray ? 'Upload files' : 'Upload file'}
          </Button>
        )}
        {hasCamera && (
          <Button icon="camera" onClick={() => onPick({ isMultiple: false, usesCamera: true })}>
            Take photo
          </Button>
        )}
        <Button
          icon="images"
          variant={isEmpty || isArray ? 'secondary' : 'quiet'}
          aria-haspopup="dialog"
          onClick={() => setIsLibraryOpen(true)}
        >
          Choose from library
        </Button>
      </div>
      {hint && <p className={styles.hint}>{hint}</p>}
      {isLibraryOpen && (
        <Suspense>
          <LibraryDialog
            table={table}
            column={column}
            present={keysOf(store.getState().entries)}
            onClose={() => setIsLibraryOpen(false)}
            onChoose={(fileKeys) => store.choose(fileKeys)}
          />
        </Suspense>
      )}
    </div>
  )
}
