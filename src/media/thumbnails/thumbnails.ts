import { presentationOf } from '../../storage/file-presentation.ts'
import { contentTypeOf } from '../../storage/file-types.ts'
import type { MediaStorage } from '../../storage/media-storage.ts'
import { StoredFile } from '../../storage/stored-file.ts'
import { removeThumbnails, thumbnailPath } from '../../storage/thumbnail-files.ts'
import { MediaError } from '../media-error.ts'
import { isRendererInstalled } from './picture-renderer.ts'
import { LARGEST_SOURCE, MOST_PIXELS, type RenderRefusal, type RenderResult } from './render-job.ts'
import { RenderQueue } from './render-queue.ts'
import type { ThumbnailRequest } from './thumbnail-request.ts'
import { TurnTaking } from './turn-taking.ts'

/** Options of {@link Thumbnails}. */
export interface ThumbnailsOptions {
  /**
   * What makes thumbnails: `sharp`, which is the application's own to install, or `none`. Defaults to `sharp` when it is
   * installed, and to `none` when it is not: small pictures are then shown as they are.
   */
  renderer?: 'sharp' | 'none'
  /** How many pictures are made smaller at a time, each in a process of its own. Defaults to 2. */
  concurrency?: number
  /**
   * Told when a thumbnail that was made and sent could not be kept, so that it has to be made again. Defaults to a
   * warning of the process.
   */
  onCacheFailure?: (error: unknown) => void
}

/** How many pictures are made smaller at a time unless it is told otherwise. */
const DEFAULT_CONCURRENCY = 2

/** Largest picture, in bytes, that is shown as it is where no thumbnail can be made of it. */
const LARGEST_ORIGINAL = 1_000_000

/** Media types that are rendered. SVG is not: it is small as it is, and rendering it is running a language. */
const RENDERED_TYPES = ['image/avif', 'image/gif', 'image/jpeg', 'image/png', 'image/tiff', 'image/webp']

/** How many pictures that cannot be rendered are remembered, so that nobody has them decoded over and over. */
const MOST_REFUSALS = 1000

/**
 * Makes small pictures of stored ones, once each, and keeps them in the storage's hidden files. Give the same one to
 * `createAdmin` and `serveMedia`, so that its limits hold for both together.
 *
 * @example
 * const thumbnails = new Thumbnails()
 * const admin = createAdmin({ db, tables, thumbnails })
 * const servePosters = serveMedia(posterMedia, { thumbnails })
 */
export class Thumbnails {
  readonly #queue: RenderQueue | null
  readonly #onCacheFailure: (error: unknown) => void
  readonly #turns = new TurnTaking()
  /** Those on their way, by place and path: whoever asks meanwhile waits for the same one. */
  readonly #making = new Map<string, Promise<StoredFile>>()
  readonly #refusals = new Map<string, RenderRefusal>()

  /** @throws {TypeError} when sharp is asked for and not installed, or the concurrency is no number of pictures */
  constructor({ renderer, concurrency = DEFAULT_CONCURRENCY, onCacheFailure = warn }: ThumbnailsOptions = {}) {
    if (!Number.isInteger(concurrency) || concurrency < 1) {
      throw new TypeError(`The concurrency of thumbnails is ${concurrency}, and must be a whole number from 1 on.`)
    }
    const isInstalled = renderer !== 'none' && isRendererInstalled()
    if (renderer === 'sharp' && !isInstalled) {
      throw new TypeError('Thumbnails need sharp, which is not installed: npm install sharp')
    }
    this.#queue = isInstalled ? new RenderQueue(concurrency) : null
    this.#onCacheFailure = onCacheFailure
  }

