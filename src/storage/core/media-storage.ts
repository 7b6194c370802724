import type { PgColumn } from 'drizzle-orm/pg-core'
import { diagnoseStorage } from './diagnose-storage.ts'
import type { Diagnosis, DiagnosisContext } from './diagnosis.ts'
import { refuseSharedLocation } from './fallback.ts'
import type { FileBody } from './file-body.ts'
import { invalidFileKey, isFileKey, makeFileKey, validateFileKey } from '../keys/file-key.ts'
import type { FileReference, MissingFile } from '../references/file-references.ts'
import { findFileReferences, findMissingFiles } from '../references/file-references.ts'
import { cleanFileName, lastPathComponent, validateExtension, validateFileName } from '../keys/file-name.ts'
import { getContentType, getExtension } from '../keys/file-types.ts'
import type {
  DeleteUnusedFilesOptions,
  DeleteUnusedFilesReport,
  UnusedFilesOptions,
} from '../clean-up/clean-up-options.ts'
import { inBatches } from './batches.ts'
import { deleteUnusedFiles, unusedFileKeys } from '../clean-up/delete-unused.ts'
import { type Trash, getTrash } from '../clean-up/trash.ts'
import type { HiddenFiles } from '../hidden/hidden-files.ts'
import { KEYS_AT_A_TIME, type ListingContext, listKeyPages, listWanted } from './list-files.ts'
import { checkMediaColumn, getMaxKeyLength } from './media-column.ts'
import { MediaStorageError } from './media-storage-error.ts'
import type {
  BulkDeleteReport,
  FallbackContext,
  FileUrl,
  FileUrlContext,
  ListFilesOptions,
  ListedFile,
  MediaStorageOptions,
  StoreFileContext,
  ThumbnailUrlContext,
  WriteContext,
  WriteFileOptions,
} from './media-storage-types.ts'
import { newFileKey } from '../keys/new-file-key.ts'
import { plainFileUrl, plainThumbnailUrl } from '../urls/file-urls.ts'
import { type ReferenceDatabase, referencedFileKeys } from '../references/referenced-file-keys.ts'
import { removeOneByOne } from './remove-one-by-one.ts'
import type { StoredFile } from './stored-file.ts'
import { checkedFallback, normaliseCharacters, normaliseExtensions } from './storage-rules.ts'
import { attempt, storageFailure } from './storage-failure.ts'
import type { UnfinishedFiles } from '../hidden/unfinished-files.ts'
import { UploadRules } from '../content/storage-content.ts'
import { removeThumbnails, removeThumbnailsAfter } from '../hidden/thumbnail-files.ts'
import { writeBody } from './write-body.ts'

/**
 * A place where the files of one column live. The column holds only file keys; the bytes are here.
 *
 * Subclass it to keep files somewhere else: write the protected hooks, and run `testMediaStorage` of `vitrine/testing`
 * on the result. Names, keys, sizes and errors are checked in the public methods, before a hook is called.
 *
 * @typeParam TColumn - the Drizzle column, so that a storage cannot be attached to another table
 */
export abstract class MediaStorage<TColumn extends PgColumn = PgColumn> {
  readonly column: TColumn
  readonly allowedExtensions: readonly string[] | null
  readonly allowedCharacters: string | null
  readonly maxFileSize: number | null
  readonly uploadRules: UploadRules
  /** The storage that the files are being moved from; `null` when there is none. */
  readonly fallback: MediaStorage | null
  /** Further columns that may hold keys of this storage's files, or mention them. */
  readonly references: readonly PgColumn[]
  /** What the admin does with a file when the last row that referenced it is changed or deleted. */
  readonly whenUnreferenced: 'keep' | 'trash'

  /**
   * The location as a URL that ends in a slash, such as `file:///srv/media/`. Two storages of which one is at or inside the
   * location of the other are refused by `createAdmin`: the clean-up of one would see the files of the other as unused.
   */
  abstract readonly location: string

  /** The same for a place that may have several names, as a folder has by a bind mount. Defaults to `null`: it has one. */
  readonly locationId: string | null = null

