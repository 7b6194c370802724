import { useEffect, useRef, type RefObject } from 'react'

/** Milliseconds: dialogs and menus give the focus back by themselves, a frame or two after they went. */
export const OTHERS_FIRST = 50

export interface KeptFocus<Container extends HTMLElement> {
  ref: RefObject<Container | null>
  onFocus: () => void
  onBlur: () => void
}

/**
 * Takes the focus when the element in here that had it is gone: a file that was removed, a button that has done its work.
 * The browser would drop it, and whoever works by keyboard would begin at the top of the page again. The container needs
 * `tabIndex={-1}`.
 */
export function useKeptFocus<Container extends HTMLElement>(): KeptFocus<Container> {
  const ref = useRef<Container>(null)
  const isInside = useRef(false)
  // After every drawing: what had the focus may have gone with it. No event tells of that.
  useEffect(() => {
    if (!isInside.current) return undefined
    const timer = setTimeout(() => {
      if (isFocusLost()) ref.current?.focus({ preventScroll: true })
    }, OTHERS_FIRST)
    return () => clearTimeout(timer)
  })
  return {
    ref,
    onFocus: () => {
      isInside.current = true
    },
    onBlur: () => {
      isInside.current = false
    },
  }
}

/** Whether nothing on the page has the focus. */
export function isFocusLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body
}
