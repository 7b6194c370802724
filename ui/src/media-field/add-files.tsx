import { lazy, Suspense, useState } from 'react'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { useMediaQuery } from '../components/use-media-query.ts'
import { useSession } from '../sign-in/session-context.ts'
import { describeRules, takesPhotos } from './check-file.ts'
import { getKeys } from './media-entries.ts'
import { useMediaFieldControls } from './media-field-context.ts'
import styles from './media-field.module.css'
import type { PickOptions } from './use-file-picker.tsx'

const FromUrlDialog = lazy(() => import('./from-url-dialog.tsx').then((module) => ({ default: module.FromUrlDialog })))
const LibraryDialog = lazy(() => import('./library-dialog.tsx').then((module) => ({ default: module.LibraryDialog })))

export interface AddFilesProps {
  isEmpty: boolean
  onPick: (options: PickOptions) => void
}

/** The ways to bring files that are buttons. Empty, they stand in a place that looks like one to drop files on. */
export function AddFiles({ isEmpty, onPick }: AddFilesProps) {
  const { column } = useMediaFieldControls()
  const { isArray, media } = column
  const hint = media ? describeRules(media) : ''
  return (
    <div className={isEmpty ? styles.empty : styles.add}>
      {isEmpty && <Invitation isArray={isArray} />}
      <div className={styles.buttons}>
        {(isArray || isEmpty) && (
          <Button icon="upload" onClick={() => onPick({ isMultiple: isArray })}>
            {isArray ? 'Upload files' : 'Upload file'}
          </Button>
        )}
        {media && takesPhotos(media) && <TakePhoto onPick={onPick} />}
        <ChooseFromLibrary isQuiet={!isEmpty && !isArray} />
        <FetchFromUrl isQuiet={!isEmpty && !isArray} />
      </div>
      {hint && <p className={styles.hint}>{hint}</p>}
    </div>
  )
}

function Invitation({ isArray }: { isArray: boolean }) {
  return (
    <p className={styles.invitation}>
      <Icon name={isArray ? 'images' : 'image'} size={20} />
      Drop or paste {isArray ? 'files' : 'a file'} here
    </p>
  )
}

/** Only where a finger points: other devices have no camera worth the name, and the picker offers what they have. */
function TakePhoto({ onPick }: Pick<AddFilesProps, 'onPick'>) {
  if (!useMediaQuery('(pointer: coarse)')) return null
  return (
    <Button icon="camera" onClick={() => onPick({ isMultiple: false, usesCamera: true })}>
      Take photo
    </Button>
  )
}

function ChooseFromLibrary({ isQuiet }: { isQuiet: boolean }) {
  const { store, table, column } = useMediaFieldControls()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button
        icon="images"
        variant={isQuiet ? 'quiet' : 'secondary'}
        aria-haspopup="dialog"
        onClick={() => setIsOpen(true)}
      >
        Choose from library
      </Button>
      {isOpen && (
        <Suspense>
          <LibraryDialog
            table={table}
            column={column}
            present={getKeys(store.getState().entries)}
            onClose={() => setIsOpen(false)}
            onChoose={(fileKeys) => store.choose(fileKeys)}
          />
        </Suspense>
      )}
    </>
  )
}

/** Only where the server was told to fetch files. */
function FetchFromUrl({ isQuiet }: { isQuiet: boolean }) {
  const { store, table, column } = useMediaFieldControls()
  const { uploadFromUrl } = useSession()
  const [isOpen, setIsOpen] = useState(false)
  if (!uploadFromUrl) return null
  return (
    <>
      <Button
        icon="link"
        variant={isQuiet ? 'quiet' : 'secondary'}
        aria-haspopup="dialog"
        onClick={() => setIsOpen(true)}
      >
        From an address
      </Button>
      {isOpen && (
        <Suspense>
          <FromUrlDialog
            table={table}
            column={column}
            onClose={() => setIsOpen(false)}
            onStored={(fileKey) => store.choose([fileKey])}
          />
        </Suspense>
      )}
    </>
  )
}
