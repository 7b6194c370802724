import { ApiError } from '../api.ts'

/** What went wrong with an email and a password, and what to do now. */
export function signInProblem(error: unknown): string {
  if (error instanceof ApiError && error.status === 401) {
    return 'This email and password do not belong together. Check both and try again.'
  }
  return otherProblem(error)
}

function otherProblem(error: unknown): string {
  if (!(error instanceof ApiError)) return 'Signing in failed for an unknown reason. Load the page again.'
  if (error.status === 429) return `Too many attempts. Try again ${waitingTime(error.retryAfter)}.`
  return error.message
}

function waitingTime(seconds: number | null): string {
  if (seconds === null) return 'in a few minutes'
  if (seconds < 60) return `in ${String(Math.max(1, Math.ceil(seconds)))} s`
  return `in ${String(Math.ceil(seconds / 60))} min`
}
