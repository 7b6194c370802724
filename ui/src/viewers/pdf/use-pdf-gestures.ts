import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'
import type { PdfPages } from './pdf-pages.ts'

/** How much one pixel of the wheel zooms, with Ctrl held or by a pinch on a trackpad. */
const WHEEL_ZOOM = 0.01

/** Two fingers, and the wheel with Ctrl, zoom the pages to where they are instead of zooming the whole admin. */
export function usePdfGestures(scroller: RefObject<HTMLElement | null>, pages: PdfPages | null): void {
  const spread = useRef<number | null>(null)
  useEffect(() => {
    const element = scroller.current
    if (element === null || pages === null) return undefined
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      pages.zoomAt(Math.exp(-event.deltaY * WHEEL_ZOOM), { x: event.clientX, y: event.clientY })
    }
    const onTouch = (event: TouchEvent) => {
      const [first, second] = event.touches
      if (first === undefined || second === undefined) {
        spread.current = null
        return
      }
      event.preventDefault()
      const now = Math.hypot(first.clientX - second.clientX, first.clientY - second.clientY)
      const middle = { x: (first.clientX + second.clientX) / 2, y: (first.clientY + second.clientY) / 2 }
      if (spread.current !== null) pages.zoomAt(now / spread.current, middle)
      spread.current = now
    }
    // Passive listeners, which React adds, could not keep the browser from zooming as well.
    const options = { passive: false }
    element.addEventListener('wheel', onWheel, options)
    element.addEventListener('touchstart', onTouch, options)
    element.addEventListener('touchmove', onTouch, options)
    element.addEventListener('touchend', onTouch)
    return () => {
      element.removeEventListener('wheel', onWheel)
      element.removeEventListener('touchstart', onTouch)
      element.removeEventListener('touchmove', onTouch)
      element.removeEventListener('touchend', onTouch)
    }
  }, [scroller, pages])
}
