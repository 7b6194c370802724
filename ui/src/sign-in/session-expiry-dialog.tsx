import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { SESSION_RENEWED_EVENT } from '../api.ts'
import { pageConfig } from '../page-config.ts'
import { sessionQuery } from '../queries.ts'
import { useSession } from './session-context.ts'
import { SignInForm } from './sign-in-form.tsx'

/** Asks to sign in again over the page, so that nothing typed or chosen there is lost. */
export function SessionExpiryDialog({ onSignedIn }: { onSignedIn: () => void }) {
  const { user } = useSession()
  const queryClient = useQueryClient()

  const resume = async () => {
    const session = await queryClient.fetchQuery({ ...sessionQuery(), staleTime: 0 })
    // Someone else may see other rows: nothing of the person before stays on screen.
    if (session.user.id !== user.id) return window.location.reload()
    onSignedIn()
    window.dispatchEvent(new Event(SESSION_RENEWED_EVENT))
    await queryClient.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' })
  }
  return (
    <Dialog isOpen onClose={() => {}} isDismissable={false} title="Your session has ended">
      {pageConfig.signIn === 'external' ? (
        <ExternalAgain onSignedIn={resume} />
      ) : (
        <>
          <p style={{ marginBottom: 'var(--space-4)' }}>Sign in again to go on where you were. Nothing is lost.</p>
          <SignInForm email={user.email} onSignedIn={resume} />
        </>
      )}
    </Dialog>
  )
}

function ExternalAgain({ onSignedIn }: { onSignedIn: () => Promise<void> }) {
  const [isStillOut, setIsStillOut] = useState(false)
  const check = () => {
    setIsStillOut(false)
    onSignedIn().catch(() => setIsStillOut(true))
  }
  return (
    <>
      <p style={{ marginBottom: 'var(--space-4)' }}>
        Sign in to the application again, in another tab, then go on here. Nothing is lost.
      </p>
      {isStillOut && (
        <p role="alert" style={{ marginBottom: 'var(--space-4)' }}>
          You are still signed out.
        </p>
      )}
      <Button variant="primary" onClick={check}>
        I have signed in
      </Button>
    </>
  )
}
