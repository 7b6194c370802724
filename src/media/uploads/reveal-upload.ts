import type { HiddenFiles } from '../../storage/hidden-files.ts'
import { MediaStorageError } from '../../storage/media-storage-error.ts'
import type { MediaStorage } from '../../storage/media-storage.ts'
import type { UnfinishedFiles } from '../../storage/unfinished-files.ts'

/** An upload whose bytes are all there. */
export interface WholeUpload {
  storage: MediaStorage
  hiddenFiles: HiddenFiles
  unfinishedFiles: UnfinishedFiles
  /** The hidden path of the bytes. */
  path: string
  /** Made for this upload and given to no other file. */
  fileKey: string
}

/** Makes a stored file of an upload, and returns its size. Called again, as after a crash, it goes on. */
export async function revealUpload({
  storage,
  hiddenFiles,
  unfinishedFiles,
  path,
  fileKey,
}: WholeUpload): Promise<number> {
  const stored = await storage.getFile(fileKey, { fallback: false })
  if (stored !== null) return stored.size
  await unfinishedFiles.finish(path)
  const file = await hiddenFiles.open(path)
  if (file === null) throw new MediaStorageError('STORAGE_FAILURE', 'The bytes of the upload are missing: begin again.')
  await hiddenFiles.reveal(path, fileKey)
  return file.size
}
