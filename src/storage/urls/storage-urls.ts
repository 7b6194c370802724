import type { FallbackContext } from '../core/media-storage-types.ts'
import type { StoredFile } from '../core/stored-file.ts'
import { validateFileKey } from '../keys/file-key.ts'
import type { FileUrl, FileUrlContext, ThumbnailUrlContext } from './file-url.ts'

/** What {@link StorageUrls} needs of the storage that the files are being moved from. */
export interface FallbackUrls {
  readonly urls: StorageUrls
  getFile(key: string): Promise<StoredFile | null>
}

/** What {@link StorageUrls} needs of a storage. */
export interface UrlSource {
  buildFileUrl(key: string, context: FileUrlContext): Promise<FileUrl>
  buildThumbnailUrl(key: string, context: ThumbnailUrlContext): string
  /** Checks a signature made for a name: a file key, or {@link signedThumbnailName}. */
  isSignedUrlValid(name: string, query: URLSearchParams): boolean
  /** Whether the storage itself has the file. */
  hasFile(key: string): Promise<boolean>
  getFallback(context?: FallbackContext): FallbackUrls | null
}

/**
 * The URLs of a storage's files.
 *
 * @example
 * const { url, expiresAt } = await posterMedia.urls.file('alien-3beac950-7721-46c9-9e7d-5e908ef51011.jpg')
 */
export class StorageUrls {
  readonly #source: UrlSource

  /** Use `storage.urls`. */
  constructor(source: UrlSource) {
    this.#source = source
  }

  /**
   * The URL of a file and when it expires. The file need not exist, unless there is a fallback: then the URL leads to the
   * storage that has the file.
   *
   * @throws {MediaStorageError} `INVALID_FILE_KEY` or `STORAGE_FAILURE`
   */
  async file(key: string, context: FileUrlContext = {}): Promise<FileUrl> {
    validateFileKey(key)
    const fallback = this.#source.getFallback(context)
    if (fallback !== null && !(await this.#source.hasFile(key)) && (await fallback.getFile(key)) !== null) {
      return fallback.urls.file(key, context)
    }
    return this.#source.buildFileUrl(key, context)
  }

  /**
   * The URL of a small image of a file. The admin or `serveMedia` renders it on the first request.
   *
   * @throws {MediaStorageError} `INVALID_FILE_KEY`; `STORAGE_FAILURE` without a `rootUrl`
   */
  async thumbnail(key: string, context: ThumbnailUrlContext): Promise<string> {
    validateFileKey(key)
    return this.#source.buildThumbnailUrl(key, context)
  }

  /** Whether the query of a file's URL was signed by this storage or its fallback and has not expired. */
  isFileUrlValid(key: string, query: URLSearchParams): boolean {
    return this.#isValid(key, query)
  }

  /** The same for the URL of a thumbnail. */
  isThumbnailUrlValid(key: string, query: URLSearchParams): boolean {
    return this.#isValid(signedThumbnailName(key), query)
  }

  /**
   * Footgun: a storage of the application's own whose check is asynchronous, or returns something else than a boolean. A
   * promise is truthy, and would make every URL a valid one.
   */
  #isValid(name: string, query: URLSearchParams): boolean {
    const response: unknown = this.#source.isSignedUrlValid(name, query)
    if (response === true) return true
    const fallback = this.#source.getFallback()
    return fallback !== null && fallback.urls.#isValid(name, query)
  }
}

/**
 * What the signature of a thumbnail's URL is made for in place of the file key. No key contains a slash.
 *
 * Attack: a signature that is valid for both the thumbnail and the file opens the file to anyone who may see the thumbnail.
 */
export function signedThumbnailName(fileKey: string): string {
  return `${fileKey}/thumbnail`
}
