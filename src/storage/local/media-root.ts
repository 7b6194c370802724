import { type BigIntStats, constants, readFileSync, statSync } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { HIDDEN_FOLDER } from '../hidden/hidden-files.ts'
import { MediaStorageError } from '../core/media-storage-error.ts'
import { getCode, makeFolders, nameFile, syncFolder, unlinkIfPresent } from './local-naming.ts'

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
  readonly locationId: string | null
  readonly #column: string
  readonly #newFolder: 'create' | 'refuse'
  /** What the marker says; `null` as long as there was none. */
  #id: string | null
  /** The folder in which that was read last: while it is the same one, it need not be read again. */
  #seenIn = ''
  #marking: Promise<void> | null = null

  constructor({ path, column, newFolder }: MediaRootOptions) {
    this.path = path
    const folder = statSync(path, { bigint: true, throwIfNoEntry: false })
    this.locationId = folder === undefined ? null : `${folder.dev}-${folder.ino}`
    this.#column = column
    this.#newFolder = newFolder
    this.#id = readMarkerNow(join(path, HIDDEN_FOLDER, MARKER))
  }

  /** @throws {MediaStorageError} `STORAGE_FAILURE` when another folder is in its place, or none */
  async check(): Promise<void> {
    const folder = await this.#look()
    if (folder === this.#seenIn) return
    const id = await readMarker(this.#marker)
    if (id === null && this.#id === null && this.#newFolder === 'create') return
    if (id === null || (this.#id !== null && id !== this.#id)) throw this.#missing()
    this.#id = id
    this.#seenIn = folder
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
      return getIdentity(await stat(this.path, { bigint: true }))
    } catch (error) {
      throw getCode(error) === 'ENOENT' ? this.#missing(error) : error
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

/**
 * A folder that is made anew may get the number of the one that was deleted (ext4 gives it at once), but never its birth.
 * Where the file system does not tell births, its last change stands in: the marker is then read more often.
 */
function getIdentity({ dev, ino, birthtimeNs, ctimeNs }: BigIntStats): string {
  return `${dev}-${ino}-${birthtimeNs || ctimeNs}`
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
    if (NO_MARKER.has(getCode(error))) return null
    throw error
  }
}

/** When the storage is made: a disk that goes away before the first upload must be missed too. */
function readMarkerNow(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (NO_MARKER.has(getCode(error))) return null
    throw error
  }
}
