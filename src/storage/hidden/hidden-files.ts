import { abortableChunks } from '../core/abortable-chunks.ts'
import { type FileBody, WatchedBody } from '../core/file-body.ts'
import { isFileKey, validateFileKey } from '../keys/file-key.ts'
import { MediaStorageError } from '../core/media-storage-error.ts'
import { removeOneByOne } from '../core/remove-one-by-one.ts'
import type { StoredFile } from '../core/stored-file.ts'

/** Holds what must not be seen: no listing, key or address reaches a name that begins with a full stop. */
export const HIDDEN_FOLDER = '.vitrine'

/** A hidden file as a listing tells it. */
export interface HiddenFile {
  readonly path: string
  /** In bytes. */
  readonly size: number
  readonly lastModified: Date
}

/**
 * Files of a storage that must not be seen: no listing, key or address reaches them. The trash, cached thumbnails and
 * unfinished uploads are such files.
 *
 * A path is `area/name` or deeper; each of its components is a name that a file key may have too.
 *
 * Subclass it for a storage of your own: paths, keys and errors are checked in the public methods, before a hook is called.
 */
export abstract class HiddenFiles {
  /**
   * Stores all bytes under a path, in the place of what was there, or nothing.
   *
   * @throws {MediaStorageError} `INSUFFICIENT_SPACE`, `UPLOAD_ABORTED` or `STORAGE_FAILURE`; an error of `body` itself
   */
  async write(path: string, body: FileBody, signal?: AbortSignal): Promise<void> {
    validateHiddenPath(path)
    const source = new WatchedBody(body)
    try {
      await this.writeFile(path, abortableChunks(source, signal), signal)
    } catch (error) {
      throw source.hasFailedWith(error) ? error : storageError('store a hidden file', error)
    }
  }

  /** A hidden file, ready to be read; `null` when there is none. */
  async open(path: string): Promise<StoredFile | null> {
    validateHiddenPath(path)
    return attempt('read a hidden file', () => this.openFile(path))
  }

  /** Those below a folder such as `trash/`, at any depth, in no particular order and without holding all in memory. */
  async *list(folder: string): AsyncGenerator<HiddenFile> {
    if (!folder.endsWith('/') || !folder.slice(0, -1).split('/').every(isFileKey)) throw invalidHiddenPath()
    try {
      for await (const file of this.listFiles(folder)) if (isHiddenPath(file.path)) yield file
    } catch (error) {
      throw storageError('list the hidden files', error)
    }
  }

  /** Removes a hidden file; succeeds when there is none. */
  async remove(path: string): Promise<void> {
    validateHiddenPath(path)
    return attempt('remove a hidden file', () => this.removeFile(path))
  }

  /** The same for many; when some cannot be removed the others are all the same. */
  async removeMany(paths: readonly string[]): Promise<void> {
    for (const path of paths) validateHiddenPath(path)
    return attempt('remove hidden files', () => this.removeFiles(paths))
  }

  /** Takes a stored file out of sight, in the place of what was under the path. `false` when there is no such file. */
  async hide(key: string, path: string): Promise<boolean> {
    validateFileKey(key)
    validateHiddenPath(path)
    return attempt('hide the file', () => this.hideFile(key, path))
  }

  /**
   * Gives a hidden file its key: from now on it is a stored file like any other, and a new one, whose age begins here.
   * What an interrupted call left behind is brought to its end. `false` when there is no such hidden file.
   *
   * @throws {MediaStorageError} `FILE_EXISTS` when another file has the key: a file is never overwritten
   */
  async publish(path: string, key: string): Promise<boolean> {
    validateHiddenPath(path)
    validateFileKey(key)
    return attempt('bring the file back', () => this.publishFile(path, key))
  }

  /** Stores all chunks under a path, in one step and in the place of what was there, or nothing. Rethrow their error. */
  protected abstract writeFile(
    path: string,
    chunks: AsyncIterable<Uint8Array>,
    signal: AbortSignal | undefined,
  ): Promise<void>

  /** A hidden file, whose `key` is its path, or `null` when there is none. */
  protected abstract openFile(path: string): Promise<StoredFile | null>

  /** Every file below a folder, which ends in a slash; none when there is no such folder. */
  protected abstract listFiles(folder: string): AsyncIterable<HiddenFile>

  /** Removes a file; succeeds when there is none. */
  protected abstract removeFile(path: string): Promise<void>

  /** Removes many files. Override it where there is a request for many. */
  protected async removeFiles(paths: readonly string[]): Promise<void> {
    const { failed } = await removeOneByOne(paths, {
      remove: (path) => this.removeFile(path),
      toError: (error) => storageError('remove a hidden file', error),
    })
    if (failed[0] !== undefined) throw failed[0].error
  }

  /** Moves a stored file to a path. At no moment may the file be in neither place. */
  protected abstract hideFile(key: string, path: string): Promise<boolean>

  /**
   * Moves a hidden file to a key and sets its time to now. At no moment may the file be in neither place; when it is in
   * both already, since an earlier call was interrupted, the hidden one goes.
   *
   * @throws {MediaStorageError} `FILE_EXISTS` when another file has the key
   */
  protected abstract publishFile(path: string, key: string): Promise<boolean>
}

/** Whether a path is one of a hidden file: `area/name` or deeper. */
function isHiddenPath(path: string): boolean {
  const components = path.split('/')
  return components.length > 1 && components.every(isFileKey)
}

/**
 * Attack: a path such as `uploads/../../etc/passwd`, made with what a client sent, names a file outside the hidden ones.
 * Every path passes here before it reaches a file system or a bucket.
 */
export function validateHiddenPath(path: string): void {
  if (!isHiddenPath(path)) throw invalidHiddenPath()
}

function invalidHiddenPath(): MediaStorageError {
  return new MediaStorageError(
    'INVALID_FILE_KEY',
    'This is not the path of a hidden file: it is at least two names with slashes between them.',
  )
}

async function attempt<TResult>(what: string, operation: () => Promise<TResult>): Promise<TResult> {
  try {
    return await operation()
  } catch (error) {
    throw storageError(what, error)
  }
}

function storageError(what: string, cause: unknown): MediaStorageError {
  if (cause instanceof MediaStorageError) return cause
  return new MediaStorageError('STORAGE_FAILURE', `The storage could not ${what}.`, { cause })
}
