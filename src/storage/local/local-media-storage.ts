import { chmodSync, constants, mkdirSync, realpathSync, statSync } from 'node:fs'
import { access } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { checkOptions, type OptionRules } from '../../options/check-options.ts'
import { nullOr, number, oneOf, required, secretText, text, trueOrFalse } from '../../options/option-rules.ts'
import type { Diagnosis } from '../core/diagnosis.ts'
import { columnPath } from '../core/media-column.ts'
import { MediaStorage, type MediaStorageOptions } from '../core/media-storage.ts'
import type { ListedFile, WriteFileOptions } from '../core/media-storage-types.ts'
import type { FileUrl, FileUrlContext, ThumbnailUrlContext } from '../urls/file-url.ts'
import { MEDIA_STORAGE_RULES } from '../core/media-storage-rules.ts'
import { signedThumbnailName } from '../urls/storage-urls.ts'
import { DEFAULT_SIGNED_URL_EXPIRY, SignedUrls } from '../urls/signed-urls.ts'
import type { StoredFile } from '../core/stored-file.ts'
import { plainFileUrl } from '../urls/file-urls.ts'
import { SmallFiles } from './small-files.ts'
import { type MediaFolder, diagnoseFolder, diagnoseStoredFile } from './local-checks.ts'
import { openLocalFile, statOrNull } from './local-file.ts'
import { LocalHiddenFiles } from './local-hidden-files.ts'
import { listFolder, listNames } from './local-listing.ts'
import { getCode, unlinkIfPresent } from './local-naming.ts'
import { LocalStaging } from './local-staging.ts'
import { LocalUnfinishedFiles } from './local-unfinished-files.ts'
import { MediaRoot } from './media-root.ts'

/** Options of {@link LocalMediaStorage}. */
export interface LocalMediaStorageOptions<TColumn extends PgColumn> extends MediaStorageOptions<TColumn> {
  /** The folder for the files of this column and no others. It and its parents are made when they are missing. */
  mediaPath: string
  /**
   * What becomes of a folder that nothing was ever stored in. `refuse` takes it for the place of a disk that is not mounted:
   * the storage fails, and its health check too, until the disk is there. Set it when the first file is stored. A folder
   * that was in use and is not the same any more is refused in any case. Defaults to `create`.
   */
  newFolder?: 'create' | 'refuse'
  /** Mode of the stored files; `null` leaves it to the process's umask. Defaults to `0o600`: only the owner reads. */
  filePermissions?: number | null
  /**
   * Where the files are served: by the admin, or by `serveMedia` in the application's own
   * router. Addresses begin with it.
   */
  rootUrl?: string
  /**
   * What signed addresses are made with: at least 32 characters from a random source, the same on every server. Of
   * several the first signs, and addresses signed with the others stay valid. Without one, addresses are not signed.
   */
  signingSecret?: string | readonly string[]
  /** Whether addresses are signed and expire. Defaults to `true` when there is a `signingSecret`. */
  signUrls?: boolean
  /** Longest time, in seconds, that a signed URL stays valid. Defaults to 3600. */
  signedUrlExpiry?: number
}

const OPTION_RULES: OptionRules<LocalMediaStorageOptions<PgColumn>> = {
  ...MEDIA_STORAGE_RULES,
  mediaPath: required(text),
  newFolder: oneOf('create', 'refuse'),
  filePermissions: nullOr(number),
  rootUrl: text,
  signingSecret: secretText,
  signUrls: trueOrFalse,
  signedUrlExpiry: number,
}

/**
 * Files in a local folder, one file for each key.
 *
 * A file is written under a hidden name in the same folder, synced, and linked to its key in one step, so that a crash
 * at any moment leaves the whole file or none.
 *
 * @example
 * const posterMedia = new LocalMediaStorage({
 *   column: movie.poster,
 *   mediaPath: '/srv/media/movie_poster',
 *   allowedExtensions: ['jpg', 'jpeg', 'png'],
 * })
 */
export class LocalMediaStorage<TColumn extends PgColumn = PgColumn> extends MediaStorage<TColumn> {
  override readonly location: string
  override readonly locationId: string | null
  override readonly hiddenFiles: LocalHiddenFiles
  override readonly unfinishedFiles: LocalUnfinishedFiles
  readonly #folder: string
  readonly #root: MediaRoot
  readonly #filePermissions: number | null
  readonly #staging: LocalStaging
  readonly #smallFiles = new SmallFiles()
  readonly #rootUrl: string | undefined
  readonly #signedUrls: SignedUrls | null

