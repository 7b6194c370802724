import { useCallback, useSyncExternalStore } from 'react'

/** Where tables turn into cards, dialogs into sheets and the sidebar into a drawer. */
export const PHONE_QUERY = '(max-width: 767px)'

/** Whether the window matches, now and after every change: `useMediaQuery(PHONE_QUERY)`. */
export function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (onChange: () => void) => {
      const list = window.matchMedia(query)
      list.addEventListener('change', onChange)
      return () => list.removeEventListener('change', onChange)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches)
}
