import { fileAddress } from '../api.ts'
import { classNames } from '../components/class-names.ts'
import { fileIcon } from '../components/file-icon.ts'
import { fileExtension, isPicture } from '../components/file-name.ts'
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
  const { upload, onPictureError, isBroken, name } = file
  const { fileKey } = entry
  if (file.isMissing) return <Symbol name="image-broken" size={size} caption="Missing file" />
  const frame = classNames(styles.frame, styles[size])
  const local = upload?.previewUrl ?? null
  const address = local ?? (fileKey === null ? null : fileAddress({ table, column: column.name, fileKey }))
  if (address === null || isBroken) return <Symbol name={fileIcon(fileExtension(name))} size={size} caption={fileExtension(name)} />

  const isLocalPicture = local !== null && (upload?.file.type.startsWith('image/') ?? false)
  if (isLocalPicture || (size === 'whole' && local === null && isPicture(name))) {
    return (
      <span className={frame}>
        <img src={address} alt="" decoding="async" draggable={false} onError={onPictureError} />
      </span>
    )
  }
  if (isVideoName(name) && size !== 'symbol') {
    return (
      <span className={classNames(frame, styles.video)}>
        {/* A tenth of a second in, because many films begin with black. */}
        <video src={`${address}#t=0.1`} preload="metadata" muted playsInline tabIndex={-1} onError={onPictureError} />
        <span className={styles.play}>
          <Icon name="play" size={size === 'whole' ? 22 : 16} />
        </span>
      </span>
    )
  }
  if (fileKey === null) return <Symbol name={fileIcon(fileExtension(name))} size={size} caption={fileExtension(name)} />
  return (
    <span className={classNames(styles.stored, styles[size])} aria-hidden="true" onErrorCapture={onPictureError}>
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

function Symbol(props: { name: Parameters<typeof Icon>[0]['name']; size: FilePictureProps['size']; caption: string }) {
  return (
    <span className={classNames(styles.frame, styles[props.size], styles.plain)}>
      <Icon name={props.name} size={props.size === 'symbol' ? 22 : 30} />
      <span className={styles.caption}>{props.caption}</span>
    </span>
  )
}
