import type { PgColumn } from 'drizzle-orm/pg-core'
import type { ContentOptions } from '../content/content-rules.ts'
import type { MustBeMediaColumn } from './media-column.ts'
import type { MediaStorageError } from './media-storage-error.ts'
import type { MediaStorage } from './media-storage.ts'
import type { ThumbnailWidth } from '../hidden/thumbnail-files.ts'

/** What every storage is told about the column it serves and the files it takes. */
export interface MediaStorageOptions<TColumn extends PgColumn> extends ContentOptions {
  /** The column whose files these are: a `varchar` or `text`, or an array of them. */
  column: MustBeMediaColumn<TColumn> & TColumn
  /** With or without a dot, in any case; `null` allows every extension. Defaults to {@link ALLOWED_EXTENSIONS}. */
  allowedExtensions?: readonly string[] | null
  /** Every character that a file name may have; `null` allows all. Defaults to {@link ALLOWED_CHARACTERS}. */
  allowedCharacters?: string | readonly string[] | null
  /**
   * Longest file, in bytes; `null` for no limit. Defaults to 100 MB for images, documents and texts, 1 GB for sound and
   * tables, and 5 GB for video and whatever else is allowed.
   */
  maxFileSize?: number | null
  /**
   * The storage of the same column that the files are being moved from. What is not here is read from there; new files are stored only
   * here; deletions are done in both. The listing is that of both together, and costs a look into the fallback for each
   * file here. Defaults to none.
   */
  fallback?: MediaStorage
  /**
   * Further columns that may hold keys of these files, besides `column`: of another table, or of rich text or JSON that
   * mentions keys. A clean-up keeps a file when the random part of its key stands anywhere in one of them. Defaults to none.
   */
  references?: readonly PgColumn[]
  /**
   * What the admin does with a file when a row gives up its key, by a change or a deletion, and no other row references
   * it: `trash` puts it into the trash once the change is committed, `keep` leaves it to a clean-up. Defaults to `keep`.
   */
  whenUnreferenced?: 'keep' | 'trash'
}

/** Which files are listed. */
export interface ListFilesOptions {
  /** Only files under keys for which this is true: the others cost no look at size and age. Defaults to all. */
  only?: (key: string) => boolean
}

/** Which places an operation reaches. */
export interface FallbackContext {
  /** Whether the storage's fallback takes part. Defaults to `true`. */
  fallback?: boolean
}

/** What a storage may want to know about an upload. */
export interface StoreFileContext {
  /** Stops the upload: nothing of it stays. */
  signal?: AbortSignal
  /** Who uploads, as the application calls them. For a `generateFileKey` of one's own. */
  user?: unknown
  /** Called with the file key when all bytes were accepted, before the file becomes visible. When it throws, nothing is stored. */
  onFileKey?: (fileKey: string) => Promise<void>
}

/** How a file's address is to be made. */
export interface FileUrlContext extends FallbackContext {
  /** Where the file is served when the storage has no address of its own. */
  rootUrl?: string
  /** The browser saves the file under its name instead of showing it. Defaults to `false`. */
  download?: boolean
  /** Who asks, as the application calls them. */
  user?: unknown
}

/** How a thumbnail's address is to be made. */
export interface ThumbnailUrlContext {
  /** In pixels. An image that is smaller stays as it is. */
  width: ThumbnailWidth
  /** Where the file is served by the admin or by `serveMedia`. Defaults to the storage's own. */
  rootUrl?: string
}

/** An address of a file. */
export interface FileUrl {
  readonly url: string
  /** When the address stops working; `null` when it does not by itself. */
  readonly expiresAt: Date | null
}

/** A file as a listing tells it. */
export interface ListedFile {
  readonly key: string
  /** In bytes. */
  readonly size: number
  readonly lastModified: Date
}

/** What {@link MediaStorage.bulkDeleteFiles} did. */
export interface BulkDeleteReport {
  /** Keys that no longer exist, those that never did among them. */
  deleted: string[]
  failed: { key: string; error: MediaStorageError }[]
}

/** What the hook {@link MediaStorage.writeFile} is told besides the key and the bytes. */
export interface WriteFileOptions {
  contentType: string
  signal: AbortSignal | undefined
}

/** How an upload is written: with what its chunks are checked as they arrive. */
export interface WriteContext extends StoreFileContext {
  /** Checks the chunks as they arrive. */
  receive: (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>
  /** Called when all chunks have passed, before the file becomes visible. */
  beforeVisible?: () => Promise<void>
}
