import type { FilePreview } from '../../contract/media.ts'
import type { MediaStorage } from '../../storage/core/media-storage.ts'
import { MediaStorageError } from '../../storage/core/media-storage-error.ts'
import type { StoredFile } from '../../storage/core/stored-file.ts'
import { imagePath, removeThumbnails } from '../../storage/hidden/thumbnail-files.ts'
import type { VideoThumbnails } from './video-thumbnails.ts'
import { fileInMemory } from './file-in-memory.ts'
import { isVideo } from './thumbnail-sources.ts'
import type { Previews } from './previews.ts'
import type { RenderRefusal } from './render-job.ts'
import type { Renderings } from './renderings.ts'
import { Mutex } from './mutex.ts'

/** Most pixels of an image that is given to a video or a document, all together. */
export const MAX_IMAGE_PIXELS: number = 16_000_000

/** How many videos without an image in them are remembered, so that nobody has them searched over and over. */
const MAX_WITHOUT_PREVIEW = 1000

/** How long, in milliseconds, who asks for a thumbnail waits for a search. It goes on without him, for who asks next. */
const TIMEOUT_MS = 15_000

/** What {@link GeneratedThumbnails} works with. */
export interface GeneratedThumbnailsOptions {
  renderings: Renderings
  previews: Previews
  /** `null` where nothing is looked for in videos. */
  stills: VideoThumbnails | null
  onCacheFailure: (error: unknown) => void
  /** In milliseconds. Defaults to {@link TIMEOUT_MS}. */
  timeoutMs?: number
}

/** The image of a video or a document, kept with its preview; or why there is none. */
export type StoredThumbnail = { preview: FilePreview; isNew: boolean } | { refusal: RenderRefusal }

/** The images of videos and documents, of which their thumbnails are made. An image never changes once it is there. */
export class GeneratedThumbnails {
  readonly #options: GeneratedThumbnailsOptions
  readonly #turns = new Mutex()
  readonly #without = new Set<string>()

  constructor(options: GeneratedThumbnailsOptions) {
    this.#options = options
  }

  /** The image of a file, looked for in a video when none was given to it; `null` when there is none, or none yet. */
  async find(storage: MediaStorage, file: StoredFile): Promise<StoredFile | null> {
    const kept = await openImage(storage, file.key)
    if (kept !== null || !isVideo(file.contentType)) return kept
    const { stills } = this.#options
    const name = `${storage.location}${file.key}`
    if (stills === null || this.#without.has(name)) return null
    const search = this.#turns.take(name, async () => {
      const meanwhile = await openImage(storage, file.key)
      if (meanwhile !== null || this.#without.has(name)) return meanwhile
      const still = await this.#getVideoStill(stills, file)
      if (still === 'later') return null
      const made = still === null ? null : await this.#render(storage, file.key, fileInMemory('still.png', still))
      if (made === null || 'refusal' in made) {
        this.#rememberWithout(name)
        return null
      }
      // A full disk is no reason to show nothing.
      await this.#write(storage, file.key, made).catch(this.#options.onCacheFailure)
      return fileInMemory(imagePath(file.key), made.bytes)
    })
    return this.#inTime(search)
  }

  /**
   * Attack: videos that each take as long as they may. Whoever shows a page of other ones would wait for all of these, and
   * his browser would ask for nothing else meanwhile.
   */
  async #inTime(search: Promise<StoredFile | null>): Promise<StoredFile | null> {
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => {
        // Nobody waits for it any longer who would be told.
        search.catch(this.#options.onCacheFailure)
        resolve(null)
      }, this.#options.timeoutMs ?? TIMEOUT_MS)
    })
    try {
      return await Promise.race([search, late])
    } finally {
      clearTimeout(timer)
    }
  }

  /** Gives a file its image. The one that is there already stays: browsers keep its thumbnails for a year. */
  keep(storage: MediaStorage, fileKey: string, image: StoredFile): Promise<StoredThumbnail> {
    return this.#turns.take(`${storage.location}${fileKey}`, async () => {
      const kept = await openImage(storage, fileKey)
      const made = await this.#render(storage, fileKey, kept ?? image)
      if ('refusal' in made) return made
      if (kept === null) await this.#write(storage, fileKey, made)
      else await this.#options.previews.keep(storage, fileKey, made.preview)
      return { preview: made.preview, isNew: kept === null }
    })
  }

  async #getVideoStill(stills: VideoThumbnails, video: StoredFile): Promise<Uint8Array | 'later' | null> {
    try {
      return await stills.find(video)
    } catch (error) {
      if (error instanceof MediaStorageError) throw error
      // No room for the excerpt, or no leave to start a program: the video has no image, as without ffmpeg.
      this.#options.onCacheFailure(error)
      return null
    }
  }

  /** Attack: an image that is something else beside an image. What is kept was decoded, and is encoded anew. */
  async #render(storage: MediaStorage, fileKey: string, image: StoredFile) {
    const job = {
      width: 1280,
      format: 'webp',
      maxPixels: MAX_IMAGE_PIXELS,
      isVector: false,
      wantsPreview: true,
    } as const
    const result = await this.#options.renderings.render(`${storage.location}${fileKey}/`, image, job)
    if ('refusal' in result) return result
    if (result.preview === null) throw new TypeError('A picture was rendered without its preview.')
    return { bytes: result.bytes, preview: result.preview }
  }

  async #write(storage: MediaStorage, fileKey: string, made: { bytes: Uint8Array; preview: FilePreview }) {
    await storage.hiddenFiles?.write(imagePath(fileKey), made.bytes)
    await this.#options.previews.keep(storage, fileKey, made.preview)
    // The file may have been deleted, and its images with it, while this one was being made.
    if ((await storage.getFile(fileKey)) === null) await removeThumbnails(storage.hiddenFiles, [fileKey])
  }

  #rememberWithout(name: string): void {
    this.#without.add(name)
    const [oldest = name] = this.#without
    if (this.#without.size > MAX_WITHOUT_PREVIEW) this.#without.delete(oldest)
  }
}

async function openImage({ hiddenFiles }: MediaStorage, fileKey: string): Promise<StoredFile | null> {
  return (await hiddenFiles?.open(imagePath(fileKey))) ?? null
}