  /**
   * How the admin hands out a file: `stream` sends its bytes, `redirect` sends the browser to {@link generateFileUrl}.
   * Defaults to `stream`.
   */
  readonly delivery: 'stream' | 'redirect' = 'stream'

  /** Files that nobody sees. A storage without, as by default, has no trash and keeps no thumbnails. */
  readonly hiddenFiles: HiddenFiles | null = null

  /** Hidden files that grow. A storage without, as by default, takes no resumable uploads. */
  readonly unfinishedFiles: UnfinishedFiles | null = null

  /** @throws {TypeError} when the column cannot hold media, or an option makes no sense */
  constructor(options: MediaStorageOptions<TColumn>) {
    checkMediaColumn(options.column)
    this.column = options.column
    this.allowedExtensions = normaliseExtensions(options.allowedExtensions)
    this.allowedCharacters = normaliseCharacters(options.allowedCharacters)
    this.uploadRules = new UploadRules(options, this)
    this.maxFileSize = this.uploadRules.maxFileSize
    this.fallback = checkedFallback(options)
    this.references = options.references ?? []
    this.whenUnreferenced = options.whenUnreferenced ?? 'keep'
  }

  /**
   * Checks a name by this storage's rules; the first one it breaks decides.
   *
   * @throws {MediaStorageError} `INVALID_FILE_NAME` or `FILE_TYPE_NOT_ALLOWED`
   */
  validateFileName(name: string): void {
    validateFileName(name, this)
  }

  /** The name with characters that are not allowed replaced. Other rules it may still break. */
  cleanFileName(name: string): string {
    return cleanFileName(name, this)
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
   * Streams a file into the storage. It can be seen only when all its bytes are checked and stored; after an error there
   * is nothing. What is stored may be less than was given ({@link ContentOptions}).
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
    await this.#write(key, body, { ...context, receive: (chunks) => this.uploadRules.received(key, chunks) })
    return key
  }

  /**
   * Streams a file into the storage under a key that it has already, as when it is copied from another storage. It can
   * be seen only when all its bytes are stored, and never takes the place of another file. A file of the fallback does
   * not count: this is how it gets here. It is stored byte for byte, whatever it holds: it was accepted before.
   *
   * @throws {MediaStorageError} `INVALID_FILE_KEY`, `FILE_EXISTS`, `FILE_TYPE_NOT_ALLOWED`, `FILE_TOO_LARGE`,
   * `INSUFFICIENT_SPACE`, `UPLOAD_ABORTED` or `STORAGE_FAILURE`
   * @example
   * const file = await oldPosterMedia.getFile(key)
   * if (file !== null) await posterMedia.importFile(key, file.stream())
   */
  async importFile(key: string, body: FileBody, context: StoreFileContext = {}): Promise<void> {
    validateFileKey(key)
    const extension = getExtension(key)
    if (extension !== null) validateExtension(key, extension, this.allowedExtensions)
    if ((await this.getFile(key, { fallback: false })) !== null) {
      throw new MediaStorageError('FILE_EXISTS', 'The file cannot be stored: there is one with the same key.')
    }
    await this.#write(key, body, { ...context, receive: (chunks) => this.uploadRules.imported(chunks) })
  }

  /**
   * A file, ready to be read; `null` when there is none with this key.
   *
   * @throws {MediaStorageError} `INVALID_FILE_KEY` or `STORAGE_FAILURE`
   */
  async getFile(key: string, context: FallbackContext = {}): Promise<StoredFile | null> {
    validateFileKey(key)
    const fallback = this.#fallbackFor(context)
    const file = await this.#attempt('read the file', () => this.openFile(key))
    return file ?? (await fallback?.getFile(key)) ?? null
  }

  /**
   * The address of a file. It does not look whether the file exists, unless there is a fallback: then it is the address
   * of the place where the file is.
   *
   * @throws {MediaStorageError} `INVALID_FILE_KEY`
   */
  async generateFileUrl(key: string, context: FileUrlContext = {}): Promise<string> {
    return (await this.getFileUrl(key, context)).url
  }

