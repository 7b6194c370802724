import { MediaError } from './media-error.ts'

/** Which files to list, and from where. */
export interface FileListingQuery {
  /** Only keys after this one. */
  after: string | null
  /** Files on a page. */
  limit: number
  /** Part of the name, in any case. */
  search: string | null
  extension: string | null
  use: 'used' | 'unused' | null
}

const DEFAULT_LIMIT = 50
const MAX_LIMIT = 200

/** @throws {MediaError} `INVALID_REQUEST` saying what is allowed */
export function parseFileListingQuery(query: URLSearchParams): FileListingQuery {
  return {
    after: query.get('after'),
    limit: parseLimit(query.get('limit')),
    search: query.get('search'),
    extension: query.get('extension')?.toLowerCase() ?? null,
    use: parseUse(query.get('use')),
  }
}

export function parseLimit(text: string | null): number {
  const limit = text === null ? DEFAULT_LIMIT : Number(text)
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return limit
  throw new MediaError('INVALID_REQUEST', `limit must be a whole number from 1 to ${MAX_LIMIT}.`)
}

function parseUse(use: string | null): FileListingQuery['use'] {
  if (use === null || use === 'used' || use === 'unused') return use
  throw new MediaError('INVALID_REQUEST', 'use must be used or unused.')
}
