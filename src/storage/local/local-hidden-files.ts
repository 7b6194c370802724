import { lutimes, opendir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { HIDDEN_FOLDER, type HiddenFile, HiddenFiles } from '../hidden/hidden-files.ts'
import { MediaStorageError } from '../core/media-storage-error.ts'
import type { StoredFile } from '../core/stored-file.ts'
import { openLocalFile, statOrNull } from './local-file.ts'
import { replace } from './local-hiding.ts'
import { getCode, nameFile, removeEmptyFolders, syncFolder, unlinkIfPresent } from './local-naming.ts'
import type { LocalStaging } from './local-staging.ts'
import type { MediaRoot } from './media-root.ts'
import type { SmallFiles } from './small-files.ts'

/** Hidden files of a local storage, in a folder inside the media folder: on the same disk, so that moves are renames. */
export class LocalHiddenFiles extends HiddenFiles {
  readonly #root: MediaRoot
  readonly #folder: string
  readonly #staging: LocalStaging
  readonly #smallFiles: SmallFiles

  constructor(root: MediaRoot, staging: LocalStaging, smallFiles: SmallFiles) {
    super()
    this.#root = root
    this.#folder = join(root.path, HIDDEN_FOLDER)
    this.#staging = staging
    this.#smallFiles = smallFiles
  }

  protected override writeFile(
    path: string,
    chunks: AsyncIterable<Uint8Array>,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    return this.#staging.storeHidden(join(this.#folder, path), chunks, signal)
  }

  protected override async openFile(path: string): Promise<StoredFile | null> {
    const file = await openLocalFile(join(this.#folder, path), path, this.#smallFiles)
    // No file is absent because its disk is: an upload that is under way would be given up.
    if (file === null) await this.#root.check()
    return file
  }

  protected override async *listFiles(folder: string): AsyncGenerator<HiddenFile> {
    await this.#root.check()
    yield* this.#walk(folder)
  }

  async *#walk(folder: string): AsyncGenerator<HiddenFile> {
    try {
      for await (const entry of await opendir(join(this.#folder, folder))) {
        const path = `${folder}${entry.name}`
        if (entry.isDirectory()) yield* this.#walk(`${path}/`)
        const stats = entry.isFile() ? await statOrNull(join(this.#folder, path)) : null
        if (stats !== null) yield { path, size: stats.size, lastModified: stats.mtime }
      }
    } catch (error) {
      // A folder that was never made, or removed meanwhile because it was empty.
      if (getCode(error) !== 'ENOENT') throw error
    }
  }

  protected override async removeFile(path: string): Promise<void> {
    const hidden = join(this.#folder, path)
    if ((await statOrNull(hidden)) === null) return
    await unlinkIfPresent(hidden)
    await this.#removeEmptyFolders(path)
  }

  protected override async hideFile(key: string, path: string): Promise<boolean> {
    const visible = join(this.#root.path, key)
    if ((await statOrNull(visible)) === null) return false
    try {
      await replace(visible, join(this.#folder, path), this.#root)
    } catch (error) {
      if ((await statOrNull(visible)) !== null) throw error
      // Somebody else was quicker. An error that came after the rename has left the file under its new name.
      if ((await statOrNull(join(this.#folder, path))) === null) return false
      throw error
    }
    await syncFolder(this.#root.path)
    return true
  }

  protected override async publishFile(path: string, key: string): Promise<boolean> {
    const [hidden, visible] = [join(this.#folder, path), join(this.#root.path, key)]
    if ((await statOrNull(hidden)) === null) return false
    try {
      const now = new Date()
      await lutimes(hidden, now, now)
      await this.#name(hidden, visible)
    } catch (error) {
      if ((await statOrNull(hidden)) === null) return false
      throw error
    }
    // The old name goes only when the new one is sure to last.
    await syncFolder(this.#root.path)
    await unlinkIfPresent(hidden)
    await this.#removeEmptyFolders(path)
    return true
  }

  /** An interrupted call has given the file its second name already. */
  async #name(hidden: string, visible: string): Promise<void> {
    try {
      await nameFile(hidden, visible)
    } catch (error) {
      const isTaken = error instanceof MediaStorageError && error.code === 'FILE_EXISTS'
      if (!isTaken || !(await isSameFile(hidden, visible))) throw error
    }
  }

  async #removeEmptyFolders(path: string): Promise<void> {
    const [area = ''] = path.split('/')
    await removeEmptyFolders(dirname(join(this.#folder, path)), join(this.#folder, area))
  }
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([statOrNull(one), statOrNull(other)])
  return first !== null && second !== null && first.ino === second.ino && first.dev === second.dev
}
