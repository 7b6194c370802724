import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { RenderingCancelledException } from 'pdfjs-dist'
import type { PDFDocumentProxy } from 'pdfjs-dist'
import styles from './pdf-thumbnails.module.css'

/** In pixels. Pages of other shapes are fitted into the same space, so that nothing moves when they are drawn. */
const WIDTH = 96
const HEIGHT = 128
const SPACING = 30

export interface PdfThumbnailsProps {
  document: PDFDocumentProxy
  page: number
  onShow: (page: number) => void
}

/** The pages in small. Only those in sight are drawn. */
export function PdfThumbnails({ document, page, onShow }: PdfThumbnailsProps) {
  const scroller = useRef<HTMLElement>(null)
  // oxlint-disable-next-line react/incompatible-library -- it matters to the React Compiler only, which is not used
  const virtualizer = useVirtualizer({
    count: document.numPages,
    getScrollElement: () => scroller.current,
    estimateSize: () => HEIGHT + SPACING,
    overscan: 2,
    paddingStart: 12,
    paddingEnd: 12,
  })
  useEffect(() => {
    virtualizer.scrollToIndex(page - 1, { align: 'auto' })
  }, [page, virtualizer])
  return (
    <nav ref={scroller} className={styles.column} aria-label="Pages" data-own-gestures>
      <ul className={styles.list} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => (
          <li key={index} className={styles.entry} style={{ translate: `0 ${start}px` }}>
            <button
              type="button"
              className={styles.button}
              aria-label={`Page ${index + 1}`}
              aria-current={index + 1 === page}
              // One stop for the Tab key; Page Up and Page Down do the walking.
              tabIndex={index + 1 === page ? 0 : -1}
              onClick={() => onShow(index + 1)}
            >
              <Thumbnail document={document} page={index + 1} />
              <span className={styles.number}>{index + 1}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Thumbnail({ document, page }: { document: PDFDocumentProxy; page: number }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    if (canvas.current === null) return undefined
    return drawPage(document, page, canvas.current)
  }, [document, page])
  return <canvas ref={canvas} className={styles.canvas} aria-hidden="true" />
}

/** Answers how to stop it: fast scrolling passes pages that nobody will see. */
function drawPage(pdf: PDFDocumentProxy, pageNumber: number, canvas: HTMLCanvasElement): () => void {
  let stop: (() => void) | null = null
  let isStopped = false
  const draw = async () => {
    const page = await pdf.getPage(pageNumber)
    if (isStopped) return
    const whole = page.getViewport({ scale: 1 })
    const fit = Math.min(WIDTH / whole.width, HEIGHT / whole.height) * Math.min(devicePixelRatio, 2)
    const viewport = page.getViewport({ scale: fit })
    canvas.width = Math.max(1, Math.floor(viewport.width))
    canvas.height = Math.max(1, Math.floor(viewport.height))
    const task = page.render({ canvas, viewport })
    stop = () => task.cancel()
    await task.promise
  }
  draw().catch((error: unknown) => {
    // A page that cannot be drawn stays blank here; the large page says more.
    if (error instanceof RenderingCancelledException) return
    canvas.dataset['failed'] = 'true'
  })
  return () => {
    isStopped = true
    stop?.()
  }
}
