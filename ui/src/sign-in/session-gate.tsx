import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ApiError } from '../api.ts'
import { ErrorState } from '../components/state-message.tsx'
import { pageConfig } from '../page-config.ts'
import { sessionQuery } from '../queries.ts'
import { ShellSkeleton } from '../shell/shell-skeleton.tsx'
import { ExternalSignInPage } from './external-sign-in-page.tsx'
import { SessionContext } from './session-context.ts'
import { SessionExpiry } from './session-expiry.tsx'
import { SignInPage } from './sign-in-page.tsx'

/** Shows the page to those who are signed in, and to the others the way in. */
export function SessionGate({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient()
  const { data, error, isFetching, refetch } = useQuery(sessionQuery())
  if (data) {
    return (
      <SessionContext value={data}>
        {children}
        <SessionExpiry />
      </SessionContext>
    )
  }
  if (error instanceof ApiError && error.status === 401) {
    return pageConfig.signIn === 'external' ? (
      <ExternalSignInPage onRetry={() => void refetch()} isBusy={isFetching} />
    ) : (
      <SignInPage onSignedIn={() => queryClient.invalidateQueries()} />
    )
  }
  if (error)
    return (
      <ErrorState error={error} title="The admin could not be opened" headingLevel={1} onRetry={() => void refetch()} />
    )
  return <ShellSkeleton />
}
