import type { FileInformation, FileUrlResponse, UploadedFile } from '../contract/media.ts'
import { getLocations } from '../storage/core/fallback.ts'
import { isFileKey, originalFileName } from '../storage/keys/file-key.ts'
import type { FileUrl, FileUrlContext } from '../storage/urls/file-url.ts'
import type { ReferenceDatabase } from '../storage/references/referenced-file-keys.ts'
import type { StoredFile } from '../storage/core/stored-file.ts'
import { type FilesPage, listStoredFiles } from './file-listing.ts'
import type { FileListingQuery } from './file-listing-query.ts'
import { findReferences } from './file-references.ts'
import { readFileMetadata } from './facts/file-facts.ts'
import type { MediaColumn, MediaColumns } from './media-columns.ts'
import { MediaError } from './media-error.ts'
import { fetchRemoteFile, type UploadFromUrlOptions } from './from-url/fetch-remote-file.ts'
import { type IncomingUpload, receiveUpload, storeOne } from './receive-upload.ts'
import type { UnsavedUploads } from './unsaved-uploads.ts'
import type { Uploader } from './uploads/tus-store.ts'

/** A file that the server is to fetch. */
export interface RemoteUpload extends Pick<IncomingUpload, 'fileNames' | 'user'> {
  url: string
  options: UploadFromUrlOptions
  signal: AbortSignal
}

/** What a {@link MediaService} works with. */
export interface MediaServiceOptions {
  columns: MediaColumns
  db: ReferenceDatabase
  unsaved: UnsavedUploads
}

/** What can be done with the files of a table's column, over HTTP and on the command line. */
export class MediaService {
  readonly #columns: MediaColumns
  readonly #db: ReferenceDatabase
  readonly #unsaved: UnsavedUploads

  constructor({ columns, db, unsaved }: MediaServiceOptions) {
    this.#columns = columns
    this.#db = db
    this.#unsaved = unsaved
  }

  /**
   * The media column of a table.
   *
   * @throws {MediaError} `NOT_FOUND`
   */
  requireColumn(table: string, column: string): MediaColumn {
    const media = this.findColumn(table, column)
    if (media === null) throw new MediaError('NOT_FOUND', 'There is no such media column.')
    return media
  }

  /** The media column of a table; `null` when there is none. */
  findColumn(table: string, column: string): MediaColumn | null {
    return this.#columns.get(table, column)
  }

