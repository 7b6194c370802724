import { type Stats, constants } from 'node:fs'
import { type FileHandle, lstat, open } from 'node:fs/promises'
import { getContentType } from '../keys/file-types.ts'
import { MediaStorageError } from '../core/media-storage-error.ts'
import { type ByteRange, type FileReader, StoredFile } from '../core/stored-file.ts'
import { readFileRange } from './local-reading.ts'
import { MAX_SMALL_FILE_BYTES, type SmallFiles } from './small-files.ts'

/** The regular file at a path, to be known under a key; `null` when there is none. A small one is kept for a while. */
export async function openLocalFile(path: string, key: string, smallFiles: SmallFiles): Promise<StoredFile | null> {
  const stats = await statOrNull(path)
  if (stats === null) return null
  const attributes = {
    key,
    size: stats.size,
    contentType: getContentType(key),
    lastModified: stats.mtime,
    etag: getEtag(stats),
  }
  const { size, etag } = attributes
  const openReader = () => openUnchanged(path, etag)
  const stream = (range: Required<ByteRange>) => readFileRange(openReader, range)
  if (size === 0 || size > MAX_SMALL_FILE_BYTES) return new StoredFile(attributes, stream, { openReader })
  const read = async () => new Uint8Array(await new Response(stream({ start: 0, end: size - 1 })).arrayBuffer())
  const readWhole = () => smallFiles.getContent({ path, etag, size }, read)
  return new StoredFile(attributes, stream, { readWhole, openReader })
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
async function openUnchanged(path: string, etag: string): Promise<FileReader> {
  const handle = await openToRead(path)
  const stats = await handle.stat()
  if (getEtag(stats) === etag) return new LocalFileReader(handle)
  await handle.close()
  throw new MediaStorageError('STORAGE_FAILURE', 'The file was changed while it was being read.')
}

class LocalFileReader implements FileReader {
  readonly #handle: FileHandle

  constructor(handle: FileHandle) {
    this.#handle = handle
  }

  async read(buffer: Uint8Array, offset: number): Promise<number> {
    const { bytesRead } = await this.#handle.read(buffer, 0, buffer.byteLength, offset)
    if (bytesRead === 0) throw new Error(`The file ended at byte ${offset}, before its size.`)
    return bytesRead
  }

  close(): Promise<void> {
    return this.#handle.close()
  }
}

async function openToRead(path: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  } catch (error) {
    throw new MediaStorageError('STORAGE_FAILURE', 'The file can no longer be read.', { cause: error })
  }
}

/** A file is never changed under its key, so its inode, size and time of writing tell it from every other one. */
function getEtag(stats: Stats): string {
  return `"${stats.ino.toString(36)}-${stats.size.toString(36)}-${Math.round(stats.mtimeMs * 1000).toString(36)}"`
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}
