import type { FilePreview } from '../../contract/media.ts'
import { checkOptions, type OptionRules } from '../../options/check-options.ts'
import { callback, either, number, oneOf, text } from '../../options/option-rules.ts'
import { getPresentation } from '../../storage/urls/file-presentation.ts'
import type { MediaStorage } from '../../storage/core/media-storage.ts'
import { getContentType } from '../../storage/keys/file-types.ts'
import { MediaStorageError } from '../../storage/core/media-storage-error.ts'
import type { StoredFile } from '../../storage/core/stored-file.ts'
import { imagePath, removeThumbnails, thumbnailPath } from '../../storage/hidden/thumbnail-files.ts'
import { MediaError } from '../media-error.ts'
import { fileInMemory } from './file-in-memory.ts'
import { GeneratedThumbnails, MAX_IMAGE_PIXELS } from './generated-thumbnails.ts'
import { VideoThumbnails } from './video-thumbnails.ts'
import { isRendererInstalled } from './image-renderer.ts'
import { SVG_TYPE, hasPreview, isRendered } from './thumbnail-sources.ts'
import { Previews } from './previews.ts'
import { noThumbnail } from './no-thumbnail.ts'
import { MAX_PIXELS } from './render-job.ts'
import { Renderings } from './renderings.ts'
import type { UploadedThumbnail } from './uploaded-thumbnail.ts'
import type { ThumbnailRequest } from './thumbnail-request.ts'

/** Options of {@link Thumbnails}. */
export interface ThumbnailsOptions {
  /**
   * What makes thumbnails: `sharp`, which is the application's own to install, or `none`. Defaults to `sharp` when it is
   * installed, and to `none` when it is not: small images are then shown as they are.
   */
  renderer?: 'sharp' | 'none'
  /**
   * The program that finds an image in a video to which none was given: its name or path, or `false` for none. Defaults
   * to `ffmpeg`, and nothing is looked for in videos where there is no such program.
   */
  ffmpeg?: string | false
  /** How many images are made smaller at a time, each in a process of its own. Defaults to 2. */
  concurrency?: number
  /**
   * Told when a thumbnail that was made and sent could not be kept, so that it has to be made again, or when what is
   * kept could not be read. Defaults to a warning of the process.
   */
  onCacheFailure?: (error: unknown) => void
}

const OPTION_RULES: OptionRules<ThumbnailsOptions> = {
  renderer: oneOf('sharp', 'none'),
  ffmpeg: either(text, oneOf(false)),
  concurrency: number,
  onCacheFailure: callback,
}

/** How many images are made smaller at a time unless it is told otherwise. */
const DEFAULT_CONCURRENCY = 2

/** So many images without a thumbnail, in one list, have the renderers started before the first is asked for. */
const MANY = 5

/** Largest image, in bytes, that is shown as it is where no thumbnail can be made of it. */
const MAX_ORIGINAL_BYTES = 1_000_000

/**
 * Makes small images of stored ones, once each, and keeps them in the storage's hidden files. Give the same one to
 * `createAdmin` and `serveMedia`, so that its limits hold for both together.
 *
 * @example
 * const thumbnails = new Thumbnails()
 * const admin = createAdmin({ db, tables, thumbnails })
 * const servePosters = serveMedia(posterMedia, { thumbnails })
 */
export class Thumbnails {
  readonly #renderings: Renderings | null
  readonly #images: GeneratedThumbnails | null
  readonly #previews: Previews
  readonly #onCacheFailure: (error: unknown) => void
  /** Those on their way, by place and path: whoever asks meanwhile waits for the same one. */
  readonly #making = new Map<string, Promise<StoredFile>>()

