import type { CleanUpPlanRequest, CleanUpRunRequest } from '../contract/clean-up.ts'
import { MediaError } from './media-error.ts'

/**
 * Reads the body of a clean-up: a plan that is wanted, or one that is confirmed.
 *
 * @throws {MediaError} `INVALID_REQUEST` saying what is allowed
 */
export function parseCleanUpRequest(body: object): CleanUpPlanRequest | CleanUpRunRequest {
  const { planId, ...rest }: { planId?: unknown } = body
  if (planId === undefined) return parsePlanRequest(rest)
  if (typeof planId !== 'string' || Object.keys(rest).length > 0) {
    throw new MediaError('INVALID_REQUEST', 'A plan is confirmed by its planId alone, which is a text.')
  }
  return { planId }
}

function parsePlanRequest(body: object): CleanUpPlanRequest {
  const request: CleanUpPlanRequest = {}
  for (const [name, value] of Object.entries(body)) {
    if (name === 'olderThan' && isWithin(value, Infinity)) request.olderThan = value
    else if (name === 'maxFraction' && isWithin(value, 1)) request.maxFraction = value
    else if (name === 'allowEmpty' && typeof value === 'boolean') request.allowEmpty = value
    else {
      const allowed = 'olderThan (seconds from 0), maxFraction (0 to 1), allowEmpty (true or false), or planId alone'
      throw new MediaError('INVALID_REQUEST', `A clean-up takes ${allowed}: ${name.slice(0, 50)} is not right.`)
    }
  }
  return request
}

function isWithin(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 && value <= most
}
