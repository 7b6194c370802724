import { isAPIError } from 'better-auth/api'
import { AuthError } from './auth-error.ts'
import type { AuthErrorCode } from './auth-error.ts'
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from './auth-options.ts'

/** Runs a call of better-auth, and says its refusals in Vitrine's words. */
export async function sayingRefusals<Result>(call: Promise<Result>): Promise<Result> {
  try {
    return await call
  } catch (error) {
    throw getRefusal(error)
  }
}

/** A refusal as an {@link AuthError}; anything else, such as a database that does not answer, as what caused it. */
function getRefusal(error: unknown): unknown {
  if (!isAPIError(error)) return error
  if (error.statusCode >= 500) return error.cause ?? error
  const reason = error.body?.code
  const known = REFUSALS.find((refusal) => refusal.reason === reason)
  const code = known?.code ?? (error.statusCode === 401 ? 'UNAUTHENTICATED' : 'INVALID_REQUEST')
  return new AuthError(code, known?.message ?? 'The request cannot be answered as it is.', { cause: error, reason })
}

interface Refusal {
  reason: string
  code: AuthErrorCode
  message: string
}

const PASSWORD_RULE = `A password has ${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters.`

const REFUSALS: Refusal[] = [
  {
    // The same whether or not there is such an account.
    reason: 'INVALID_EMAIL_OR_PASSWORD',
    code: 'UNAUTHENTICATED',
    message: 'The e-mail address or the password is wrong.',
  },
  { reason: 'INVALID_EMAIL', code: 'INVALID_REQUEST', message: 'The e-mail address is not one.' },
  { reason: 'INVALID_PASSWORD', code: 'INVALID_VALUE', message: 'The current password is wrong.' },
  { reason: 'PASSWORD_TOO_SHORT', code: 'INVALID_VALUE', message: PASSWORD_RULE },
  { reason: 'PASSWORD_TOO_LONG', code: 'INVALID_VALUE', message: PASSWORD_RULE },
]