  /** @throws {TypeError} when sharp is asked for and not installed, or the concurrency is no number of images */
  constructor(options: ThumbnailsOptions = {}) {
    checkOptions('Thumbnails', options, OPTION_RULES)
    const { ffmpeg = 'ffmpeg', onCacheFailure = warn } = options
    const previews = new Previews(onCacheFailure)
    const renderings = renderingsFor(options)
    const stills = ffmpeg === false ? null : new VideoThumbnails(ffmpeg)
    this.#previews = previews
    this.#renderings = renderings
    this.#images =
      renderings === null ? null : new GeneratedThumbnails({ renderings, previews, stills, onCacheFailure })
    this.#onCacheFailure = onCacheFailure
  }

  /** Whether videos and documents can be given an image. */
  get acceptsImages(): boolean {
    return this.#images !== null
  }

  /**
   * A thumbnail of a stored file, or the file itself where that will do; `null` when it has none.
   *
   * @throws {MediaError} `NOT_FOUND` without the file, `NO_THUMBNAIL` for an image that cannot be rendered, or
   * `UNAVAILABLE` when too many wait for theirs
   */
  async find(storage: MediaStorage, fileKey: string, request: ThumbnailRequest): Promise<StoredFile | null> {
    const path = thumbnailPath(fileKey, request.width, request.format)
    // The thumbnail of a file that is gone must be gone too, so the file is looked for although it is not read.
    const [file, cached] = await Promise.all([storage.getFile(fileKey), storage.hiddenFiles?.open(path) ?? null])
    if (file === null) throw absentFile()
    if (cached !== null) return cached
    const renderings = this.#renderings
    if (renderings === null) return getOriginal(file)
    const source = await this.#getSource(storage, file)
    if (source === null) return getOriginal(file)
    return this.#makeOnce({ storage, fileKey, source, request, path, renderings })
  }

