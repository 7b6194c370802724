import type { PgColumn } from 'drizzle-orm/pg-core'
import { CleanUp } from '../clean-up/clean-up.ts'
import type {
  DeleteUnusedFilesOptions,
  DeleteUnusedFilesReport,
  UnusedFilesOptions,
} from '../clean-up/clean-up-options.ts'
import type { CleanUpStorage } from '../clean-up/clean-up-storage.ts'
import type { MissingFile } from '../clean-up/find-missing.ts'
import { type Trash, getTrash } from '../clean-up/trash.ts'
import { StorageContent } from '../content/storage-content.ts'
import type { HiddenFiles } from '../hidden/hidden-files.ts'
import { removeThumbnails } from '../hidden/thumbnail-files.ts'
import type { UnfinishedFiles } from '../hidden/unfinished-files.ts'
import { makeFileKey, validateFileKey } from '../keys/file-key.ts'
import { lastPathComponent, validateFileName } from '../keys/file-name.ts'
import { getContentType } from '../keys/file-types.ts'
import { newFileKey } from '../keys/new-file-key.ts'
import { type FileReference, findFileReferences } from '../references/file-references.ts'
import { type ReferenceDatabase, referencedFileKeys } from '../references/referenced-file-keys.ts'
import type { FileUrl, FileUrlContext, ThumbnailUrlContext } from '../urls/file-url.ts'
import { plainFileUrl, plainThumbnailUrl } from '../urls/file-urls.ts'
import { StorageUrls } from '../urls/storage-urls.ts'
import { inBatches } from './batches.ts'
import { bulkDelete } from './bulk-delete.ts'
import { diagnoseStorage } from './diagnose-storage.ts'
import type { Diagnosis, DiagnosisContext } from './diagnosis.ts'
import { checkedFallback, getLocations, refuseSharedLocation } from './fallback.ts'
import type { FileBody } from './file-body.ts'
import { KEY_PAGE_SIZE, listKeyPages, listWanted } from './list-files.ts'
import { checkMediaColumn, getMaxKeyLength } from './media-column.ts'
import type { StorageOptions } from './media-storage-options.ts'
import type {
  BulkDeleteReport,
  FallbackContext,
  ListFilesOptions,
  ListedFile,
  StoreFileContext,
  WriteContext,
  WriteFileOptions,
} from './media-storage-types.ts'
import { removeOneByOne } from './remove-one-by-one.ts'
import { StorageFailures } from './storage-failure.ts'
import { normaliseCharacters, normaliseExtensions } from './storage-rules.ts'
import type { StoredFile } from './stored-file.ts'
import { writeBody } from './write-body.ts'

/** What every storage needs to know about its column and the files it takes. */
export interface MediaStorageOptions<TColumn extends PgColumn> extends StorageOptions<TColumn> {
  /**
   * The storage of the same column that the files are being moved from. Files that are not here are read from there; new
   * files are stored only here; deletions reach both. Listings contain the files of both, and check the fallback for each
   * file here. Defaults to none.
   */
  fallback?: MediaStorage
}

/**
 * The files of one column. The column holds only file keys; the storage holds the bytes.
 *
 * Subclass it to keep files somewhere else: write the protected hooks, and run `testMediaStorage` of `vitrine/testing`
 * on the result. The public methods check names, keys and sizes before they call a hook, and translate its errors.
 *
 * @typeParam TColumn - the Drizzle column, so that a storage cannot be attached to another table
 */
export abstract class MediaStorage<TColumn extends PgColumn = PgColumn> {
  readonly column: TColumn
  readonly allowedExtensions: readonly string[] | null
  readonly allowedCharacters: string | null
  readonly maxFileSize: number | null
  /** What the files may contain. */
  readonly content: StorageContent
  /** The files' URLs. */
  readonly urls: StorageUrls
  /** The storage that the files are being moved from; `null` when there is none. */
  readonly fallback: MediaStorage | null
  /** Further columns that may hold keys of this storage's files, or mention them. */
  readonly references: readonly PgColumn[]
  /** What the admin does with a file when the last row that referenced it is changed or deleted. */
  readonly whenUnreferenced: 'keep' | 'trash'
  readonly #failures: StorageFailures

  /**
   * The location as a URL that ends in a slash, such as `file:///srv/media/`. `createAdmin` refuses storages at or inside
   * the location of another one: the clean-up of one would take the files of the other for unused.
   */
  abstract readonly location: string

  /** Identifies a location that may have several URLs, as a folder has with a bind mount. Defaults to `null`: it has one. */
  readonly locationId: string | null = null