  /**
   * A thumbnail of a stored file, or the file itself where that will do; `null` when it has none.
   *
   * @throws {MediaError} `NOT_FOUND` without the file, `NO_THUMBNAIL` for a picture that cannot be rendered, or
   * `UNAVAILABLE` when too many wait for theirs
   */
  async find(storage: MediaStorage, fileKey: string, request: ThumbnailRequest): Promise<StoredFile | null> {
    const path = thumbnailPath(fileKey, request.width, request.format)
    // The thumbnail of a file that is gone must be gone too, so the file is looked for although it is not read.
    const [source, cached] = await Promise.all([storage.getFile(fileKey), storage.hiddenFiles?.open(path) ?? null])
    if (source === null) throw new MediaError('NOT_FOUND', 'There is no such file.')
    if (cached !== null) return cached
    if (this.#queue === null || !RENDERED_TYPES.includes(source.contentType)) return originalOf(source)
    return this.#makeOnce({ storage, source, request, path, queue: this.#queue })
  }

  #makeOnce(making: Making): Promise<StoredFile> {
    const name = `${making.storage.location}${making.path}`
    const running = this.#making.get(name)
    if (running !== undefined) return running
    const made = this.#make(making).finally(() => this.#making.delete(name))
    this.#making.set(name, made)
    return made
  }

  async #make(making: Making): Promise<StoredFile> {
    const { storage, source, path } = making
    const result = await this.#render(making)
    if ('refusal' in result) throw noThumbnail(result.refusal)
    try {
      await storage.hiddenFiles?.write(path, oneChunk(result.bytes))
      // The file may have been deleted, and its thumbnails with it, while this one was being made.
      if ((await storage.getFile(source.key)) === null) await removeThumbnails(storage.hiddenFiles, [source.key])
    } catch (error) {
      // A full disk is no reason to show nothing.
      this.#onCacheFailure(error)
    }
    return fileInMemory(path, result.bytes)
  }

  /** One decoding of a file at a time, and none once it has turned out to be useless. */
  #render({ storage, source, request, queue }: Making): Promise<RenderResult> {
    const name = `${storage.location}${source.key}${source.etag}`
    return this.#turns.take(name, async () => {
      const known = source.size > LARGEST_SOURCE ? 'too-large' : this.#refusals.get(name)
      if (known !== undefined) return { refusal: known }
      const result = await queue.render({ ...request, size: source.size }, () => source.stream())
      if ('refusal' in result) this.#remember(name, result.refusal)
      return result
    })
  }

  #remember(name: string, refusal: RenderRefusal): void {
    this.#refusals.set(name, refusal)
    const [oldest = name] = this.#refusals.keys()
    if (this.#refusals.size > MOST_REFUSALS) this.#refusals.delete(oldest)
  }
}

/** All that making a thumbnail needs. */
interface Making {
  storage: MediaStorage
  source: StoredFile
  request: ThumbnailRequest
  /** Where it is kept. */
  path: string
  queue: RenderQueue
}

const REFUSALS: Readonly<Record<RenderRefusal, string>> = {
  'too-many-pixels': `it has more than ${MOST_PIXELS / 1_000_000} million pixels`,
  'too-large': `it has more than ${LARGEST_SOURCE / 1_000_000} MB`,
  'too-hard': 'it takes too much time or memory',
  unreadable: 'it is damaged, or of a kind that cannot be read',
}

function noThumbnail(refusal: RenderRefusal): MediaError {
  return new MediaError('NO_THUMBNAIL', `The picture cannot be made smaller: ${REFUSALS[refusal]}.`)
}

/** The file itself, if browsers show it as a picture and it is small. */
function originalOf(file: StoredFile): StoredFile | null {
  const { contentType, disposition } = presentationOf(file.contentType)
  const isShown = contentType.startsWith('image/') && disposition === 'inline'
  return isShown && file.size <= LARGEST_ORIGINAL ? file : null
}

function fileInMemory(path: string, bytes: Uint8Array): StoredFile {
  const attributes = {
    key: path,
    size: bytes.byteLength,
    contentType: contentTypeOf(path),
    lastModified: new Date(),
    // Once it is kept it has the tag of its place: what is asked for with this one is sent once more.
    etag: `"${crypto.randomUUID()}"`,
  }
  return new StoredFile(attributes, ({ start, end }) => new Blob([bytes.slice(start, end + 1)]).stream())
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error))
}