  /** Stores the files of an upload, all or none. */
  upload(media: MediaColumn, upload: Omit<IncomingUpload, 'unsaved'>): Promise<UploadedFile[]> {
    return receiveUpload(media.storage, { ...upload, unsaved: this.#unsaved })
  }

  /** Fetches a file from another address and stores it. */
  async uploadFromUrl(media: MediaColumn, upload: RemoteUpload): Promise<UploadedFile> {
    const remote = await fetchRemoteFile(upload.url, upload.options, upload.signal)
    return storeOne(media.storage, { ...upload, unsaved: this.#unsaved }, remote)
  }

  /** One page of the column's files, as far as a user may see them. */
  list(media: MediaColumn, query: FileListingQuery, user: Uploader): Promise<FilesPage> {
    const { storage } = media
    return listStoredFiles(storage, query, {
      db: this.#db,
      filterVisible: (fileKeys) => this.#unsaved.filterVisible(storage, fileKeys, user.id),
    })
  }

  /**
   * Refuses a file that another user uploaded and has not saved in a row.
   *
   * @throws {MediaError} `NOT_FOUND`, indistinguishable from a file that does not exist
   */
  async requireVisible({ storage }: MediaColumn, fileKey: string, user: Uploader): Promise<void> {
    if (!isFileKey(fileKey) || !(await this.#unsaved.isVisible(storage, fileKey, user.id))) throw absentFile()
  }

  /**
   * A stored file of this column.
   *
   * @throws {MediaError} `NOT_FOUND`, also for a key that could not be one: the difference is nobody's business
   */
  async requireFile(media: MediaColumn, fileKey: string): Promise<StoredFile> {
    const file = await this.#findFile(media, fileKey)
    if (file === null) throw absentFile()
    return file
  }

  /** An address of a stored file for a browser. `rootUrl` is where the admin itself serves the column. */
  async url(media: MediaColumn, fileKey: string, context: FileUrlContext): Promise<FileUrlResponse> {
    await this.requireFile(media, fileKey)
    const { url, expiresAt } = await media.storage.urls.file(fileKey, context)
    return { url, expiresAt: expiresAt?.toISOString() ?? null }
  }

  /**
   * The same without looking whether the file exists, which costs a request to a bucket.
   *
   * @throws {MediaError} `NOT_FOUND` for what cannot be a file's key
   */
  async findFileUrl(media: MediaColumn, fileKey: string, context: FileUrlContext): Promise<FileUrl> {
    if (!isFileKey(fileKey)) throw absentFile()
    return media.storage.urls.file(fileKey, context)
  }

  /** Where browsers are sent with and for files, besides the admin itself: origins such as `https://bucket.example.com`. */
  async urlOrigins(): Promise<string[]> {
    const locations = Array.from(this.#columns).flatMap(({ storage }) => getLocations(storage))
    const redirecting = locations.filter(({ delivery }) => delivery === 'redirect')
    const urls = await Promise.all(
      redirecting.map((location) => location.generateFileUrl('any.file', { fallback: false })),
    )
    const origins = await Promise.all(
      Array.from(this.#columns).flatMap(({ storage: { unfinishedFiles } }) => {
        const direct = unfinishedFiles?.direct
        return direct?.isInUse === true ? [direct.origin()] : []
      }),
    )
    return [...new Set([...urls.map((findFileUrl) => new URL(findFileUrl).origin), ...origins])]
  }

  /** What is known of a file, and the rows that use it. */
  async information(media: MediaColumn, fileKey: string): Promise<Omit<FileInformation, 'preview'>> {
    const file = await this.requireFile(media, fileKey)
    const [references, metadata] = await Promise.all([findReferences(this.#db, media, fileKey), readFileMetadata(file)])
    return {
      fileKey,
      name: originalFileName(fileKey),
      size: file.size,
      contentType: file.contentType,
      lastModified: file.lastModified.toISOString(),
      ...metadata,
      references,
    }
  }

  /**
   * Deletes a file that no row references.
   *
   * @throws {MediaError} `FILE_IN_USE` with the rows, or `NOT_FOUND`
   */
  async delete(media: MediaColumn, fileKey: string): Promise<void> {
    await this.requireFile(media, fileKey)
    const references = await findReferences(this.#db, media, fileKey)
    if (references.length > 0) {
      const message = `The file is in use: ${references.length === 1 ? 'a row references' : 'rows reference'} it.`
      throw new MediaError('FILE_IN_USE', message, { references })
    }
    await media.storage.deleteFile(fileKey)
    await this.#unsaved.remove(media.storage, [fileKey])
  }

  /** Which of the keys may not be put into the column, because they name no stored file of it. */
  async findMissingKeys(media: MediaColumn, fileKeys: string[], user: Uploader): Promise<string[]> {
    const isMissing = await Promise.all(
      fileKeys.map(async (fileKey) => {
        if ((await this.#findFile(media, fileKey)) === null) return true
        return !(await this.#unsaved.isVisible(media.storage, fileKey, user.id))
      }),
    )
    return fileKeys.filter((_fileKey, index) => isMissing[index])
  }

  /** Removes what interrupted uploads left behind, in every storage. */
  async sweep(): Promise<void> {
    await Promise.all(Array.from(this.#columns, ({ storage }) => storage.sweep()))
  }

  async #findFile({ storage }: MediaColumn, fileKey: string): Promise<StoredFile | null> {
    return isFileKey(fileKey) ? storage.getFile(fileKey) : null
  }
}

function absentFile(): MediaError {
  return new MediaError('NOT_FOUND', 'There is no such file.')
}
