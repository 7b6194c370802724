import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { originalFileName } from '../components/file-name.ts'
import { usePdfThumbnailUpload } from '../thumbnails/use-missing-thumbnail.ts'
import { formatCount } from '../formats.ts'
import { useViewerKeys } from '../viewer/viewer-keys.ts'
import { PasswordForm } from './pdf/password-form.tsx'
import { PdfSearch } from './pdf/pdf-search.tsx'
import { PdfThumbnails } from './pdf/pdf-thumbnails.tsx'
import { PdfTools } from './pdf/pdf-tools.tsx'
import { usePdfGestures } from './pdf/use-pdf-gestures.ts'
import { usePdf } from './pdf/use-pdf.ts'
import { useInitialFocus } from './use-initial-focus.ts'
import type { ViewerProperties } from './viewer-properties.ts'
import styles from './pdf-viewer.module.css'
import './pdf/pdf-layers.css'

const ZOOM_STEP = 1.2
/** The thumbnails start open when the viewer is wider than this, in pixels. */
const WIDE = 900

/** PDFs, as scrolled pages with text to select and search. Nothing in the file runs. */
export function PdfViewer({ file, url, information, onFailure, onDetails }: ViewerProperties) {
  const scroller = useRef<HTMLDivElement>(null)
  const pdf = usePdf(scroller, url, onFailure)
  const [isSearching, setIsSearching] = useState(false)
  const [hasThumbnails, setHasThumbnails] = useState(() => innerWidth > WIDE)
  useInitialFocus(scroller)
  usePdfGestures(scroller, pdf.pages)
  usePdfThumbnailUpload(pdf.document, { file, information })

  const sendDetails = useEffectEvent(onDetails)
  useEffect(() => {
    if (pdf.document !== null) sendDetails([{ label: 'Pages', value: formatCount(pdf.document.numPages) }])
  }, [pdf.document])

  const { document, pages, state } = pdf
  const actions = new Map<string, () => void>([
    ['/', () => setIsSearching(true)],
    ['ctrl+f', () => setIsSearching(true)],
    ['+', () => pages?.zoom(ZOOM_STEP)],
    ['=', () => pages?.zoom(ZOOM_STEP)],
    ['-', () => pages?.zoom(1 / ZOOM_STEP)],
    ['0', () => pages?.fit('page-width')],
    ['r', () => pages?.rotate()],
  ])
  useViewerKeys((event) => {
    const key = event.key.toLowerCase()
    const action = actions.get(event.ctrlKey || event.metaKey ? `ctrl+${key}` : key)
    action?.()
    return action !== undefined
  })

  const endSearch = () => {
    pages?.endSearch()
    setIsSearching(false)
    scroller.current?.focus({ preventScroll: true })
  }
  return (
    <div className={styles.viewer}>
      {pages !== null && document !== null && (
        <PdfTools
          pages={pages}
          state={state}
          pageCount={document.numPages}
          hasThumbnails={hasThumbnails}
          onToggleThumbnails={() => setHasThumbnails(!hasThumbnails)}
          isSearching={isSearching}
          onToggleSearch={() => (isSearching ? endSearch() : setIsSearching(true))}
        />
      )}
      {isSearching && pages !== null && <PdfSearch pages={pages} found={state.found} onClose={endSearch} />}
      <div className={styles.body}>
        {hasThumbnails && document !== null && document.numPages > 1 && (
          <PdfThumbnails document={document} page={state.page} onShow={(page) => pages?.goToPage(page)} />
        )}
        <div className={styles.frame}>
          {/* pdf.js wants to be placed absolutely. A region that scrolls must be reachable by keyboard. */}
          {/* oxlint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role */}
          <div
            ref={scroller}
            className={styles.scroller}
            role="region"
            aria-label={`Pages of ${originalFileName(file.fileKey)}`}
            tabIndex={0}
            {...(state.isWide ? { 'data-own-gestures': '' } : {})}
          >
            <div className="pdfViewer" />
          </div>
          {document === null && pdf.unlock === null && <output className={styles.waiting} aria-label="Loading" />}
          {pdf.unlock !== null && <PasswordForm onSubmit={pdf.unlock} wasWrong={pdf.wasPasswordWrong} />}
        </div>
      </div>
    </div>
  )
}
