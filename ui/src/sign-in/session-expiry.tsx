import { lazy, Suspense, useEffect, useState } from 'react'
import { SESSION_EXPIRED_EVENT } from '../api.ts'

const SessionExpiryDialog = lazy(() =>
  import('./session-expiry-dialog.tsx').then((module) => ({ default: module.SessionExpiryDialog })),
)

/** Waits for a request to find the session gone, then asks to sign in again over the page. */
export function SessionExpiry() {
  const [isExpired, setIsExpired] = useState(false)

  useEffect(() => {
    const ask = () => setIsExpired(true)
    window.addEventListener(SESSION_EXPIRED_EVENT, ask)
    return () => window.removeEventListener(SESSION_EXPIRED_EVENT, ask)
  }, [])

  if (!isExpired) return null
  return (
    <Suspense>
      <SessionExpiryDialog onSignedIn={() => setIsExpired(false)} />
    </Suspense>
  )
}
