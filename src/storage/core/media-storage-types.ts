import type { MediaStorageError } from './media-storage-error.ts'

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
