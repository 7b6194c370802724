import { useState } from 'react'
import { getFileUrl } from '../api.ts'
import type { FileUrlResponse } from '../../../src/contract/media.ts'
import { IconButton } from '../components/icon-button.tsx'
import { copyText } from './copy-text.ts'
import { formatAge, formatDateTime } from '../formats.ts'
import type { ViewerFile } from './viewer-file.ts'
import styles from './copy-link-button.module.css'

/** How long the confirmation stays, in milliseconds; a link that has to be copied by hand stays until it is closed. */
const NOTICE_TIME = 6000

interface Notice {
  fileKey: string
  message: string
  /** To be copied by hand, where the browser does not allow the page to do it. */
  url: string | null
}

/** Copies an address of the file that works without a session, and says for how long. */
export function CopyLinkButton({ file }: { file: ViewerFile }) {
  const [lastNotice, setNotice] = useState<Notice | null>(null)
  // The button stays when the next file comes, for it may have the focus; what it said was about the file before.
  const notice = lastNotice?.fileKey === file.fileKey ? lastNotice : null

  const copy = async () => {
    const response = getFileUrl(file)
    const url = response.then((link) => new URL(link.url, location.href).href)
    const isCopied = await copyText(url)
    const shown = { fileKey: file.fileKey, ...(await describe(response, url, isCopied)) }
    setNotice(shown)
    if (shown.url === null) setTimeout(() => setNotice((current) => (current === shown ? null : current)), NOTICE_TIME)
  }
  return (
    <div className={styles.anchor}>
      <IconButton icon={notice === null ? 'link' : 'check'} label="Copy link" onClick={() => void copy()} />
      <output className={styles.notice} data-shown={notice !== null}>
        {notice?.message}
        {notice !== null && notice.url !== null && (
          <span className={styles.byHand}>
            <input readOnly aria-label="Link" value={notice.url} onFocus={(event) => event.currentTarget.select()} />
            <IconButton icon="close" label="Hide the link" size="s" onClick={() => setNotice(null)} />
          </span>
        )}
      </output>
    </div>
  )
}

async function describe(
  response: Promise<FileUrlResponse>,
  url: Promise<string>,
  isCopied: boolean,
): Promise<Omit<Notice, 'fileKey'>> {
  try {
    const { expiresAt } = await response
    const lifetime = expiresAt === null ? 'It does not expire.' : getExpiry(expiresAt)
    if (isCopied) return { message: `Link copied. ${lifetime}`, url: null }
    return { message: `The browser does not let this page copy. ${lifetime}`, url: await url }
  } catch (error) {
    return { message: error instanceof Error ? error.message : 'The link could not be made.', url: null }
  }
}

function getExpiry(expiresAt: string): string {
  return `It expires ${formatAge(expiresAt, Date.now())}, on ${formatDateTime(expiresAt)}.`
}
