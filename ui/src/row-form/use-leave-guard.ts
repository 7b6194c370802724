import { useCallback, useEffect, useRef, useState } from 'react'

export interface LeaveGuard {
  /** Somebody is about to leave and has to be asked. */
  isAsking: boolean
  stay: () => void
  /** Goes where the person was going. Call it after the changes are saved or given up. */
  leave: () => void
  /** Does something that leaves, without asking. */
  pass: (navigate: () => void) => void
}

/**
 * Stops leaving the page while `isActive`: closing the tab asks in the browser's words, going elsewhere in the admin in
 * ours. Where the browser has no Navigation API (Firefox before 147), the draft in the tab's storage is what saves the
 * changes.
 */
export function useLeaveGuard(isActive: boolean): LeaveGuard {
  const [destination, setDestination] = useState<(() => void) | null>(null)
  const isPassing = useRef(false)

  useEffect(() => {
    if (!isActive) return undefined
    isPassing.current = false
    const askOnClose = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', askOnClose)
    return () => removeEventListener('beforeunload', askOnClose)
  }, [isActive])

  useEffect(() => {
    if (!isActive || !('navigation' in window)) return undefined
    const ask = (event: NavigateEvent) => {
      if (isPassing.current || !isLeaving(event)) return
      event.preventDefault()
      setDestination(() => getContinuation(event))
    }
    navigation.addEventListener('navigate', ask)
    return () => navigation.removeEventListener('navigate', ask)
  }, [isActive])

  const stay = useCallback(() => setDestination(null), [])
  const pass = useCallback((navigate: () => void) => {
    // Stays so until the form has changes again: going back in the history ends later than this call.
    isPassing.current = true
    setDestination(null)
    navigate()
  }, [])
  const leave = useCallback(() => {
    if (destination) pass(destination)
  }, [destination, pass])
  return { isAsking: destination !== null, stay, leave, pass }
}

/** Leaving the document is asked about by `beforeunload`; the viewer's own entries stay on the same address. */
function isLeaving(event: NavigateEvent): boolean {
  if (!event.cancelable || !event.destination.sameDocument || event.hashChange || event.downloadRequest !== null) {
    return false
  }
  const target = new URL(event.destination.url)
  return target.pathname !== location.pathname
}

function getContinuation(event: NavigateEvent): () => void {
  const { key, url } = event.destination
  if (event.navigationType === 'traverse') return () => void navigation.traverseTo(key)
  // The router listens to pushState, and not to the Navigation API.
  return () => history[event.navigationType === 'replace' ? 'replaceState' : 'pushState'](null, '', url)
}
