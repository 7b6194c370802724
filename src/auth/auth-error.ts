import type { ErrorCode } from '../contract/error.ts'

/** The ways in which signing in, or a change of an account, can be refused. */
export type AuthErrorCode = Extract<
  ErrorCode,
  | 'INVALID_REQUEST'
  | 'INVALID_VALUE'
  | 'CONFLICT'
  | 'NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'UNAUTHENTICATED'
  | 'TOO_MANY_REQUESTS'
  | 'UNAVAILABLE'
>

/** What an {@link AuthError} tells besides its code and sentence. */
export interface AuthErrorOptions extends ErrorOptions {
  /** better-auth's own word for the refusal, for example `INVALID_EMAIL_OR_PASSWORD`. */
  reason?: string | undefined
  /** For `TOO_MANY_REQUESTS`: seconds until another attempt can succeed. */
  retryAfter?: number | undefined
  /** For `METHOD_NOT_ALLOWED`: the methods that are. */
  allowedMethods?: string[] | undefined
}

/** A refusal, said in a full sentence that may be shown to a person and tells nothing about who has an account. */
export class AuthError extends Error {
  override readonly name = 'AuthError'
  readonly code: AuthErrorCode
  readonly reason: string | null
  readonly retryAfter: number | null
  readonly allowedMethods: string[]

  constructor(code: AuthErrorCode, message: string, options: AuthErrorOptions = {}) {
    const { reason, retryAfter, allowedMethods, ...rest } = options
    super(message, rest)
    this.code = code
    this.reason = reason ?? null
    this.retryAfter = retryAfter ?? null
    this.allowedMethods = allowedMethods ?? []
  }
}
