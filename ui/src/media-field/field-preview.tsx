import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { FilePreview } from '../../../src/contract/media.ts'
import { fileUrl, fileThumbnailUrl, thumbnailUrl } from '../api.ts'
import { classNames } from '../components/class-names.ts'
import { fileIcon } from '../components/file-icon.ts'
import { fileExtension, hasThumbnail } from '../components/file-name.ts'
import { FileThumbnail } from '../components/file-thumbnail.tsx'
import { Icon } from '../components/icon.tsx'
import { placeholderStyle } from '../components/placeholder-style.ts'
import { filePreviewQuery } from '../queries.ts'
import { isVideoName } from './check-file.ts'
import styles from './field-preview.module.css'
import type { MediaEntry } from './media-entries.ts'
import { useMediaFieldControls } from './media-field-context.ts'
import type { EntryFile } from './use-entry-file.ts'

export interface FieldPreviewProps {
  entry: MediaEntry
  file: EntryFile
  /** `whole` shows all of it, `tile` fills a square, `symbol` is small. */
  size: 'whole' | 'tile' | 'symbol'
}

/**
 * The look of a file. One that was picked on this page is shown from the person's own disk, and stays that way when it
 * is stored: it is the same image, and nothing flickers. The button around it says the name.
 */
export function FieldPreview({ entry, file, size }: FieldPreviewProps) {
  const { table, column } = useMediaFieldControls()
  const position = { table, column: column.name, fileKey: entry.fileKey ?? '' }
  const { data: preview } = useQuery(filePreviewQuery(position))
  const url = getAddress(entry, file, position)
  if (file.isMissing) return <Symbol name="image-broken" size={size} caption="Missing file" />
  if (url === null || file.isBroken) return <FileSymbol name={file.name} size={size} />
  if (size !== 'symbol' && isVideoName(file.name)) {
    // A video that was picked on this page is shown from the disk; of a stored one an image is loaded, if it has one.
    const still = file.upload?.previewUrl ? null : fileThumbnailUrl(position, 1280, preview !== undefined)
    return <Video key={still} url={url} still={still} file={file} size={size} />
  }
  if (isLocalImage(file) || (size === 'whole' && hasThumbnail(file.name))) {
    return <FullImage key={url} url={url} preview={preview} file={file} size={size} />
  }
  return <StoredThumbnail entry={entry} file={file} size={size} />
}

interface FullImageProps {
  url: string
  preview: FilePreview | undefined
  file: EntryFile
  size: FieldPreviewProps['size']
}

function FullImage({ url, preview, file, size }: FullImageProps) {
  const [isLoaded, setIsLoaded] = useState(false)
  return (
    <span
      className={classNames(styles.frame, styles[size])}
      style={size === 'whole' && !isLoaded ? placeholderStyle(preview, 'contain') : undefined}
    >
      <img
        src={url}
        alt=""
        decoding="async"
        draggable={false}
        data-loading={!isLoaded}
        onLoad={() => setIsLoaded(true)}
        onError={file.onImageError}
      />
    </span>
  )
}

/** The local file, as long as the page has it; `null` when there is nothing to show yet. */
function getAddress(
  entry: MediaEntry,
  { upload }: EntryFile,
  position: { table: string; column: string },
): string | null {
  if (upload?.previewUrl) return upload.previewUrl
  if (entry.fileKey === null) return null
  const file = { ...position, fileKey: entry.fileKey }
  // Large enough for the form; the viewer has the image itself.
  return hasThumbnail(entry.fileKey) ? thumbnailUrl(file, 1280) : fileUrl(file)
}

function StoredThumbnail({ entry, file, size }: FieldPreviewProps) {
  const { table, column } = useMediaFieldControls()
  const { fileKey } = entry
  if (fileKey === null) return <FileSymbol name={file.name} size={size} />
  return (
    <span className={classNames(styles.stored, styles[size])} aria-hidden="true" onErrorCapture={file.onImageError}>
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

function isLocalImage({ upload }: EntryFile): boolean {
  return upload !== null && upload.previewUrl !== null && upload.file.type.startsWith('image/')
}

interface VideoProps {
  url: string
  /** Where an image of it may be; `null` for none. */
  still: string | null
  file: EntryFile
  size: 'whole' | 'tile'
}

function Video({ url, still, file, size }: VideoProps) {
  const [hasStill, setHasStill] = useState(still !== null)
  return (
    <span className={classNames(styles.frame, styles[size], styles.video)}>
      {hasStill && still !== null ? (
        <img src={still} alt="" decoding="async" draggable={false} onError={() => setHasStill(false)} />
      ) : (
        // A second in, because many videos begin with black.
        <video
          src={`${url}#t=1`}
          preload="metadata"
          muted
          playsInline
          tabIndex={-1}
          aria-hidden="true"
          onError={file.onImageError}
        />
      )}
      {!file.isUploading && (
        <span className={styles.play}>
          <Icon name="play" size={size === 'whole' ? 22 : 16} />
        </span>
      )}
    </span>
  )
}

function FileSymbol({ name, size }: { name: string; size: FieldPreviewProps['size'] }) {
  const extension = fileExtension(name)
  return <Symbol name={fileIcon(extension)} size={size} caption={extension} />
}

function Symbol(props: { name: Parameters<typeof Icon>[0]['name']; size: FieldPreviewProps['size']; caption: string }) {
  return (
    <span className={classNames(styles.frame, styles[props.size], styles.plain)}>
      <Icon name={props.name} size={props.size === 'symbol' ? 22 : 30} />
      {(props.size !== 'symbol' || props.caption.length < 6) && <span className={styles.caption}>{props.caption}</span>}
    </span>
  )
}
