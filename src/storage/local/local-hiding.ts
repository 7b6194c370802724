import { rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { getCode, exists, makeFolders, syncFolder } from './local-naming.ts'
import type { MediaRoot } from './media-root.ts'

/** How often a hidden folder is made again that somebody else removed, because it was empty, before it was used. */
const FOLDER_ATTEMPTS = 5

/** Moves a file to a hidden path for good, in the place of what is there; the folders on the way are made. */
export async function replace(path: string, hiddenPath: string, root: MediaRoot): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    await makeHiddenFolders(root, dirname(hiddenPath))
    try {
      await rename(path, hiddenPath)
      break
    } catch (error) {
      const isFolderGone = getCode(error) === 'ENOENT' && attempt < FOLDER_ATTEMPTS && (await exists(path))
      if (!isFolderGone) throw error
    }
  }
  await syncFolder(dirname(hiddenPath))
}

/**
 * Makes the folders from the media folder down to a hidden one. The media folder itself is not made: one that is gone, or
 * that is not the one it was, as when a disk is not mounted, must be missed and not made anew.
 */
export async function makeHiddenFolders(root: MediaRoot, folder: string): Promise<void> {
  await root.claim()
  await makeFolders(root.path, folder)
}
