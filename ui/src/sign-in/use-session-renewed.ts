import { useEffect, useRef } from 'react'
import { SESSION_RENEWED_EVENT } from '../api.ts'

/** Calls back when the person has signed in again after the session ended in the midst of the work. */
export function useSessionRenewed(onRenewed: () => void): void {
  const latest = useRef(onRenewed)
  useEffect(() => {
    latest.current = onRenewed
  })
  useEffect(() => {
    const renewed = () => latest.current()
    window.addEventListener(SESSION_RENEWED_EVENT, renewed)
    return () => window.removeEventListener(SESSION_RENEWED_EVENT, renewed)
  }, [])
}
