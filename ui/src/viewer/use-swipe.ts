import { useRef } from 'react'
import type { PointerEvent } from 'react'

/** How far a finger moves before it is a swipe, in pixels. */
const SWIPE_DISTANCE = 56
const MAX_SWIPE_MS = 600

interface Swipe {
  onPointerDown: (event: PointerEvent) => void
  onPointerUp: (event: PointerEvent) => void
  onPointerCancel: () => void
}

/** Walks left and right by a finger. An element that pans or scrolls by itself carries `data-own-gestures`. */
export function useSwipe(walk: (step: 1 | -1) => void): Swipe {
  const start = useRef<{ x: number; y: number; time: number } | null>(null)
  return {
    onPointerDown: (event) => {
      const isOwn =
        event.target instanceof Element && event.target.closest('[data-own-gestures], input, button, a') !== null
      // A second finger makes it a pinch.
      const isSwipe = event.pointerType === 'touch' && event.isPrimary && !isOwn
      start.current = isSwipe ? { x: event.clientX, y: event.clientY, time: event.timeStamp } : null
    },
    onPointerUp: (event) => {
      const from = start.current
      start.current = null
      if (from === null || event.timeStamp - from.time > MAX_SWIPE_MS) return
      const x = event.clientX - from.x
      if (Math.abs(x) < SWIPE_DISTANCE || Math.abs(x) < 2 * Math.abs(event.clientY - from.y)) return
      walk(x < 0 ? 1 : -1)
    },
    onPointerCancel: () => {
      start.current = null
    },
  }
}
