import { useEffect } from 'react'
import type { RefObject } from 'react'

/** Gives the keys to what scrolls, unless a person has already put the focus somewhere. */
export function useInitialFocus(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const focused = document.activeElement
    if (focused === null || focused.matches('body, [role=dialog]')) element.current?.focus({ preventScroll: true })
  }, [element])
}
