import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { RefObject } from 'react'
import type { PDFDocumentProxy } from 'pdfjs-dist'
import { openPdf, pdfFailure } from './open-pdf.ts'
import { PAGES_AT_REST, PdfPages } from './pdf-pages.ts'
import type { PagesState } from './pdf-pages.ts'

export interface Pdf {
  /** `null` while the file is opened. */
  document: PDFDocumentProxy | null
  pages: PdfPages | null
  state: PagesState
  /** The file is locked: gives the password. `null` when none is asked for. */
  unlock: ((password: string) => void) | null
  wasPasswordWrong: boolean
}

/** Opens a PDF in `container`. A new address opens it again on the page that was shown. */
export function usePdf(
  container: RefObject<HTMLDivElement | null>,
  href: string,
  onFailure: (cause: unknown) => void,
): Pdf {
  const [document, setDocument] = useState<PDFDocumentProxy | null>(null)
  const [pages, setPages] = useState<PdfPages | null>(null)
  const [state, setState] = useState(PAGES_AT_REST)
  const [lock, setLock] = useState<Pick<Pdf, 'unlock' | 'wasPasswordWrong'>>({ unlock: null, wasPasswordWrong: false })
  const shownPage = useRef(1)
  const fail = useEffectEvent((error: unknown) => onFailure(pdfFailure(error)))

  useEffect(() => {
    if (container.current === null) return undefined
    let isCurrent = true
    const opened = new PdfPages(container.current, (changed) => {
      shownPage.current = changed.page
      setState(changed)
    })
    const task = openPdf({ url: href })
    task.onPassword = (unlock: (password: string) => void, reason: number) => {
      setLock({ unlock, wasPasswordWrong: reason === INCORRECT_PASSWORD })
    }
    const load = async () => {
      try {
        const loaded = await task.promise
        if (!isCurrent) return
        setLock({ unlock: null, wasPasswordWrong: false })
        opened.show(loaded, shownPage.current)
        setDocument(loaded)
        setPages(opened)
      } catch (error) {
        if (isCurrent) fail(error)
      }
    }
    void load()
    return () => {
      isCurrent = false
      setDocument(null)
      setPages(null)
      opened.destroy()
      // Nobody waits for it: the file is left, and what goes wrong on the way out concerns no one.
      task.destroy().catch(() => {})
    }
  }, [container, href])

  return { document, pages, state, ...lock }
}

/** `PasswordResponses.INCORRECT_PASSWORD` of pdf.js. */
const INCORRECT_PASSWORD = 2
