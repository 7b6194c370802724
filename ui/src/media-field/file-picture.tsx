import { fileAddress, thumbnailAddress } from '../api.ts'
import { classNames } from '../components/class-names.ts'
import { fileIcon } from '../components/file-icon.ts'
import { fileExtension, hasThumbnail } from '../components/file-name.ts'
import { FileThumbnail } from '../components/file-thumbnail.tsx'
import { Icon } from '../components/icon.tsx'
import { isVideoName } from './check-file.ts'
import styles from './file-picture.module.css'
import type { MediaEntry } from './media-entries.ts'
import { useMediaFieldControls } from './media-field-context.ts'
import type { EntryFile } from './use-entry-file.ts'

export interface FilePictureProps {
  entry: MediaEntry
  file: EntryFile
  /** `whole` shows all of it, `tile` fills a square, `symbol` is small. */
  size: 'whole' | 'tile' | 'symbol'
}

/**
 * The look of a file. One that was picked on this page is shown from the person's own disk, and stays that way when it
 * is stored: it is the same picture, and nothing flickers. The button around it says the name.
 */
export function FilePicture({ entry, file, size }: FilePictureProps) {
  const { table, column } = useMediaFieldControls()
  const address = addressOf(entry, file, { table, column: column.name })
  if (file.isMissing) return <Symbol name="image-broken" size={size} caption="Missing file" />
  if (address === null || file.isBroken) return <FileSymbol name={file.name} size={size} />
  if (size !== 'symbol' && isVideoName(file.name)) return <Video address={address} file={file} size={size} />
  if (isLocalPicture(file) || (size === 'whole' && hasThumbnail(file.name))) {
    return (
      <span className={classNames(styles.frame, styles[size])}>
        <img src={address} alt="" decoding="async" draggable={false} onError={file.onPictureError} />
      </span>
    )
  }
  return <StoredThumbnail entry={entry} file={file} size={size} />
}

/** The local file, as long as the page has it; `null` when there is nothing to show yet. */
function addressOf(entry: MediaEntry, { upload }: EntryFile, place: { table: string; column: string }): string | null {
  if (upload?.previewUrl) return upload.previewUrl
  if (entry.fileKey === null) return null
  const file = { ...place, fileKey: entry.fileKey }
  // Large enough for the form; the viewer has the picture itself.
  return hasThumbnail(entry.fileKey) ? thumbnailAddress(file, 1280) : fileAddress(file)
}

function StoredThumbnail({ entry, file, size }: FilePictureProps) {
  const { table, column } = useMediaFieldControls()
  const { fileKey } = entry
  if (fileKey === null) return <FileSymbol name={file.name} size={size} />
  return (
    <span className={classNames(styles.stored, styles[size])} aria-hidden="true" onErrorCapture={file.onPictureError}>
      <FileThumbnail
        table={table}
        column={column.name}
        fileKey={fileKey}
        size={size === 'symbol' ? 'm' : 'l'}
        className={size === 'tile' ? (styles.square ?? '') : ''}
      />
    </span>
  )
}

function isLocalPicture({ upload }: EntryFile): boolean {
  return upload !== null && upload.previewUrl !== null && upload.file.type.startsWith('image/')
}

function Video({ address, file, size }: { address: string; file: EntryFile; size: 'whole' | 'tile' }) {
  return (
    <span className={classNames(styles.frame, styles[size], styles.video)}>
      {/* A second in, because many films begin with black. */}
      <video
        src={`${address}#t=1`}
        preload="metadata"
        muted
        playsInline
        tabIndex={-1}
        aria-hidden="true"
        onError={file.onPictureError}
      />
      <span className={styles.play}>
        <Icon name="play" size={size === 'whole' ? 22 : 16} />
      </span>
    </span>
  )
}

function FileSymbol({ name, size }: { name: string; size: FilePictureProps['size'] }) {
  const extension = fileExtension(name)
  return <Symbol name={fileIcon(extension)} size={size} caption={extension} />
}

function Symbol(props: { name: Parameters<typeof Icon>[0]['name']; size: FilePictureProps['size']; caption: string }) {
  return (
    <span className={classNames(styles.frame, styles[props.size], styles.plain)}>
      <Icon name={props.name} size={props.size === 'symbol' ? 22 : 30} />
      {(props.size !== 'symbol' || props.caption.length < 6) && <span className={styles.caption}>{props.caption}</span>}
    </span>
  )
}