  /**
   * How the admin hands out a file: `stream` sends its bytes, `redirect` sends the browser to {@link generateFileUrl}.
   * Defaults to `stream`.
   */
  readonly delivery: 'stream' | 'redirect' = 'stream'

  /** Files without a key: the trash, thumbnails, uploads. With `null`, the default, there is no trash and no thumbnail is kept. */
  readonly hiddenFiles: HiddenFiles | null = null

  /** Hidden files that grow. With `null`, the default, there are no resumable uploads. */
  readonly unfinishedFiles: UnfinishedFiles | null = null

  /** @throws {TypeError} when the column cannot hold media, or an option makes no sense */
  constructor(options: MediaStorageOptions<TColumn>) {
    checkMediaColumn(options.column)
    this.column = options.column
    this.#failures = new StorageFailures(options.column)
    this.allowedExtensions = normaliseExtensions(options.allowedExtensions)
    this.allowedCharacters = normaliseCharacters(options.allowedCharacters)
    this.content = new StorageContent({ ...options, allowedExtensions: this.allowedExtensions })
    this.maxFileSize = this.content.maxFileSize
    this.fallback = checkedFallback(options.column, options.fallback)
    this.references = options.references ?? []
    this.whenUnreferenced = options.whenUnreferenced ?? 'keep'
    this.urls = this.#createUrls()
  }

  /**
   * Checks a name by this storage's rules; the first one it breaks decides.
   *
   * @throws {MediaStorageError} `INVALID_FILE_NAME` or `FILE_TYPE_NOT_ALLOWED`
   */
  validateFileName(name: string): void {
    validateFileName(name, this)
  }

  /**
   * The key for a new file: its name without folders, cut to 50 characters, with a random UUID before the extension.
   * Override it for keys of another form; what it returns must still be a single file name.
   *
   * @throws {MediaStorageError} `INVALID_FILE_NAME` or `FILE_TYPE_NOT_ALLOWED`
   */
  generateFileKey(name: string, _context?: StoreFileContext): string {
    const fileName = lastPathComponent(name)
    this.validateFileName(fileName)
    return makeFileKey(fileName, getMaxKeyLength(this.column))
  }

  /**
   * Streams a file into the storage. It becomes visible when all bytes are checked and stored; after an error nothing
   * stays. The stored bytes may differ from the given ones ({@link ContentOptions}).
   *
   * @returns the file key: put it into the column
   * @throws {MediaStorageError} `INVALID_FILE_NAME`, `FILE_TYPE_NOT_ALLOWED`, `FILE_CONTENT_MISMATCH`, `FILE_TOO_LARGE`,
   * `IMAGE_TOO_LARGE`, `FILE_REFUSED`, `FILE_NOT_VERIFIED`, `INSUFFICIENT_SPACE`, `UPLOAD_ABORTED` or `STORAGE_FAILURE`
   * @example
   * const key = await posterMedia.storeFile('poster.jpg', await openAsBlob('poster.jpg'))
   * await db.update(movie).set({ poster: key }).where(eq(movie.id, 1))
   */
  async storeFile(name: string, body: FileBody, context: StoreFileContext = {}): Promise<string> {
    const key = await newFileKey(this, name, context)
    const receive = (chunks: AsyncIterable<Uint8Array>) => this.content.receive(key, chunks)
    await this.#write(key, body, { ...context, receive, beforeVisible: async () => context.onFileKey?.(key) })
    return key
  }

  /**
   * Streams a file into the storage under the key that it has elsewhere, such as in the fallback, byte for byte. It
   * becomes visible when all bytes are stored, and never replaces a file.
   *
   * @throws {MediaStorageError} `INVALID_FILE_KEY`, `FILE_EXISTS`, `FILE_TYPE_NOT_ALLOWED`, `FILE_TOO_LARGE`,
   * `INSUFFICIENT_SPACE`, `UPLOAD_ABORTED` or `STORAGE_FAILURE`
   */
  async importFile(key: string, body: FileBody, context: StoreFileContext = {}): Promise<void> {
    validateFileKey(key)
    this.content.validateExtension(key)
    await this.#write(key, body, { ...context, receive: (chunks) => this.content.receiveAccepted(chunks) })
  }

  /**
   * A file, ready to be read; `null` when there is none with this key.
   *
   * @throws {MediaStorageError} `INVALID_FILE_KEY` or `STORAGE_FAILURE`
   */
  async getFile(key: string, context: FallbackContext = {}): Promise<StoredFile | null> {
    validateFileKey(key)
    const fallback = this.#getFallback(context)
    const file = await this.#failures.attempt('read the file', () => this.openFile(key))
    return file ?? (await fallback?.getFile(key)) ?? null
  }

