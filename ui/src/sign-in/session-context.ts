import { createContext, use } from 'react'
import type { SessionResponse } from '../../../src/contract/session.ts'

export const SessionContext = createContext<SessionResponse | null>(null)

/** Who is signed in, and whether anything can be changed. Inside the session gate only. */
export function useSession(): SessionResponse {
  const session = use(SessionContext)
  if (session === null) throw new Error('useSession must be called inside the SessionGate.')
  return session
}
