import { fileUrl } from '../api.ts'
import { classNames } from '../components/class-names.ts'
import { fileExtension } from '../components/file-name.ts'
import { Icon } from '../components/icon.tsx'
import { IconButton } from '../components/icon-button.tsx'
import { ShortenedName } from '../components/shortened-name.tsx'
import { isImageName, isVideoName } from './check-file.ts'
import { FileMenu } from './file-menu.tsx'
import { FieldPreview } from './field-preview.tsx'
import { formatBytes } from './format-bytes.ts'
import { useMediaFieldControls } from './media-field-context.ts'
import type { MediaEntry } from './media-entries.ts'
import styles from './single-file.module.css'
import { UploadOverlay } from './upload-overlay.tsx'
import { useEntryFile, type EntryFile } from './use-entry-file.ts'
import { useQuery } from '@tanstack/react-query'
import { filePreviewQuery } from '../queries.ts'
import type { FilePreview } from '../../../src/contract/media.ts'

/** The one file of a column: images and videos large, other files as a line. */
export function SingleFile({ entry }: { entry: MediaEntry | null }) {
  // The key makes a new file begin anew: what failed to show was the one before.
  return entry && <File key={entry.id} entry={entry} />
}

function File({ entry }: { entry: MediaEntry }) {
  const { view, table, column } = useMediaFieldControls()
  const file = useEntryFile(entry, 'always')
  const { fileKey } = entry
  const { data: preview } = useQuery(filePreviewQuery({ table, column: column.name, fileKey: fileKey ?? '' }))
  const isLarge = isShownLarge(file)
  const image = <FieldPreview entry={entry} file={file} size={isLarge ? 'whole' : 'symbol'} />
  return (
    <div className={classNames(styles.file, isLarge ? styles.large : styles.line)}>
      <div className={styles.stage} style={isLarge ? { aspectRatio: stageRatio(file, preview) } : undefined}>
        {fileKey !== null && !file.isMissing ? (
          <button type="button" className={styles.view} aria-label={`View ${file.name}`} onClick={() => view(fileKey)}>
            {image}
          </button>
        ) : (
          image
        )}
        {file.isUploading && file.upload && <UploadOverlay upload={file.upload} />}
      </div>
      <div className={styles.about}>
        <div className={styles.words}>
          <p className={styles.name}>
            <ShortenedName name={file.name} />
          </p>
          <p className={classNames(styles.details, file.isMissing && styles.missing)}>{describe(file)}</p>
        </div>
        {fileKey !== null && <Actions entry={entry} file={file} fileKey={fileKey} />}
      </div>
    </div>
  )
}

function Actions({ entry, file, fileKey }: { entry: MediaEntry; file: EntryFile; fileKey: string }) {
  const { table, column, isReadOnly, replace, remove } = useMediaFieldControls()
  return (
    <div className={styles.actions}>
      {!file.isMissing && (
        <a
          className={styles.action}
          href={fileUrl({ table, column: column.name, fileKey }, { download: true })}
          download={file.name}
          aria-label={`Download ${file.name}`}
          title="Download"
        >
          <Icon name="download" />
        </a>
      )}
      {!isReadOnly && (
        <>
          <IconButton icon="refresh" label={`Replace ${file.name}`} onClick={() => replace(entry.id)} />
          <IconButton icon="trash" label={`Remove ${file.name}`} onClick={() => remove(entry.id)} />
        </>
      )}
      <FileMenu entryId={entry.id} fileKey={fileKey} name={file.name} isMissing={file.isMissing} position={null} />
    </div>
  )
}

/** Of what is missing there is nothing to see. */
function isShownLarge({ name, isMissing }: EntryFile): boolean {
  return !isMissing && (isImageName(name) || isVideoName(name))
}

/** The image's own shape, kept from turning into a tower or a ribbon. */
function stageRatio({ name, information }: EntryFile, preview: FilePreview | undefined): string {
  // Known with the row, before the file itself was asked about.
  const { width, height } = preview ?? information ?? {}
  if (!width || !height) return isVideoName(name) ? '16 / 9' : '4 / 3'
  return String(Math.min(Math.max(width / height, 0.8), 2.4))
}

function describe(file: EntryFile): string {
  if (file.isMissing) return 'Missing file: the storage does not have it. Upload it again, or remove it.'
  const size = file.information?.size ?? file.upload?.file.size
  const { width, height } = file.information ?? {}
  const parts = [
    fileExtension(file.name).toUpperCase(),
    size === undefined ? '' : formatBytes(size),
    width && height ? `${width} × ${height}` : '',
  ]
  // A space that keeps the line's height while nothing is known.
  return parts.filter((part) => part !== '').join(' · ') || '\u00a0'
}