  /** The URL of a file; see {@link StorageUrls.file}, which also returns when it expires. */
  async generateFileUrl(key: string, context: FileUrlContext = {}): Promise<string> {
    return (await this.urls.file(key, context)).url
  }

  /**
   * Deletes a file at once and for good. A file that does not exist is not an error.
   *
   * @throws {MediaStorageError} `INVALID_FILE_KEY` or `STORAGE_FAILURE`
   */
  async deleteFile(key: string, context: FallbackContext = {}): Promise<void> {
    validateFileKey(key)
    // The fallback first: a copy under way checks it once more at its end, so a deleted file does not come back.
    await this.#getFallback(context)?.deleteFile(key)
    await this.#failures.attempt('delete the file', () => this.removeFile(key))
    await removeThumbnails(this.hiddenFiles, [key])
  }

  /** Deletes many files. One that cannot be deleted is reported and does not stop the others. */
  async bulkDeleteFiles(keys: Iterable<string>): Promise<BulkDeleteReport> {
    return bulkDelete(keys, {
      fallback: this.#getFallback(),
      hiddenFiles: this.hiddenFiles,
      removeFiles: (present) => this.removeFiles(present),
    })
  }

  /** The key of every file, in no particular order. Memory does not grow with their number. */
  async *getFileKeys(): AsyncGenerator<string> {
    for await (const page of this.#getFileKeyPages()) yield* page
  }

  /** Every file, or those that are wanted, with size and age. In a folder this costs one `stat` for each. */
  async *listFiles({ only = () => true }: ListFilesOptions = {}): AsyncGenerator<ListedFile> {
    yield* listWanted(this.listEntries(only), only, this.#listing)
  }

  /** Every key that a row holds in this storage's column, each once. */
  getReferencedFileKeys(db: ReferenceDatabase): AsyncGenerator<string> {
    return referencedFileKeys(db, this.column)
  }

  /** Every unused key; see {@link CleanUp.findUnused}. */
  getUnusedFileKeys(db: ReferenceDatabase, options: UnusedFilesOptions = {}): AsyncGenerator<string> {
    return this.cleanUp.findUnused(db, options)
  }

  /** Moves every unused file to the trash, or deletes it for good; see {@link CleanUp.deleteUnused}. */
  deleteUnusedFiles(db: ReferenceDatabase, options: DeleteUnusedFilesOptions = {}): Promise<DeleteUnusedFilesReport> {
    return this.cleanUp.deleteUnused(db, options)
  }

  /** Every row that references a file which the storage does not have. */
  findMissingFiles(db: ReferenceDatabase): AsyncGenerator<MissingFile> {
    return this.cleanUp.findMissing(db)
  }

  /** The rows that reference a file, at most 100 of each column. */
  getReferences(db: ReferenceDatabase, key: string): Promise<FileReference[]> {
    return findFileReferences(this, db, key)
  }

  /** Finds and removes unused files, in one go or by a plan that is confirmed. */
  get cleanUp(): CleanUp {
    return new CleanUp(this.#cleanUpStorage)
  }

  /** Where clean-ups move files; `null` when the storage, or its fallback, has no hidden files. */
  get trash(): Trash | null {
    return getTrash(this.#cleanUpStorage)
  }

  /** Removes what interrupted uploads left behind, and touches no running one. `createAdmin` calls it at start. */
  async sweep(): Promise<void> {
    await this.#failures.attempt('sweep', () => this.removeAbandonedUploads())
  }

  /**
   * Checks that the storage and its fallback can be used now.
   *
   * @throws {MediaStorageError} `STORAGE_FAILURE` when it cannot
   */
  async checkHealth(): Promise<void> {
    await Promise.all([this.#failures.attempt('be reached', () => this.probe()), this.#getFallback()?.checkHealth()])
  }

  /**
   * Checks by use what the storage needs, for `vitrine doctor`: a small file is stored, read and deleted again. Override
   * it to add checks of your own before or after `yield* super.diagnose()`.
   */
  async *diagnose(_context: DiagnosisContext = {}): AsyncGenerator<Diagnosis> {
    yield* diagnoseStorage(this, {
      list: () => this.#listOne(),
      diagnoseFile: (key) => this.diagnoseFile(key),
    })
  }

  /**
   * Stores all chunks under a key that does not exist yet, or nothing at all. The file must be durable, and visible to
   * the other hooks, exactly when the promise resolves. When `chunks` throws, rethrow that error.
   *
   * @throws {MediaStorageError} `FILE_EXISTS` when the key exists: a file is never overwritten
   */
  protected abstract writeFile(key: string, chunks: AsyncIterable<Uint8Array>, options: WriteFileOptions): Promise<void>

  /** A file, or `null` when there is none. */
  protected abstract openFile(key: string): Promise<StoredFile | null>

  /** Removes a file; succeeds when there is none. */
  protected abstract removeFile(key: string): Promise<void>

  /** Removes many files, and reports those that could not be removed. Override it where there is a request for many. */
  protected removeFiles(keys: readonly string[]): Promise<BulkDeleteReport> {
    return removeOneByOne(keys, {
      remove: (key) => this.removeFile(key),
      toError: this.#failures.toError('delete the file'),
    })
  }

  /**
   * Every file, as a stream. Foreign files may be among them: keys that break the grammar are left out for you, and so are
   * those that `only` does not want. Where size and age cost something, ask `only` before.
   */
  protected abstract listEntries(only?: (key: string) => boolean): AsyncIterable<ListedFile>

  /** Every key, as a stream. Override it where keys alone are cheaper than entries. */
  protected async *listKeys(): AsyncIterable<string> {
    for await (const { key } of this.listEntries()) yield key
  }

  /** Every key, by pages. Override it where many come at once: one step for each of millions takes seconds. */
  protected listKeyPages(): AsyncIterable<readonly string[]> {
    return inBatches(this.listKeys(), KEY_PAGE_SIZE)
  }

  /** The URL of a file. By default the key, percent-encoded, below `context.rootUrl`. */
  protected async buildFileUrl(key: string, context: FileUrlContext): Promise<FileUrl> {
    return plainFileUrl(this.column, key, context)
  }

  /** The URL of a thumbnail. By default it is below the file's own, and not signed. */
  protected buildThumbnailUrl(key: string, context: ThumbnailUrlContext): string {
    return plainThumbnailUrl(this.column, key, context)
  }

  /**
   * Whether the query of a URL that the hooks above signed is genuine and has not expired. By default none is.
   *
   * @param _name - the file key, or `<file key>/thumbnail`: a thumbnail's signature must not open the file
   */
  protected isSignedUrlValid(_name: string, _query: URLSearchParams): boolean {
    return false
  }

  /** Throws when the storage cannot be used. By default it lists one file. */
  protected probe(): Promise<void> {
    return this.#listOne()
  }

  /** Further checks of {@link diagnose}, on its small file while that is stored. */
  protected async *diagnoseFile(_key: string): AsyncIterable<Diagnosis> {}

  /** Removes unfinished uploads whose writer is gone. */
  protected async removeAbandonedUploads(): Promise<void> {}

  #write(key: string, body: FileBody, context: WriteContext): Promise<void> {
    const options = { contentType: getContentType(key), signal: context.signal }
    return writeBody(body, context, {
      write: (chunks) => this.writeFile(key, chunks, options),
      toError: this.#failures.toError('store the file'),
    })
  }

  async #listOne(): Promise<void> {
    for await (const _key of this.listKeys()) return
  }

  /** The fallback, if it takes part. Its location is checked here: a subclass sets its own after this constructor. */
  #getFallback({ fallback = true }: FallbackContext = {}): MediaStorage | null {
    if (!fallback || this.fallback === null) return null
    refuseSharedLocation(this, this.fallback)
    return this.fallback
  }

  get #listing() {
    const storage = this.#getFallback()
    const fallback = storage === null ? null : storage.#cleanUpStorage
    return { fallback, toError: this.#failures.toError('list the files') }
  }

  #getFileKeyPages(): AsyncGenerator<readonly string[]> {
    return listKeyPages(this.listKeyPages(), this.#listing)
  }

  /** Made anew each time: a subclass sets its hidden files after this constructor. */
  get #cleanUpStorage(): CleanUpStorage {
    return {
      column: this.column,
      references: this.references,
      locations: getLocations<MediaStorage>(this).map(({ hiddenFiles }) => hiddenFiles),
      getFileKeyPages: () => this.#getFileKeyPages(),
      getFile: (key) => this.getFile(key),
      listFiles: (options) => this.listFiles(options),
      bulkDeleteFiles: (keys) => this.bulkDeleteFiles(keys),
    }
  }

  #createUrls(): StorageUrls {
    return new StorageUrls({
      buildFileUrl: (key, context) => this.#failures.attempt('make the address', () => this.buildFileUrl(key, context)),
      buildThumbnailUrl: (key, context) => this.buildThumbnailUrl(key, context),
      isSignedUrlValid: (name, query) => this.isSignedUrlValid(name, query),
      hasFile: async (key) => (await this.getFile(key, { fallback: false })) !== null,
      getFallback: (context) => this.#getFallback(context),
    })
  }
}