  /**
   * A thumbnail of a file that is not stored under its key, such as one in the trash, without keeping it; `null` when it
   * has none.
   *
   * @throws {MediaError} `NO_THUMBNAIL` for an image that cannot be rendered, or `UNAVAILABLE` when too many wait for theirs
   */
  async render(storage: MediaStorage, { file, fileKey, request }: UnkeptThumbnail): Promise<StoredFile | null> {
    if (this.#renderings === null) return getOriginal(file)
    const image = hasPreview(file.contentType) ? ((await storage.hiddenFiles?.open(imagePath(fileKey))) ?? null) : file
    if (image === null) return null
    if (!isRendered(image.contentType)) return getOriginal(image)
    const isVector = image.contentType === SVG_TYPE
    const job = { ...request, maxPixels: MAX_PIXELS, isVector, wantsPreview: false }
    const result = await this.#renderings.render(storage.location, image, job)
    if ('refusal' in result) throw noThumbnail(result.refusal)
    return fileInMemory(thumbnailPath(fileKey, request.width, request.format), result.bytes)
  }

  /**
   * Gives a video or a PDF the image of which its thumbnails are made. One that it has already stays.
   *
   * @throws {MediaError} `NOT_FOUND` without the file; `NO_THUMBNAIL` for a file of another type, for an image that cannot
   * be rendered, or where nothing renders
   * @throws {MediaStorageError} `IMAGE_TOO_LARGE`, or that it could not be kept
   */
  async storeThumbnail(
    storage: MediaStorage,
    fileKey: string,
    photo: UploadedThumbnail,
  ): Promise<{ preview: FilePreview; isNew: boolean }> {
    const file = await storage.getFile(fileKey)
    if (file === null) throw absentFile()
    if (!hasPreview(file.contentType)) {
      throw new MediaError('NO_THUMBNAIL', 'Only films and PDF are given a picture.')
    }
    if (this.#images === null) throw new MediaError('NO_THUMBNAIL', 'Pictures need sharp, which is not installed.')
    const kept = await this.#images.keep(storage, fileKey, fileInMemory(`sent.${photo.extension}`, photo.bytes))
    if (!('refusal' in kept)) return kept
    if (kept.refusal !== 'too-many-pixels') throw noThumbnail(kept.refusal)
    throw new MediaStorageError(
      'IMAGE_TOO_LARGE',
      `The picture has more than ${MAX_IMAGE_PIXELS / 1_000_000} million pixels.`,
    )
  }

  /** What can be shown of files before their thumbnails are there, by their keys: of those of which it is known. */
  async previews(storage: MediaStorage, fileKeys: Iterable<string>): Promise<Map<string, FilePreview>> {
    const wanted = new Set(fileKeys)
    const known = await this.#previews.findMany(storage, wanted)
    const unknown = [...wanted].filter((fileKey) => isRendered(getContentType(fileKey)) && !known.has(fileKey))
    // Whoever looks at these will ask for their thumbnails: starting a process takes longer than making one.
    if (unknown.length >= MANY) this.#renderings?.prepare()
    return known
  }

  /** What the thumbnails of a file are made of; `null` when it has none. */
  async #getSource(storage: MediaStorage, file: StoredFile): Promise<StoredFile | null> {
    if (isRendered(file.contentType)) return file
    return hasPreview(file.contentType) ? ((await this.#images?.find(storage, file)) ?? null) : null
  }

  #makeOnce(making: Making): Promise<StoredFile> {
    const name = `${making.storage.location}${making.path}`
    const running = this.#making.get(name)
    if (running !== undefined) return running
    const made = this.#make(making).finally(() => this.#making.delete(name))
    this.#making.set(name, made)
    return made
  }

  async #make({ storage, fileKey, source, request, path, renderings }: Making): Promise<StoredFile> {
    const wantsPreview = (await this.#previews.of(storage, fileKey)) === null
    const isVector = source.contentType === SVG_TYPE
    const job = { ...request, maxPixels: MAX_PIXELS, isVector, wantsPreview }
    const result = await renderings.render(storage.location, source, job)
    if ('refusal' in result) throw noThumbnail(result.refusal)
    try {
      await Promise.all([
        storage.hiddenFiles?.write(path, result.bytes),
        result.preview === null ? null : this.#previews.keep(storage, fileKey, result.preview),
      ])
      // The file may have been deleted, and its thumbnails with it, while this one was being made.
      if ((await storage.getFile(fileKey)) === null) await removeThumbnails(storage.hiddenFiles, [fileKey])
    } catch (error) {
      // A full disk is no reason to show nothing.
      this.#onCacheFailure(error)
    }
    return fileInMemory(path, result.bytes)
  }
}

/** `null` where nothing renders. */
function renderingsFor({ renderer, concurrency = DEFAULT_CONCURRENCY }: ThumbnailsOptions): Renderings | null {
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new TypeError(`The concurrency of thumbnails is ${concurrency}, and must be a whole number from 1 on.`)
  }
  const isInstalled = renderer !== 'none' && isRendererInstalled()
  if (renderer === 'sharp' && !isInstalled) {
    throw new TypeError('Thumbnails need sharp, which is not installed: npm install sharp')
  }
  return isInstalled ? new Renderings(concurrency) : null
}

/** A thumbnail that is made once and not kept. */
export interface UnkeptThumbnail {
  file: StoredFile
  /** The key under which the file was stored. */
  fileKey: string
  request: ThumbnailRequest
}

/** All that making a thumbnail needs. */
interface Making {
  storage: MediaStorage
  fileKey: string
  /** The file itself, or its image. */
  source: StoredFile
  request: ThumbnailRequest
  /** Where it is kept. */
  path: string
  renderings: Renderings
}

function absentFile(): MediaError {
  return new MediaError('NOT_FOUND', 'There is no such file.')
}

/**
 * The file itself, if browsers show it as an image and it is small.
 *
 * Attack: a drawing that takes minutes. It is never drawn but where somebody opens it.
 */
function getOriginal(file: StoredFile): StoredFile | null {
  const { contentType, disposition } = getPresentation(file.contentType)
  if (file.contentType === SVG_TYPE) return null
  const isShown = contentType.startsWith('image/') && disposition === 'inline'
  return isShown && file.size <= MAX_ORIGINAL_BYTES ? file : null
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error))
}
