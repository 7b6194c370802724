import type { FallbackContext } from '../core/media-storage-types.ts'
import type { ThumbnailWidth } from '../hidden/thumbnail-files.ts'

/** A URL of a file. */
export interface FileUrl {
  readonly url: string
  /** When the URL stops working; `null` when it does not expire. */
  readonly expiresAt: Date | null
}

/** What a file's URL should be like. */
export interface FileUrlContext extends FallbackContext {
  /** Where the file is served when the storage has no URL of its own. */
  rootUrl?: string
  /** The browser saves the file under its name instead of showing it. Defaults to `false`. */
  download?: boolean
  /** Who asks, as the application calls them. */
  user?: unknown
}

/** What a thumbnail's URL should be like. */
export interface ThumbnailUrlContext {
  /** In pixels. A smaller image keeps its size. */
  width: ThumbnailWidth
  /** Where the admin or `serveMedia` serves the file. Defaults to the storage's own. */
  rootUrl?: string
}
