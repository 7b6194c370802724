import { useEffect, useRef, type RefObject } from 'react'
import type { PDFDocumentProxy } from 'pdfjs-dist'
import type { FileInformation } from '../../../src/contract/media.ts'
import type { FileLocation } from '../api.ts'
import { shownMoment } from './film-picture.ts'
import { usePictureGiver } from './use-picture-giver.ts'

/** Moments of a film that are looked at for a picture, before it is left as it is. */
const MOST_TRIES = 40

/** A file that is looked at and has no picture yet gets one of what is shown of it anyway. */
interface Learned {
  file: FileLocation
  /** `null` until the server has told. */
  information: FileInformation | null
}

/** The first moment of a film that the person sees and that is not black. */
export function useLearnedFilmPicture(video: RefObject<HTMLVideoElement | null>, { file, information }: Learned): void {
  const giver = usePictureGiver()
  const lacksPicture = information !== null && information.preview === null
  useEffect(() => {
    const element = video.current
    if (element === null || giver === null || !lacksPicture) return undefined
    const settled = new AbortController()
    let tries = 0
    const look = async () => {
      tries += 1
      if (tries === MOST_TRIES) settled.abort()
      try {
        const picture = await shownMoment(element)
        if (picture === null || settled.signal.aborted) return
        giver.give(file, async () => picture)
      } catch (error) {
        // A film of a bucket that does not let the page look into it is shown, and no more.
        if (!(error instanceof DOMException)) throw error
      }
      settled.abort()
    }
    void look()
    for (const event of ['loadeddata', 'timeupdate', 'seeked']) {
      element.addEventListener(event, () => void look(), { signal: settled.signal })
    }
    return () => settled.abort()
  }, [video, file, giver, lacksPicture])
}

/** The first page of a PDF. */
export function useLearnedPdfPicture(pdf: PDFDocumentProxy | null, { file, information }: Learned): void {
  const giver = usePictureGiver()
  const given = useRef<PDFDocumentProxy | null>(null)
  const lacksPicture = information !== null && information.preview === null
  useEffect(() => {
    if (pdf === null || giver === null || !lacksPicture || given.current === pdf) return
    given.current = pdf
    giver.give(file, async () => (await import('./pdf-picture.ts')).pictureOfPdf(pdf))
  }, [pdf, file, giver, lacksPicture])
}
