import { fileUrl } from '../api.ts'
import { buttonClassName } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { IconButton } from '../components/icon-button.tsx'
import { ShortenedName } from '../components/shortened-name.tsx'
import { CopyLinkButton } from './copy-link-button.tsx'
import type { ViewerFile } from './viewer-file.ts'
import styles from './viewer-header.module.css'

export interface ViewerHeaderProps {
  file: ViewerFile
  name: string
  /** `2 of 5`; `null` when there is one file. */
  position: string | null
  areDetailsShown: boolean
  onToggleDetails: () => void
  onClose: () => void
}

export function ViewerHeader({ file, name, position, areDetailsShown, onToggleDetails, onClose }: ViewerHeaderProps) {
  const linkClassName = `${buttonClassName('quiet')} ${styles.link ?? ''}`
  return (
    <header className={styles.header}>
      <div className={styles.title}>
        <h2 className={styles.name}>
          <ShortenedName name={name} />
        </h2>
        {position !== null && <span className={styles.position}>{position}</span>}
      </div>
      <a
        className={linkClassName}
        href={fileUrl(file, { download: true })}
        download
        aria-label="Download"
        title="Download"
      >
        <Icon name="download" />
      </a>
      <CopyLinkButton file={file} />
      <a
        className={linkClassName}
        href={fileUrl(file)}
        target="_blank"
        rel="noopener noreferrer"
        aria-label="Open in a new tab"
        title="Open in a new tab"
      >
        <Icon name="external" />
      </a>
      <IconButton icon="info" label="Details" aria-pressed={areDetailsShown} onClick={onToggleDetails} />
      <span className={styles.divider} aria-hidden="true" />
      <IconButton icon="close" label="Close" onClick={onClose} />
    </header>
  )
}
