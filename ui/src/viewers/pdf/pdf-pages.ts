import { AnnotationMode } from 'pdfjs-dist'
import type { PDFDocumentProxy } from 'pdfjs-dist'
import { EventBus, FindState, PDFFindController, PDFViewer } from 'pdfjs-dist/web/pdf_viewer.mjs'
import { SafeLinkService } from './safe-link-service.ts'

/** What the pages tell about themselves. */
export interface PagesState {
  page: number
  /** 1 is the size on paper at 96 pixels to the inch. */
  scale: number
  found: SearchResult | null
  /** The pages are wider than the view. */
  isWide: boolean
}

export interface SearchResult {
  /** Counted from 1; 0 while none is selected. */
  current: number
  total: number
  isSearching: boolean
}

/** `width-at-first` is the width of the view, but no larger than is pleasant to read. */
type Fit = 'width-at-first' | 'page-width' | 'page-fit'

export const PAGES_AT_REST: PagesState = { page: 1, scale: 1, found: null, isWide: false }

const MIN_SCALE = 0.1
const MAX_SCALE = 8
/** A page is as wide as the view at first, but no larger than this. */
const MAX_INITIAL_SCALE = 1.25

/** The scrolled pages of one document: pdf.js's own viewer, which keeps only the pages near the view. */
export class PdfPages {
  readonly #abort = new AbortController()
  readonly #eventBus = new EventBus()
  readonly #links = new SafeLinkService({ eventBus: this.#eventBus, ignoreDestinationZoom: true })
  readonly #viewer: PDFViewer
  #state = PAGES_AT_REST
  /** Where a gesture has got to; `null` when the scale was set in another way. */
  #wantedScale: number | null = null
  /** What the pages go on fitting when the view changes; `null` once a person has zoomed. */
  #fitted: Fit | null = 'width-at-first'
  readonly #resizes = new ResizeObserver(() => this.#fitAgain())

  constructor(container: HTMLDivElement, onChange: (state: PagesState) => void) {
    const findController = new PDFFindController({ eventBus: this.#eventBus, linkService: this.#links })
    const options: PagesOptions = {
      container,
      eventBus: this.#eventBus,
      linkService: this.#links,
      findController,
      annotationMode: AnnotationMode.ENABLE,
      // Turning words into links races with zooming in this version, and the file's own links are enough.
      enableAutoLinking: false,
      removePageBorders: true,
      abortSignal: this.#abort.signal,
    }
    this.#viewer = new PDFViewer(options)
    this.#links.setViewer(this.#viewer)
    const change = (changes: Partial<PagesState>) => {
      this.#state = { ...this.#state, ...changes }
      onChange(this.#state)
    }
    this.#listen(change)
    this.#eventBus.on('updateviewarea', () => {
      const isWide = container.scrollWidth > container.clientWidth + 1
      if (isWide !== this.#state.isWide) change({ isWide })
    })
  }

  show(pdf: PDFDocumentProxy, page: number): void {
    this.#links.setDocument(pdf)
    this.#viewer.setDocument(pdf)
    this.#eventBus.on('pagesinit', () => {
      this.#fitAgain()
      this.#viewer.currentPageNumber = Math.min(page, pdf.numPages)
      this.#resizes.observe(this.#viewer.container)
    })
  }

  goToPage(page: number): void {
    if (page >= 1 && page <= this.#viewer.pagesCount) this.#viewer.currentPageNumber = page
  }

  zoom(factor: number): void {
    this.#wantedScale = null
    this.#fitted = null
    const scale = this.#viewer.currentScale * factor
    this.#viewer.currentScale = Math.min(Math.max(scale, MIN_SCALE), MAX_SCALE)
  }

  /** Zooms towards a point of the window. Drawing waits until the gesture is over; until then the pages are stretched. */
  zoomAt(factor: number, { x, y }: { x: number; y: number }): void {
    this.#fitted = null
    const current = this.#viewer.currentScale
    // pdf.js rounds every step to a hundredth, in which a slow gesture would be lost.
    this.#wantedScale = Math.min(Math.max((this.#wantedScale ?? current) * factor, MIN_SCALE), MAX_SCALE)
    this.#viewer.updateScale({ drawingDelay: 300, scaleFactor: this.#wantedScale / current, origin: [x, y] })
  }

  fit(part: Exclude<Fit, 'width-at-first'>): void {
    this.#wantedScale = null
    this.#fitted = part
    this.#fitAgain()
  }

  rotate(): void {
    this.#viewer.pagesRotation = (this.#viewer.pagesRotation + 90) % 360
  }

  /** `step` goes on from the match before; without it the search begins anew. */
  search(query: string, step?: 'next' | 'previous'): void {
    this.#eventBus.dispatch('find', {
      source: this,
      type: step === undefined ? '' : 'again',
      query,
      caseSensitive: false,
      entireWord: false,
      highlightAll: true,
      findPrevious: step === 'previous',
      matchDiacritics: false,
    })
  }

  endSearch(): void {
    this.#eventBus.dispatch('findbarclose', { source: this })
  }

  destroy(): void {
    this.endSearch()
    this.#abort.abort()
    this.#resizes.disconnect()
    this.#viewer.setDocument(noDocument())
    this.#links.setDocument(noDocument())
  }

  /** The view is another size after a turn of the phone, or when the thumbnails come and go. */
  #fitAgain(): void {
    if (this.#fitted === null) return
    this.#viewer.currentScaleValue = this.#fitted === 'width-at-first' ? 'page-width' : this.#fitted
    const isTooLarge = this.#fitted === 'width-at-first' && this.#viewer.currentScale > MAX_INITIAL_SCALE
    if (isTooLarge) this.#viewer.currentScale = MAX_INITIAL_SCALE
  }

  #listen(change: (changes: Partial<PagesState>) => void): void {
    this.#eventBus.on('pagechanging', ({ pageNumber }: { pageNumber: number }) => change({ page: pageNumber }))
    this.#eventBus.on('scalechanging', ({ scale }: { scale: number }) => change({ scale }))
    this.#eventBus.on('updatefindmatchescount', ({ matchesCount }: { matchesCount: MatchesCount }) => {
      change({ found: { ...matchesCount, isSearching: this.#state.found?.isSearching ?? false } })
    })
    this.#eventBus.on('updatefindcontrolstate', (event: { state: number; matchesCount: MatchesCount }) => {
      change({ found: { ...event.matchesCount, isSearching: event.state === FindState.PENDING } })
    })
    this.#eventBus.on('findbarclose', () => change({ found: null }))
  }
}

/** The types leave out the signal that ends the viewer's listeners. */
type PagesOptions = ConstructorParameters<typeof PDFViewer>[0] & { abortSignal: AbortSignal }

interface MatchesCount {
  current: number
  total: number
}

/** pdf.js takes null for "no document"; its types forgot. */
function noDocument(): PDFDocumentProxy {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return null as unknown as PDFDocumentProxy
}
