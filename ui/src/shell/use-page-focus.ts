import { useCallback, useEffect, useRef, type RefObject } from 'react'
import { isFocusLost, OTHERS_FIRST } from '../components/use-kept-focus.ts'

export interface PageFocus {
  content: RefObject<HTMLElement | null>
  /** To be called when the palette is about to open. */
  remember: () => void
}

/**
 * Finds a place for the focus once the command palette is closed, and once the person went somewhere by what is not there
 * any more: what had it before, on another page the content. On the first page it stays where the browser begins.
 */
export function usePageFocus(location: string, isPaletteOpen: boolean): PageFocus {
  const content = useRef<HTMLElement>(null)
  const before = useRef<{ element: Element | null; location: string } | null>(null)
  const isFirst = useRef(true)
  useEffect(() => {
    if (isPaletteOpen) return undefined
    const { element } = before.current?.location === location ? before.current : { element: null }
    before.current = null
    const isToStay = isFirst.current
    isFirst.current = false
    const timer = setTimeout(() => {
      if (isToStay || !isFocusLost()) return
      const isThere = element instanceof HTMLElement && element.isConnected && element !== document.body
      const target = isThere ? element : content.current
      target?.focus({ preventScroll: true })
    }, OTHERS_FIRST)
    return () => clearTimeout(timer)
  }, [location, isPaletteOpen])
  const remember = useCallback(() => {
    before.current = { element: document.activeElement, location }
  }, [location])
  return { content, remember }
}
