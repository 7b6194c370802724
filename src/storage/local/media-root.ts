import { type BigIntStats, constants, readFileSync, statSync } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { HIDDEN_FOLDER } from '../hidden-files.ts'
import { MediaStorageError } from '../media-storage-error.ts'
import { codeOf, makeFolders, nameFile, syncFolder, unlinkIfPresent } from './local-naming.ts'

/** Holds the random name that tells a media folder from every other one. No listing, key or hidden path reaches it. */
const MARKER = 'store-id'

const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW

/** What a media folder is, and what to do with one that nothing was stored in. */
export interface MediaRootOptions {
  path: string
  /** As messages name it: `movie.poster`. */
  column: string
  newFolder: 'create' | 'refuse'
}

/**
 * The media folder. It knows itself by a marker, so that it is missed when its disk is not mounted: the empty folder that is
 * then in its place would take uploads that nobody finds again, and would make every file look deleted.
 */
export class MediaRoot {
  readonly path: string
  /** Device and number of the folder when the storage was made, which every name of it has; `null` when there was none. */
  readonly placeId: string | null
  readonly #column: string
  readonly #newFolder: 'create' | 'refuse'
  /** What the marker says; `null` as long as there was none. */
  #id: string | null
  /** Device and number of the folder in which that was read last: while they stay, so does the folder. */
  #place = ''
  #marking: Promise<void> | null = null

  constructor({ path, column, newFolder }: MediaRootOptions) {
    this.path = path
    this.placeId = placeOf(statSync(path, { bigint: true, throwIfNoEntry: false }))
    this.#column = column
    this.#newFolder = newFolder
    this.#id = readMarkerNow(join(path, HIDDEN_FOLDER, MARKER))
  }

  /** @throws {MediaStorageError} `STORAGE_FAILURE` when another folder is in its place, or none */
  async check(): Promise<void> {
    const place = await this.#look()
    if (place === this.#place) return
    const id = await readMarker(this.#marker)
    if (id === null && this.#id === null && this.#newFolder === 'create') return
    if (id === null || (this.#id !== null && id !== this.#id)) throw this.#missing()
    this.#id = id
    this.#place = place
  }

  /** The same before something is written: a new folder gets its marker. */
  async claim(): Promise<void> {
    await this.check()
    if (this.#id !== null) return
    // Once for all uploads that come at the same time.
    this.#marking ??= this.#writeMarker(crypto.randomUUID()).finally(() => {
      this.#marking = null
    })
    await this.#marking
    await this.check()
  }

  async #look(): Promise<string> {
    try {
      return placeOf(await stat(this.path, { bigint: true }))
    } catch (error) {
      throw codeOf(error) === 'ENOENT' ? this.#missing(error) : error
    }
  }

  /** Never over the one of another process: whichever came first holds. */
  async #writeMarker(id: string): Promise<void> {
    const hidden = join(this.path, HIDDEN_FOLDER)
    const unfinished = `${this.#marker}~${id}`
    await makeFolders(this.path, hidden)
    try {
      const handle = await open(unfinished, CREATE, 0o600)
      try {
        await handle.writeFile(`${id}\n`)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await nameFile(unfinished, this.#marker)
      await syncFolder(hidden)
    } catch (error) {
      const isThere = error instanceof MediaStorageError && error.code === 'FILE_EXISTS'
      if (!isThere) throw error
    } finally {
      await unlinkIfPresent(unfinished)
    }
  }

  get #marker(): string {
    return join(this.path, HIDDEN_FOLDER, MARKER)
  }

  #missing(cause?: unknown): MediaStorageError {
    const message = `The media folder of ${this.#column} is not there: another folder, or none, is in its place. Is its disk mounted?`
    return new MediaStorageError('STORAGE_FAILURE', message, { cause })
  }
}

function placeOf(stats: BigIntStats): string
function placeOf(stats: BigIntStats | undefined): string | null
function placeOf(stats: BigIntStats | undefined): string | null {
  return stats === undefined ? null : `${stats.dev}-${stats.ino}`
}

/** There is none; or this user, who may only read the files, cannot tell. */
const NO_MARKER: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'EACCES'])

async function readMarker(path: string): Promise<string | null> {
  try {
    const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW)
    try {
      return await handle.readFile('utf8')
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (NO_MARKER.has(codeOf(error))) return null
    throw error
  }
}

/** When the storage is made: a disk that goes away before the first upload must be missed too. */
function readMarkerNow(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (NO_MARKER.has(codeOf(error))) return null
    throw error
  }
}