  /**
   * The same with the moment at which the address expires.
   *
   * @throws {MediaStorageError} `INVALID_FILE_KEY`
   */
  async getFileUrl(key: string, context: FileUrlContext = {}): Promise<FileUrl> {
    validateFileKey(key)
    const fallback = this.#fallbackFor(context)
    if (fallback !== null && (await this.getFile(key, { fallback: false })) === null) {
      if ((await fallback.getFile(key)) !== null) return fallback.getFileUrl(key, context)
    }
    return this.#attempt('make the address', () => this.buildFileUrl(key, context))
  }

  /**
   * The address of a small image of a file, which the admin or `serveMedia` makes when it is first asked for.
   *
   * @throws {MediaStorageError} `INVALID_FILE_KEY`; `STORAGE_FAILURE` without a `rootUrl`
   */
  async thumbnailUrl(key: string, context: ThumbnailUrlContext): Promise<string> {
    validateFileKey(key)
    return this.buildThumbnailUrl(key, context)
  }

  /** Whether the query of an address that this storage or its fallback signed is genuine, and has not expired by now. */
  isSignedUrlValid(key: string, query: URLSearchParams): boolean {
    return this.#fallbackFor()?.isSignedUrlValid(key, query) ?? false
  }

  /**
   * Deletes a file at once and for good. A file that does not exist is not an error.
   *
   * @throws {MediaStorageError} `INVALID_FILE_KEY` or `STORAGE_FAILURE`
   */
  async deleteFile(key: string, context: FallbackContext = {}): Promise<void> {
    validateFileKey(key)
    // The old place first: a copy that is under way looks there once more at its end, so that no deleted file comes back.
    await this.#fallbackFor(context)?.deleteFile(key)
    await this.#attempt('delete the file', () => this.removeFile(key))
    await removeThumbnails(this.hiddenFiles, [key])
  }

  /** Deletes many files. One that cannot be deleted is reported and does not stop the others. */
  async bulkDeleteFiles(keys: Iterable<string>): Promise<BulkDeleteReport> {
    const distinct = [...new Set(keys)]
    const failed = distinct.filter((key) => !isFileKey(key)).map((key) => ({ key, error: invalidFileKey() }))
    const before = await this.#fallbackFor()?.bulkDeleteFiles(distinct.filter(isFileKey))
    // What could not be deleted there would only come back.
    const removed = await this.removeFiles(before?.deleted ?? distinct.filter(isFileKey))
    const report = await removeThumbnailsAfter(this.hiddenFiles, removed)
    return { deleted: report.deleted, failed: [...failed, ...(before?.failed ?? []), ...report.failed] }
  }

  /** The key of every file, in no particular order and without holding all of them in memory. */
  async *getFileKeys(): AsyncGenerator<string> {
    for await (const page of this.getFileKeyPages()) yield* page
  }