  /** @throws {TypeError} when an option does not exist or has a wrong value, the folder cannot be made or the column cannot hold media */
  constructor(options: LocalMediaStorageOptions<TColumn>) {
    checkOptions('LocalMediaStorage', options, OPTION_RULES)
    super(options)
    const column = columnPath(options.column)
    const { newFolder = 'create' } = options
    this.#folder = newFolder === 'create' ? makeFolder(options.mediaPath, column) : resolveFolder(options.mediaPath)
    this.#root = new MediaRoot({ path: this.#folder, column, newFolder })
    this.location = `${pathToFileURL(this.#folder).href}/`
    this.locationId = this.#root.locationId
    this.#filePermissions = options.filePermissions === undefined ? 0o600 : options.filePermissions
    this.#staging = new LocalStaging(this.#root, this.#filePermissions)
    this.hiddenFiles = new LocalHiddenFiles(this.#root, this.#staging, this.#smallFiles)
    this.unfinishedFiles = new LocalUnfinishedFiles({
      root: this.#root,
      filePermissions: this.#filePermissions,
      staging: this.#staging,
    })
    this.#rootUrl = options.rootUrl
    this.#signedUrls = getSignedUrls(options)
  }

  protected override isSignedUrlValid(name: string, query: URLSearchParams): boolean {
    return this.#signedUrls?.isValid(name, query) ?? false
  }

  override async *diagnose(): AsyncGenerator<Diagnosis> {
    for await (const diagnosis of diagnoseFolder(this.#mediaFolder)) {
      yield diagnosis
      if (diagnosis.check === 'folder' && diagnosis.status === 'failed') return
    }
    yield* super.diagnose()
  }

  protected override writeFile(
    key: string,
    chunks: AsyncIterable<Uint8Array>,
    options: WriteFileOptions,
  ): Promise<void> {
    return this.#staging.store(this.#getPath(key), chunks, options.signal)
  }

  protected override async openFile(key: string): Promise<StoredFile | null> {
    const file = await openLocalFile(this.#getPath(key), key, this.#smallFiles)
    // No file is absent because its disk is.
    if (file === null) await this.#root.check()
    return file
  }

  protected override async removeFile(key: string): Promise<void> {
    const path = this.#getPath(key)
    if ((await statOrNull(path)) === null) await this.#root.check()
    else await unlinkIfPresent(path)
  }

  protected override listKeyPages(): AsyncGenerator<string[]> {
    return listNames(this.#root)
  }

  protected override async *listKeys(): AsyncGenerator<string> {
    for await (const names of this.listKeyPages()) yield* names
  }

  protected override listEntries(only: (key: string) => boolean): AsyncGenerator<ListedFile> {
    return listFolder(this.#root, only)
  }

  protected override async buildFileUrl(key: string, context: FileUrlContext): Promise<FileUrl> {
    const rootUrl = this.#rootUrl ?? context.rootUrl
    const plain = plainFileUrl(this.column, key, { rootUrl, download: context.download })
    return this.#signedUrls?.sign(plain.url, key) ?? plain
  }

  protected override buildThumbnailUrl(key: string, { width, rootUrl = this.#rootUrl }: ThumbnailUrlContext): string {
    const plain = super.buildThumbnailUrl(key, { width, ...(rootUrl === undefined ? {} : { rootUrl }) })
    return this.#signedUrls?.sign(plain, signedThumbnailName(key)).url ?? plain
  }

  protected override async probe(): Promise<void> {
    await this.#root.check()
    await access(this.#folder, constants.R_OK | constants.W_OK | constants.X_OK)
  }

  protected override removeAbandonedUploads(): Promise<void> {
    return this.#staging.sweep()
  }

  protected override diagnoseFile(key: string): AsyncIterable<Diagnosis> {
    return diagnoseStoredFile(this.#mediaFolder, key)
  }

  get #mediaFolder(): MediaFolder {
    return { root: this.#root, filePermissions: this.#filePermissions, maxFileSize: this.maxFileSize }
  }

  /**
   * The only maker of paths: a key that passed `validateFileKey` is a single component, so it cannot leave the folder.
   * Attack: a symbolic link planted in the folder would lead out all the same; nothing here follows one.
   */
  #getPath(key: string): string {
    return join(this.#folder, key)
  }
}

function getSignedUrls(options: LocalMediaStorageOptions<PgColumn>): SignedUrls | null {
  const { signingSecret, signUrls = signingSecret !== undefined, signedUrlExpiry = DEFAULT_SIGNED_URL_EXPIRY } = options
  if (!signUrls) return null
  const secrets = [signingSecret ?? []].flat()
  return new SignedUrls({ column: columnPath(options.column), secrets, expiry: signedUrlExpiry })
}

/** Where the folder is, or will be when its disk is there. */
function resolveFolder(mediaPath: string): string {
  try {
    return realpathSync(mediaPath)
  } catch (error) {
    if (getCode(error) === 'ENOENT') return resolve(mediaPath)
    throw error
  }
}

function makeFolder(mediaPath: string, column: string): string {
  try {
    const isNew = makeFolders(resolve(mediaPath))
    const folder = realpathSync(mediaPath)
    // The umask may have made a new folder unusable for its owner; one that was there keeps its mode.
    if (isNew) chmodSync(folder, 0o700)
    return folder
  } catch (error) {
    throw new TypeError(`The mediaPath of ${column} cannot be used: ${mediaPath}`, { cause: error })
  }
}

/**
 * Makes a folder with its parents; returns whether it was missing. Node's own way never ends on a file system in which no
 * folder can be made and which says that the parent is missing, as /proc does.
 */
function makeFolders(folder: string): boolean {
  if (isFolder(folder)) return false
  const parent = dirname(folder)
  if (parent !== folder) makeFolders(parent)
  try {
    mkdirSync(folder, { mode: 0o700 })
    return true
  } catch (error) {
    // Another process may have been quicker.
    if (getCode(error) === 'EEXIST' && isFolder(folder)) return false
    throw error
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
