import { useEffect, useEffectEvent } from 'react'

/** Answers whether it took the key; a key that was taken does nothing else. */
export type KeyHandler = (event: KeyboardEvent) => boolean

/**
 * Keys of the viewer that is open, wherever in the overlay the focus is. It hears them before the overlay does
 * (`overlay` phase), so that a video can seek with the arrows that otherwise walk through the files.
 */
export function useViewerKeys(handler: KeyHandler, phase: 'viewer' | 'overlay' = 'viewer'): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || isNeededByFocus(event)) return
    if (handler(event)) event.preventDefault()
  })
  useEffect(() => {
    const isCapturing = phase === 'viewer'
    addEventListener('keydown', onKeyDown, isCapturing)
    return () => removeEventListener('keydown', onKeyDown, isCapturing)
  }, [phase])
}

const ARROWS = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'])

/** Whether the element with the focus does something of its own with the key. */
function isNeededByFocus(event: KeyboardEvent): boolean {
  const target = event.target
  if (!(target instanceof HTMLElement)) return false
  const isPress = event.key === ' ' || event.key === 'Enter'
  if (target.matches('input[type=range], [data-own-arrows]')) return ARROWS.has(event.key) && !event.shiftKey
  if (target.matches('input, textarea, select, [contenteditable]')) return true
  return isPress && target.matches('button, a, summary')
}
