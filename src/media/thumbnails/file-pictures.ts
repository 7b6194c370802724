import type { FilePreview } from '../../contract/media.ts'
import type { MediaStorage } from '../../storage/media-storage.ts'
import { MediaStorageError } from '../../storage/media-storage-error.ts'
import type { StoredFile } from '../../storage/stored-file.ts'
import { picturePath, removeThumbnails } from '../../storage/thumbnail-files.ts'
import type { FilmStills } from './film-still.ts'
import { fileInMemory } from './file-in-memory.ts'
import { isFilm } from './picture-types.ts'
import type { Previews } from './previews.ts'
import type { RenderRefusal } from './render-job.ts'
import type { Renderings } from './renderings.ts'
import { TurnTaking } from './turn-taking.ts'

/** Most pixels of a picture that is given to a film or a document, all together. */
export const MOST_PICTURE_PIXELS: number = 16_000_000

/** How many films without a picture in them are remembered, so that nobody has them searched over and over. */
const MOST_WITHOUT = 1000

/** How long, in milliseconds, who asks for a thumbnail waits for a search. It goes on without him, for who asks next. */
const PATIENCE = 15_000

/** What {@link FilePictures} works with. */
export interface FilePictureOptions {
  renderings: Renderings
  previews: Previews
  /** `null` where nothing is looked for in films. */
  stills: FilmStills | null
  onCacheFailure: (error: unknown) => void
  /** In milliseconds. Defaults to {@link PATIENCE}. */
  patience?: number
}

/** The picture of a film or a document, kept with its preview; or why there is none. */
export type KeptPicture = { preview: FilePreview; isNew: boolean } | { refusal: RenderRefusal }

/** The pictures of films and documents, of which their thumbnails are made. A picture never changes once it is there. */
export class FilePictures {
  readonly #options: FilePictureOptions
  readonly #turns = new TurnTaking()
  readonly #without = new Set<string>()

  constructor(options: FilePictureOptions) {
    this.#options = options
  }

  /** The picture of a file, looked for in a film when none was given to it; `null` when there is none, or none yet. */
  async find(storage: MediaStorage, file: StoredFile): Promise<StoredFile | null> {
    const kept = await openPicture(storage, file.key)
    if (kept !== null || !isFilm(file.contentType)) return kept
    const { stills } = this.#options
    const name = `${storage.location}${file.key}`
    if (stills === null || this.#without.has(name)) return null
    const search = this.#turns.take(name, async () => {
      const meanwhile = await openPicture(storage, file.key)
      if (meanwhile !== null || this.#without.has(name)) return meanwhile
      const still = await this.#stillOf(stills, file)
      if (still === 'later') return null
      const made = still === null ? null : await this.#render(storage, file.key, fileInMemory('still.png', still))
      if (made === null || 'refusal' in made) {
        this.#rememberWithout(name)
        return null
      }
      // A full disk is no reason to show nothing.
      await this.#write(storage, file.key, made).catch(this.#options.onCacheFailure)
      return fileInMemory(picturePath(file.key), made.bytes)
    })
    return this.#inTime(search)
  }

  /**
   * Attack: films that each take as long as they may. Whoever shows a page of other ones would wait for all of these, and
   * his browser would ask for nothing else meanwhile.
   */
  async #inTime(search: Promise<StoredFile | null>): Promise<StoredFile | null> {
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => {
        // Nobody waits for it any longer who would be told.
        search.catch(this.#options.onCacheFailure)
        resolve(null)
      }, this.#options.patience ?? PATIENCE)
    })
    try {
      return await Promise.race([search, late])
    } finally {
      clearTimeout(timer)
    }
  }

  /** Gives a file its picture. The one that is there already stays: browsers keep its thumbnails for a year. */
  keep(storage: MediaStorage, fileKey: string, picture: StoredFile): Promise<KeptPicture> {
    return this.#turns.take(`${storage.location}${fileKey}`, async () => {
      const kept = await openPicture(storage, fileKey)
      const made = await this.#render(storage, fileKey, kept ?? picture)
      if ('refusal' in made) return made
      if (kept === null) await this.#write(storage, fileKey, made)
      else await this.#options.previews.keep(storage, fileKey, made.preview)
      return { preview: made.preview, isNew: kept === null }
    })
  }

  async #stillOf(stills: FilmStills, film: StoredFile): Promise<Uint8Array | 'later' | null> {
    try {
      return await stills.find(film)
    } catch (error) {
      if (error instanceof MediaStorageError) throw error
      // No room for the excerpt, or no leave to start a program: the film has no picture, as without ffmpeg.
      this.#options.onCacheFailure(error)
      return null
    }
  }

  /** Attack: a picture that is something else beside a picture. What is kept was decoded, and is encoded anew. */
  async #render(storage: MediaStorage, fileKey: string, picture: StoredFile) {
    const job = { width: 1280, format: 'webp', mostPixels: MOST_PICTURE_PIXELS, wantsPreview: true } as const
    const result = await this.#options.renderings.render(`${storage.location}${fileKey}/`, picture, job)
    if ('refusal' in result) return result
    if (result.preview === null) throw new TypeError('A picture was rendered without its preview.')
    return { bytes: result.bytes, preview: result.preview }
  }

  async #write(storage: MediaStorage, fileKey: string, made: { bytes: Uint8Array; preview: FilePreview }) {
    await storage.hiddenFiles?.write(picturePath(fileKey), made.bytes)
    await this.#options.previews.keep(storage, fileKey, made.preview)
    // The file may have been deleted, and its pictures with it, while this one was being made.
    if ((await storage.getFile(fileKey)) === null) await removeThumbnails(storage.hiddenFiles, [fileKey])
  }

  #rememberWithout(name: string): void {
    this.#without.add(name)
    const [oldest = name] = this.#without
    if (this.#without.size > MOST_WITHOUT) this.#without.delete(oldest)
  }
}

async function openPicture({ hiddenFiles }: MediaStorage, fileKey: string): Promise<StoredFile | null> {
  return (await hiddenFiles?.open(picturePath(fileKey))) ?? null
}
