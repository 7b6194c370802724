import { useEffect, useEffectEvent, useState } from 'react'
import { fileUrl } from '../api.ts'
import { buttonClassName } from '../components/button.tsx'
import { fileExtension, originalFileName } from '../components/file-name.ts'
import { fileIcon } from '../components/file-icon.ts'
import { Icon } from '../components/icon.tsx'
import { formatBytes } from '../formats.ts'
import { UrlError, fetchBytes } from './fetch-bytes.ts'
import { dumpBytes } from './text/dump-bytes.ts'
import type { ViewerProperties } from './viewer-properties.ts'
import styles from './other-viewer.module.css'

/** How many bytes are shown. */
const SHOWN_BYTES = 256

/** A file that no viewer knows: what it is, how it begins, and the way to get it. */
export function OtherViewer({ file, url, information, onFailure }: ViewerProperties) {
  const firstBytes = useFirstBytes(url, onFailure)
  const extension = fileExtension(file.fileKey)
  return (
    <div className={styles.scroller}>
      <section className={styles.card} aria-label={originalFileName(file.fileKey)}>
        <div className={styles.symbol}>
          <Icon name={fileIcon(extension)} size={44} />
        </div>
        <h3 className={styles.name}>
          <bdi>{originalFileName(file.fileKey)}</bdi>
        </h3>
        <p className={styles.facts}>
          {[information?.contentType ?? (extension === '' ? 'unknown type' : extension.toUpperCase())]
            .concat(information === null ? [] : formatBytes(information.size))
            .join(' · ')}
        </p>
        <a className={buttonClassName('primary')} href={fileUrl(file, { download: true })} download>
          <Icon name="download" /> Download
        </a>
        {firstBytes !== null && firstBytes.byteLength > 0 && (
          <figure className={styles.bytes}>
            <figcaption>First {firstBytes.byteLength} bytes</figcaption>
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls on phones (WCAG 2.1.1) */}
            <pre className={styles.dump} tabIndex={0} aria-label="First bytes of the file">
              {dumpBytes(firstBytes)}
            </pre>
          </figure>
        )}
      </section>
    </div>
  )
}

function useFirstBytes(url: string, onFailure: (cause: unknown) => void): Uint8Array | null {
  const [bytes, setBytes] = useState<Uint8Array | null>(null)
  const fail = useEffectEvent(onFailure)
  useEffect(() => {
    const abort = new AbortController()
    fetchBytes(url, { start: 0, length: SHOWN_BYTES, signal: abort.signal }).then(
      (fetched) => setBytes(fetched.bytes),
      // A bucket that this page may not read from still lets the file be downloaded.
      (cause: unknown) => cause instanceof UrlError && fail(cause),
    )
    return () => abort.abort()
  }, [url])
  return bytes
}
