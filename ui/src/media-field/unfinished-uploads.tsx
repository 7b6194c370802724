import { useState } from 'react'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { IconButton } from '../components/icon-button.tsx'
import { formatBytes } from './format-bytes.ts'
import { useMediaFieldControls } from './media-field-context.ts'
import styles from './media-field.module.css'
import { forget, isSameFile, type RememberedUpload } from './remembered-uploads.ts'
import { useUnfinishedUploads, type UnfinishedUpload } from './use-unfinished-uploads.ts'

export interface UnfinishedUploadsProps {
  /** Asks for a file. */
  onPick: (taker: (files: File[]) => void) => void
}

/** Uploads that a closed tab left behind: the way to go on with each. A page cannot keep a file, so it is picked again. */
export function UnfinishedUploads({ onPick }: UnfinishedUploadsProps) {
  const { store, table, column } = useMediaFieldControls()
  const { uploads, take } = useUnfinishedUploads({ table, column: column.name }, column.media?.isResumable === true)
  if (uploads.length === 0) return null
  return (
    <ul className={styles.unfinished} aria-label={`Unfinished uploads of ${column.label}`}>
      {uploads.map((upload) => (
        <Offer
          key={upload.remembered.url}
          upload={upload}
          onPick={onPick}
          onResume={(file) => {
            take(upload.remembered.url)
            store.addFiles([file])
          }}
          onAdd={(fileKey) => {
            take(upload.remembered.url)
            forget(upload.remembered.url)
            store.choose([fileKey])
          }}
          onDiscard={() => {
            take(upload.remembered.url)
            discard(upload)
          }}
        />
      ))}
    </ul>
  )
}

interface OfferProps extends UnfinishedUploadsProps {
  upload: UnfinishedUpload
  onResume: (file: File) => void
  onAdd: (fileKey: string) => void
  onDiscard: () => void
}

function Offer({ upload, onPick, onResume, onAdd, onDiscard }: OfferProps) {
  const { remembered, storedBytes, file } = upload
  const [wrongFile, setWrongFile] = useState<File | null>(null)
  const { fileName, fileSize } = remembered
  const resume = () =>
    onPick(([picked]) => {
      if (picked === undefined) return
      if (isSameFile(remembered, picked)) onResume(picked)
      else setWrongFile(picked)
    })
  return (
    <li className={styles.offer}>
      <Icon name="clock" />
      <p>
        <strong>{fileName}</strong>{' '}
        {file === null
          ? `was left at ${formatBytes(storedBytes)} of ${formatBytes(fileSize)}. Choose it again to go on.`
          : 'was uploaded, and not put into this row yet.'}
        {wrongFile !== null && (
          <span className={styles.difference} role="alert">
            {describeDifference(remembered, wrongFile)}
          </span>
        )}
      </p>
      {file === null ? (
        <Button size="s" icon="upload" aria-label={`Go on with ${fileName}`} onClick={resume}>
          Go on
        </Button>
      ) : (
        <Button size="s" icon="add" aria-label={`Add ${fileName}`} onClick={() => onAdd(file.fileKey)}>
          Add
        </Button>
      )}
      <IconButton icon="close" size="s" label={`Discard ${fileName}`} onClick={onDiscard} />
    </li>
  )
}

function describeDifference({ fileName, fileSize }: RememberedUpload, picked: File): string {
  if (picked.name !== fileName) return `${picked.name} is another file.`
  if (picked.size !== fileSize) return `This ${picked.name} has ${formatBytes(picked.size)}: it is another file.`
  return `This ${picked.name} was changed since: upload it anew.`
}

/** The bytes go too; should the server not hear of it, it gives them up by itself. */
function discard({ remembered: { url } }: UnfinishedUpload): void {
  forget(url)
  fetch(url, { method: 'DELETE', headers: { 'Tus-Resumable': '1.0.0' } }).catch(() => {})
}