  /** The same, some hundreds at a time: for who reads millions of them. */
  async *getFileKeyPages(): AsyncGenerator<readonly string[]> {
    yield* listKeyPages(this.listKeyPages(), this.#listing)
  }

  /** Every file, or those that are wanted, with size and age. In a folder this costs one `stat` for each. */
  async *listFiles({ only = () => true }: ListFilesOptions = {}): AsyncGenerator<ListedFile> {
    yield* listWanted(this.listEntries(only), only, this.#listing)
  }

  /** Every key that a row holds in this storage's column, each once. */
  getReferencedFileKeys(db: ReferenceDatabase): AsyncGenerator<string> {
    return referencedFileKeys(db, this.column)
  }

  /** Every key of an old enough file that nothing references. @throws {CleanUpError} `CLEAN_UP_REFUSED` */
  getUnusedFileKeys(db: ReferenceDatabase, options: UnusedFilesOptions = {}): AsyncGenerator<string> {
    return unusedFileKeys(this, db, options)
  }

  /**
   * Puts every such file into the trash, or deletes it for good.
   * @throws {CleanUpError} `CLEAN_UP_REFUSED` when it would not begin, `CLEAN_UP_STOPPED` with a report when it broke off
   */
  deleteUnusedFiles(db: ReferenceDatabase, options: DeleteUnusedFilesOptions = {}): Promise<DeleteUnusedFilesReport> {
    return deleteUnusedFiles(this, db, options)
  }

  /** Every row that references a file which the storage does not have. */
  findMissingFiles(db: ReferenceDatabase): AsyncGenerator<MissingFile> {
    return findMissingFiles(this, db)
  }

  /** The rows that reference a file, at most 100 of each column. */
  getReferences(db: ReferenceDatabase, key: string): Promise<FileReference[]> {
    return findFileReferences(this, db, key)
  }

  /** Where clean-ups put files; `null` when the storage, or its fallback, has no hidden files. */
  get trash(): Trash | null {
    return getTrash(this)
  }

  /** Removes what interrupted uploads left behind. It never touches a running upload. `createAdmin` calls it at start. */
  async sweep(): Promise<void> {
    await this.#attempt('sweep', () => this.removeAbandonedUploads())
  }

  /**
   * Finds out whether the storage, and its fallback, can be used at this moment.
   *
   * @throws {MediaStorageError} `STORAGE_FAILURE` when it cannot
   */
  async checkHealth(): Promise<void> {
    await Promise.all([this.#attempt('be reached', () => this.probe()), this.#fallbackFor()?.checkHealth()])
  }

  /**
   * Checks by use what the storage needs, for `vitrine doctor`: a small file is stored, read and deleted again. Override
   * it to add checks of your own before or after `yield* super.diagnose()`.
   */
  async *diagnose(_context: DiagnosisContext = {}): AsyncGenerator<Diagnosis> {
    yield* diagnoseStorage(this, {
      list: async () => {
        for await (const _key of this.listKeys()) return
      },
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
    const toError = (error: unknown) => this.#storageError('delete the file', error)
    return removeOneByOne(keys, { remove: (key) => this.removeFile(key), toError })
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

  /** Every key, some at a time. Override it where many come at once: a step for each of millions takes seconds. */
  protected listKeyPages(): AsyncIterable<readonly string[]> {
    return inBatches(this.listKeys(), KEYS_AT_A_TIME)
  }

  /** The address of a file. By default the key, percent-encoded, below `context.rootUrl`. */
  protected async buildFileUrl(key: string, context: FileUrlContext): Promise<FileUrl> {
    return plainFileUrl(this.column, key, context)
  }

  /** The address of a thumbnail. By default it is below the file's own, and not signed. */
  protected buildThumbnailUrl(key: string, context: ThumbnailUrlContext): string {
    return plainThumbnailUrl(this.column, key, context)
  }

  /** Throws when the storage cannot be used. By default it lists one file. */
  protected async probe(): Promise<void> {
    for await (const _key of this.listKeys()) return
  }

  /** Further checks of {@link diagnose}, on its small file while that is stored. */
  protected async *diagnoseFile(_key: string): AsyncIterable<Diagnosis> {}

  /** Removes unfinished uploads whose writer is gone. */
  protected async removeAbandonedUploads(): Promise<void> {}

  #write(key: string, body: FileBody, context: WriteContext): Promise<void> {
    const options = { contentType: getContentType(key), signal: context.signal }
    return writeBody(body, context, {
      write: (chunks) => this.writeFile(key, chunks, options),
      toError: (error) => this.#storageError('store the file', error),
    })
  }

  /** The fallback, if it takes part. Its place is looked at here: a subclass sets `location` after the constructor. */
  #fallbackFor({ fallback = true }: FallbackContext = {}): MediaStorage | null {
    if (!fallback || this.fallback === null) return null
    refuseSharedLocation(this, this.fallback)
    return this.fallback
  }

  get #listing(): ListingContext {
    return { fallback: this.#fallbackFor(), toError: (error) => this.#storageError('list the files', error) }
  }

  #attempt<TResult>(what: string, operation: () => Promise<TResult>): Promise<TResult> {
    return attempt(operation, (error) => this.#storageError(what, error))
  }

  #storageError(what: string, cause: unknown): MediaStorageError {
    return storageFailure(this.column, what, cause)
  }
}
