import { type Stats, constants } from 'node:fs'
import { type FileHandle, lstat, open } from 'node:fs/promises'
import { contentTypeOf } from '../file-types.ts'
import { MediaStorageError } from '../media-storage-error.ts'
import { StoredFile } from '../stored-file.ts'
import { readFileRange } from './local-reading.ts'

/** The regular file at a path, to be known under a key; `null` when there is none. */
export async function openLocalFile(path: string, key: string): Promise<StoredFile | null> {
  const stats = await statOrNull(path)
  if (stats === null) return null
  const attributes = {
    key,
    size: stats.size,
    contentType: contentTypeOf(key),
    lastModified: stats.mtime,
    etag: etagOf(stats),
  }
  return new StoredFile(attributes, (range) => readFileRange(() => openUnchanged(path, attributes.etag), range))
}

/** Facts of a regular file; `null` when there is none: a folder, a symbolic link or a device is not a file of ours. */
export async function statOrNull(path: string): Promise<Stats | null> {
  try {
    const stats = await lstat(path)
    return stats.isFile() ? stats : null
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/** Opens a file for reading; fails when another file has come under its name since it was looked at. */
async function openUnchanged(path: string, etag: string): Promise<FileHandle> {
  const handle = await openToRead(path)
  const stats = await handle.stat()
  if (etagOf(stats) === etag) return handle
  await handle.close()
  throw new MediaStorageError('STORAGE_FAILURE', 'The file was changed while it was being read.')
}

async function openToRead(path: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  } catch (error) {
    throw new MediaStorageError('STORAGE_FAILURE', 'The file can no longer be read.', { cause: error })
  }
}

/** A file is never changed under its key, so its inode, size and time of writing tell it from every other one. */
function etagOf(stats: Stats): string {
  return `"${stats.ino.toString(36)}-${stats.size.toString(36)}-${Math.round(stats.mtimeMs * 1000).toString(36)}"`
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}
