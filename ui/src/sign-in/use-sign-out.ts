import { useCallback } from 'react'
import { signOut } from '../api.ts'
import { useToast } from '../components/toast.tsx'
import { pageConfig } from '../page-config.ts'

/** Ends the session; `null` where the application around the admin does that. */
export function useSignOut(): (() => void) | null {
  const { showToast } = useToast()
  const leave = useCallback(() => {
    signOut().then(
      // A fresh page, so that no row of this session stays in memory.
      () => window.location.assign(`${pageConfig.basePath}/`),
      (error: unknown) =>
        showToast({ tone: 'error', message: error instanceof Error ? error.message : 'Signing out failed.' }),
    )
  }, [showToast])
  return pageConfig.signIn === 'external' ? null : leave
}
