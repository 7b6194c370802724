import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { movie } from './media-tables.ts'

/** A new empty folder. Remove it with {@link removeFolder}. */
export function makeTemporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'vitrine-storage-'))
}

/** Removes the folder with all that is in it. */
export function removeFolder(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true })
}

/** Names of unfinished uploads in a local storage's folder. */
export async function stagedNames(mediaPath: string): Promise<string[]> {
  try {
    return await readdir(join(mediaPath, '.vitrine', 'staging'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

/** A media folder that was used before: its marker and its hidden folders are there. */
export async function makeUsedMediaFolder(mediaPath: string): Promise<void> {
  const storage = new LocalMediaStorage({ column: movie.poster, mediaPath })
  await storage.deleteFile(await storage.storeFile('note.txt', new TextEncoder().encode('note')))
}
