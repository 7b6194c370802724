import { useEffect, useRef, type RefObject } from 'react'
import type { PDFDocumentProxy } from 'pdfjs-dist'
import type { FileInformation } from '../../../src/contract/media.ts'
import type { FileLocation } from '../api.ts'
import { shownMoment } from './video-frame.ts'
import { useThumbnailUpload } from './use-thumbnail-upload.ts'

/** Moments of a video that are looked at for an image, before it is left as it is. */
const MAX_TRIES = 40

/** A file that is looked at and has no image yet gets one of what is shown of it anyway. */
interface Learned {
  file: FileLocation
  /** `null` until the server has told. */
  information: FileInformation | null
}

/** The first moment of a video that the person sees and that is not black. */
export function useVideoThumbnailUpload(
  video: RefObject<HTMLVideoElement | null>,
  { file, information }: Learned,
): void {
  const giver = useThumbnailUpload()
  const lacksThumbnail = information !== null && information.preview === null
  useEffect(() => {
    const element = video.current
    if (element === null || giver === null || !lacksThumbnail) return undefined
    const settled = new AbortController()
    let tries = 0
    const look = async () => {
      tries += 1
      if (tries === MAX_TRIES) settled.abort()
      try {
        const image = await shownMoment(element)
        if (image === null || settled.signal.aborted) return
        giver.give(file, async () => image)
      } catch (error) {
        // A video of a bucket that does not let the page look into it is shown, and no more.
        if (!(error instanceof DOMException)) throw error
      }
      settled.abort()
    }
    void look()
    for (const event of ['loadeddata', 'timeupdate', 'seeked']) {
      element.addEventListener(event, () => void look(), { signal: settled.signal })
    }
    return () => settled.abort()
  }, [video, file, giver, lacksThumbnail])
}

/** The first page of a PDF. */
export function usePdfThumbnailUpload(pdf: PDFDocumentProxy | null, { file, information }: Learned): void {
  const giver = useThumbnailUpload()
  const given = useRef<PDFDocumentProxy | null>(null)
  const lacksThumbnail = information !== null && information.preview === null
  useEffect(() => {
    if (pdf === null || giver === null || !lacksThumbnail || given.current === pdf) return
    given.current = pdf
    giver.give(file, async () => (await import('./pdf-page-image.ts')).renderPdfPage(pdf))
  }, [pdf, file, giver, lacksThumbnail])
}
