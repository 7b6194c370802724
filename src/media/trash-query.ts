import { MediaError } from './media-error.ts'
import type { TrashPosition } from './trash-position.ts'
import { parseLimit } from './file-listing-query.ts'

/** Which files of the trash to list, and from where. */
export interface TrashQuery {
  groupBy: 'file' | 'run'
  /** `null` for all media columns. */
  column: { table: string; column: string } | null
  /** Only files of this run. */
  runId: string | null
  /** Part of the file name, in any case. */
  search: string | null
  /** Only what comes after this position. */
  after: TrashPosition | null
  /** Files or runs on a page. */
  limit: number
}

/** @throws {MediaError} `INVALID_REQUEST` with what is allowed */
export function parseTrashQuery(query: URLSearchParams): TrashQuery {
  const after = query.get('after')
  return {
    groupBy: parseGroupBy(query.get('groupBy')),
    column: parseColumn(query.get('table'), query.get('column')),
    runId: query.get('runId'),
    search: query.get('search'),
    after: after === null ? null : parsePosition(after),
    limit: parseLimit(query.get('limit')),
  }
}

/** The cursor after which the next page starts. */
export function formatPosition({ runId, table, column, fileKey }: TrashPosition): string {
  return [runId, table, column, fileKey].map(encodeURIComponent).join('/')
}

function parsePosition(cursor: string): TrashPosition {
  const [runId, table, column, fileKey, ...rest] = cursor.split('/').map(decode)
  if (runId === undefined || table === undefined || column === undefined || fileKey === undefined || rest.length > 0) {
    throw invalidCursor()
  }
  return { runId, table, column, fileKey }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch (error) {
    if (error instanceof URIError) throw invalidCursor()
    throw error
  }
}

function invalidCursor(): MediaError {
  return new MediaError('INVALID_REQUEST', 'after must be the next of a page before.')
}

function parseGroupBy(groupBy: string | null): TrashQuery['groupBy'] {
  if (groupBy === null) return 'file'
  if (groupBy === 'file' || groupBy === 'run') return groupBy
  throw new MediaError('INVALID_REQUEST', 'groupBy must be file or run.')
}

function parseColumn(table: string | null, column: string | null): TrashQuery['column'] {
  if (table === null && column === null) return null
  if (table !== null && column !== null) return { table, column }
  throw new MediaError('INVALID_REQUEST', 'table and column must be given together.')
}
