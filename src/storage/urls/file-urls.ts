import type { PgColumn } from 'drizzle-orm/pg-core'
import { columnPath } from '../core/media-column.ts'
import { MediaStorageError } from '../core/media-storage-error.ts'
import type { FileUrl, ThumbnailUrlContext } from './file-url.ts'

/**
 * The address of a file below the place where it is served.
 *
 * @throws {MediaStorageError} `STORAGE_FAILURE` without a `rootUrl`
 */
export function plainFileUrl(column: PgColumn, key: string, { rootUrl, download }: WithUrl): FileUrl {
  const query = download === true ? '?download' : ''
  return { url: `${getAddress(column, key, rootUrl)}${query}`, expiresAt: null }
}

/** Where a file is served, and how. */
interface WithUrl {
  rootUrl?: string | undefined
  download?: boolean | undefined
}

/**
 * The address of a thumbnail, below that of its file.
 *
 * @throws {MediaStorageError} `STORAGE_FAILURE` without a `rootUrl`
 */
export function plainThumbnailUrl(column: PgColumn, key: string, { rootUrl, width }: ThumbnailUrlContext): string {
  return `${getAddress(column, key, rootUrl)}/thumbnail?width=${width}`
}

function getAddress(column: PgColumn, key: string, rootUrl: string | undefined): string {
  if (rootUrl !== undefined) return `${rootUrl.replace(/\/$/, '')}/${encodeURIComponent(key)}`
  throw new MediaStorageError('STORAGE_FAILURE', `The files of ${columnPath(column)} have no address: give rootUrl.`)
}
