import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { HIDDEN_FOLDER, validateHiddenPath } from '../hidden/hidden-files.ts'
import type { Appending, UnfinishedFile, UnfinishedFiles } from '../hidden/unfinished-files.ts'
import { LocalLeases } from './local-leases.ts'
import { makeHiddenFolders } from './local-hiding.ts'
import { getCode, syncFolder, unlinkIfPresent } from './local-naming.ts'
import { type LocalStaging, asStorageError } from './local-staging.ts'
import type { ChunkWriter } from './local-writing.ts'
import type { MediaRoot } from './media-root.ts'

/** Which folder, and how its files are made. */
export interface LocalUnfinishedFilesOptions {
  root: MediaRoot
  filePermissions: number | null
  staging: LocalStaging
}

/**
 * Unfinished files of a local storage: each is one hidden file that grows, so that finishing it moves no bytes. Its size
 * says how much of it there is, but for a mark beside it: what is behind that was never meant to stay.
 */
export class LocalUnfinishedFiles implements UnfinishedFiles {
  readonly leases: LocalLeases
  readonly #options: LocalUnfinishedFilesOptions

  constructor(options: LocalUnfinishedFilesOptions) {
    this.#options = options
    this.leases = new LocalLeases(options.root, (path) => this.#getPath(path))
  }

  async create(path: string): Promise<void> {
    const { root, filePermissions } = this.#options
    const hidden = this.#getPath(path)
    try {
      await makeHiddenFolders(root, dirname(hidden))
      const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW
      const handle = await open(hidden, flags, filePermissions ?? 0o666)
      try {
        // The umask may have taken bits away.
        if (filePermissions !== null) await handle.chmod(filePermissions)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await syncFolder(dirname(hidden))
    } catch (error) {
      throw asStorageError(error)
    }
  }

  async find(path: string): Promise<UnfinishedFile | null> {
    const hidden = this.#getPath(path)
    const handle = await openUnlessMissing(hidden, constants.O_RDWR)
    if (handle === null) return null
    try {
      // A process that was killed has left bytes that the disk may not have yet.
      await handle.datasync()
      const { size, mtime } = await handle.stat()
      return { size: Math.min(size, (await readMark(getMark(hidden))) ?? size), lastModified: mtime }
    } finally {
      await handle.close()
    }
  }

  async append(path: string, { offset, chunks, isAtomic }: Appending): Promise<number> {
    const hidden = this.#getPath(path)
    try {
      const handle = await open(hidden, constants.O_WRONLY | constants.O_APPEND | constants.O_NOFOLLOW)
      try {
        // What an atomic append left behind that was killed.
        if ((await handle.stat()).size > offset) await handle.truncate(offset)
        if (isAtomic) await this.#writeMark(hidden, offset)
        else await this.#removeMark(hidden)
        const size = await appendTo(handle, this.#options.staging.writer, { offset, chunks, isAtomic })
        if (isAtomic) await this.#removeMark(hidden)
        return size
      } finally {
        await handle.close()
      }
    } catch (error) {
      throw asStorageError(error)
    }
  }

  async finish(path: string): Promise<void> {
    const handle = await openUnlessMissing(this.#getPath(path), constants.O_RDWR)
    try {
      await handle?.sync()
    } finally {
      await handle?.close()
    }
  }

  async remove(path: string): Promise<void> {
    const hidden = this.#getPath(path)
    await unlinkIfPresent(hidden)
    await unlinkIfPresent(getMark(hidden))
  }

  /** All that a crash leaves is a file, which a listing of the hidden files tells. */
  async sweep(): Promise<void> {}

  async #writeMark(hidden: string, offset: number): Promise<void> {
    await this.#options.staging.storeHidden(getMark(hidden), toText(String(offset)), undefined)
  }

  /** For good: a mark that comes back after a power cut would take bytes away that were promised to stay. */
  async #removeMark(hidden: string): Promise<void> {
    if ((await readMark(getMark(hidden))) === null) return
    await unlinkIfPresent(getMark(hidden))
    await syncFolder(dirname(hidden))
  }

  #getPath(path: string): string {
    validateHiddenPath(path)
    return join(this.#options.root.path, HIDDEN_FOLDER, path)
  }
}

async function appendTo(
  handle: FileHandle,
  writer: ChunkWriter,
  { offset, chunks, isAtomic }: Appending,
): Promise<number> {
  try {
    await writer.write(handle, chunks, undefined)
  } catch (error) {
    if (isAtomic) await handle.truncate(offset)
    throw error
  } finally {
    await handle.sync()
  }
  return (await handle.stat()).size
}

function getMark(hidden: string): string {
  return `${hidden}.mark`
}

async function readMark(path: string): Promise<number | null> {
  const handle = await openUnlessMissing(path, constants.O_RDONLY)
  if (handle === null) return null
  try {
    return Number(await handle.readFile('utf8'))
  } finally {
    await handle.close()
  }
}

async function openUnlessMissing(path: string, flags: number): Promise<FileHandle | null> {
  try {
    return await open(path, flags | constants.O_NOFOLLOW)
  } catch (error) {
    if (getCode(error) === 'ENOENT') return null
    throw error
  }
}

async function* toText(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text)
}
