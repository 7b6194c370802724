import type { PgColumn } from 'drizzle-orm/pg-core'
import { columnPath } from './media-column.ts'
import { MediaStorageError } from './media-storage-error.ts'
import type { FileUrl, ThumbnailUrlContext } from './media-storage-types.ts'

/**
 * The address of a file below the place where it is served.
 *
 * @throws {MediaStorageError} `STORAGE_FAILURE` without a `rootUrl`
 */
export function plainFileUrl(column: PgColumn, key: string, { rootUrl, download }: Addressed): FileUrl {
  const query = download === true ? '?download' : ''
  return { url: `${addressOf(column, key, rootUrl)}${query}`, expiresAt: null }
}

/** Where a file is served, and how. */
interface Addressed {
  rootUrl?: string | undefined
  download?: boolean | undefined
}

/**
 * The address of a thumbnail, below that of its file.
 *
 * @throws {MediaStorageError} `STORAGE_FAILURE` without a `rootUrl`
 */
export function plainThumbnailUrl(column: PgColumn, key: string, { rootUrl, width }: ThumbnailUrlContext): string {
  return `${addressOf(column, key, rootUrl)}/thumbnail?width=${width}`
}

function addressOf(column: PgColumn, key: string, rootUrl: string | undefined): string {
  if (rootUrl !== undefined) return `${rootUrl}/${encodeURIComponent(key)}`
  throw new MediaStorageError('STORAGE_FAILURE', `The files of ${columnPath(column)} have no address: give rootUrl.`)
}
