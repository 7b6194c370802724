import type { Handler } from 'hono'
import { errorResponse } from '../http-error.ts'

/** Answers every other method of a path. RFC 9110, section 15.5.6, wants the allowed ones in a header. */
export function refuseMethod(allowed: string): Handler {
  return ({ req }) =>
    errorResponse('METHOD_NOT_ALLOWED', `${req.method} cannot be done here; allowed are ${allowed}.`, {
      headers: { Allow: allowed },
    })
}
