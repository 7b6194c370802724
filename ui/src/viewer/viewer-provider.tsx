import { createContext, lazy, Suspense, use, useCallback, useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import type { ViewerFile, ViewerRequest } from './viewer-file.ts'

export type { ViewerFile, ViewerRequest }

interface Viewer {
  openViewer(request: ViewerRequest): void
}

interface OpenViewer extends ViewerRequest {
  /** Where the viewer grows out of, in the window's pixels. */
  origin: DOMRect | null
}

const loadOverlay = () => import('./viewer-overlay.tsx')
const ViewerOverlay = lazy(async () => ({ default: (await loadOverlay()).ViewerOverlay }))

const ViewerContext = createContext<Viewer | null>(null)

/** Opens stored files over the page. It is part of the first load, so everything it shows is loaded on need. */
export function ViewerProvider({ children }: { children: ReactNode }) {
  const [opened, setOpened] = useState<OpenViewer | null>(null)

  const openViewer = useCallback((request: ViewerRequest) => {
    if (request.files.length === 0) return
    const index = Math.min(Math.max(request.index, 0), request.files.length - 1)
    const origin = document.activeElement?.getBoundingClientRect() ?? null
    // An entry of its own, so that the browser's Back closes the viewer and leaves the page where it was.
    if (!isViewerEntry()) history.pushState({ ...currentState(), isVitrineViewer: true }, '')
    setOpened({ files: request.files, index, origin })
  }, [])

  const close = useCallback(() => {
    // The `popstate` that follows takes the overlay away.
    if (isViewerEntry()) history.back()
    else setOpened(null)
  }, [])

  // A link inside the viewer has already replaced the viewer's entry with the page it leads to.
  const leave = useCallback(() => setOpened(null), [])

  useEffect(() => {
    const closeOnBack = () => {
      if (!isViewerEntry()) setOpened(null)
    }
    addEventListener('popstate', closeOnBack)
    return () => removeEventListener('popstate', closeOnBack)
  }, [])

  const viewer = useMemo(() => ({ openViewer }), [openViewer])
  return (
    <ViewerContext value={viewer}>
      {children}
      {opened !== null && (
        <Suspense>
          <ViewerOverlay {...opened} onClose={close} onLeave={leave} />
        </Suspense>
      )}
    </ViewerContext>
  )
}

export function useViewer(): Viewer {
  const viewer = use(ViewerContext)
  if (viewer === null) throw new Error('useViewer must be called inside a ViewerProvider.')
  return viewer
}

function currentState(): object {
  const state: unknown = history.state
  return typeof state === 'object' && state !== null ? state : {}
}

function isViewerEntry(): boolean {
  return 'isVitrineViewer' in currentState()
}
