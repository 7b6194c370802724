import type { PDFDocumentProxy } from 'pdfjs-dist'
import { openPdf } from '../viewers/pdf/open-pdf.ts'
import { encodeCanvas, imageSize } from './draw-image.ts'

/** Longer files, in bytes, are not read whole for an image: they get one when somebody looks at them. */
const MAX_BYTES = 64 * 1024 * 1024

/** Widest page, in pixels: more than the widest thumbnail shows nothing more of a page of text. */
const PAGE_WIDTH = 960

/** The first page of a PDF. */
export async function renderPdfPage(pdf: PDFDocumentProxy): Promise<Blob | null> {
  const page = await pdf.getPage(1)
  const whole = page.getViewport({ scale: 1 })
  const scaled = PAGE_WIDTH / whole.width
  const { width, height } = imageSize({ width: PAGE_WIDTH, height: whole.height * scaled })
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  await page.render({ canvas, viewport: page.getViewport({ scale: width / whole.width }) }).promise
  return encodeCanvas(canvas)
}

/** The first page of a PDF on the person's own disk; `null` when it cannot be opened, as without its password. */
export async function renderFirstPdfPage(file: File): Promise<Blob | null> {
  if (file.size > MAX_BYTES) return null
  // Its bytes, because the page's CSP lets nothing be fetched from an address of the browser's own.
  const task = openPdf({ data: await file.arrayBuffer() })
  const isLocked = new Promise<null>((resolve) => {
    task.onPassword = () => resolve(null)
  })
  try {
    const pdf = await Promise.race([task.promise, isLocked])
    return pdf === null ? null : await renderPdfPage(pdf)
  } finally {
    await task.destroy()
  }
}
