import { constants } from 'node:fs'
import { link, lstat, mkdir, open, rename, rmdir, unlink } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { MediaStorageError } from '../core/media-storage-error.ts'

/**
 * Gives a finished file its name for good: a new name survives a power cut only when its folder is synced.
 *
 * @throws {MediaStorageError} `FILE_EXISTS`
 */
export async function publish(unfinished: string, path: string): Promise<void> {
  // Opened before the file gets its name: where no descriptor is left, there must be no file either.
  const folder = await open(dirname(path), constants.O_RDONLY)
  try {
    await nameFile(unfinished, path)
    await folder.sync().catch(async (error: unknown) => {
      await unlinkIfPresent(path)
      throw error
    })
  } finally {
    await folder.close()
  }
}

/**
 * Gives a finished file its name, in one step and never over another file.
 *
 * @throws {MediaStorageError} `FILE_EXISTS`
 */
export async function nameFile(unfinished: string, path: string): Promise<void> {
  try {
    await link(unfinished, path)
  } catch (error) {
    if (getCode(error) === 'EEXIST') {
      throw new MediaStorageError('FILE_EXISTS', 'The file cannot be stored: there is one with the same key.', {
        cause: error,
      })
    }
    if (!NO_HARD_LINKS.has(getCode(error))) throw error
    // Some network and removable file systems have no hard links. A rename would replace a file, hence the look before;
    // between the two only a file with the same 122 random bits could come.
    if (await exists(path))
      throw new MediaStorageError('FILE_EXISTS', 'The file cannot be stored: there is one with the same key.')
    await rename(unfinished, path)
  }
}

const NO_HARD_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'])

/** Makes the names in a folder survive a power cut. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Attack: a symbolic link in the place of a hidden folder would lead out. It is no folder. */
export async function makeFolders(mediaFolder: string, folder: string): Promise<void> {
  let path = mediaFolder
  for (const name of relative(mediaFolder, folder).split(sep)) {
    path = join(path, name)
    if (!(await isFolder(path))) await makeFolder(path)
  }
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 })
  } catch (error) {
    // Somebody else was quicker.
    if (getCode(error) !== 'EEXIST' || !(await isFolder(path))) throw error
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory()
  } catch (error) {
    if (getCode(error) === 'ENOENT') return false
    throw error
  }
}

/** Removes a folder and those around it, up to another one that stays, as far as they are empty. */
export async function removeEmptyFolders(path: string, upTo: string): Promise<void> {
  for (let folder = path; folder.startsWith(`${upTo}${sep}`); folder = dirname(folder)) {
    try {
      await rmdir(folder)
    } catch (error) {
      if (NOT_EMPTY.has(getCode(error))) return
      throw error
    }
  }
}

const NOT_EMPTY: ReadonlySet<string> = new Set(['ENOTEMPTY', 'EEXIST', 'ENOENT'])

export async function unlinkIfPresent(path: string): Promise<void> {
  try {
    await unlink(path)
  } catch (error) {
    if (getCode(error) !== 'ENOENT') throw error
  }
}

export async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (error) {
    if (getCode(error) === 'ENOENT') return false
    throw error
  }
}

/** The word of the system for what went wrong, such as `ENOENT`; empty when there is none. */
export function getCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
