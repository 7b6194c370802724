import { type RefCallback, useCallback, useState } from 'react'

/** How far from what is in sight, in pixels, an element is near. */
const MARGIN = '400px'

/**
 * Whether an element has come near to what is in sight, and the ref that it wants.
 *
 * Browsers load images that are `lazy` up to 2,500 pixels ahead and in an order of their own: in a long list those that are
 * looked at would wait for those that are not.
 */
export function useIsNear(): [isNear: boolean, ref: RefCallback<Element>] {
  const [isNear, setIsNear] = useState(false)
  const ref = useCallback((element: Element | null) => {
    if (element === null) return undefined
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting !== true) return
        observer.disconnect()
        setIsNear(true)
      },
      { rootMargin: MARGIN, scrollMargin: MARGIN },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [isNear, ref]
}
