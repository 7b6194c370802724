import { constants } from 'node:fs'
import { type FileHandle, lstat, open, opendir, unlink } from 'node:fs/promises'
import { constants as systemConstants, hostname } from 'node:os'
import { join } from 'node:path'
import { HIDDEN_FOLDER } from '../hidden/hidden-files.ts'
import { MediaStorageError } from '../core/media-storage-error.ts'
import { processStart } from '../core/process-name.ts'
import { makeHiddenFolders, replace } from './local-hiding.ts'
import { getCode, publish, unlinkIfPresent } from './local-naming.ts'
import { ChunkWriter } from './local-writing.ts'
import type { MediaRoot } from './media-root.ts'

/** An unfinished upload of another machine is abandoned when nothing was written to it for this long. */
const ABANDONED_AFTER = 24 * 3600 * 1000

/**
 * Where files are written before they can be seen. The name of an unfinished file tells its writer, so that a sweep
 * removes what a killed process left and nothing that is still being written, by this process or another one.
 */
export class LocalStaging {
  /** Of all files of the storage. */
  readonly writer: ChunkWriter = new ChunkWriter()
  readonly #root: MediaRoot
  readonly #folder: string
  readonly #filePermissions: number | null

  constructor(root: MediaRoot, filePermissions: number | null) {
    this.#root = root
    this.#folder = join(root.path, HIDDEN_FOLDER, 'staging')
    this.#filePermissions = filePermissions
  }

  /**
   * Stores all chunks in a new file at `path`, or nothing. The order makes it durable: the bytes reach the disk before
   * the name does, and the name before the promise resolves.
   */
  store(path: string, chunks: AsyncIterable<Uint8Array>, signal: AbortSignal | undefined): Promise<void> {
    return this.#stage({ chunks, signal }, (unfinished) => publish(unfinished, path))
  }

  /** The same for a hidden file, in the place of what is at `path`. */
  storeHidden(path: string, chunks: AsyncIterable<Uint8Array>, signal: AbortSignal | undefined): Promise<void> {
    return this.#stage({ chunks, signal }, (unfinished) => replace(unfinished, path, this.#root))
  }

  /** Removes the unfinished files whose writers are gone. */
  async sweep(): Promise<void> {
    for await (const name of namesIn(this.#folder)) {
      const path = join(this.#folder, name)
      if (await isAbandoned(name, path)) await unlinkIfPresent(path)
    }
  }

  async #stage({ chunks, signal }: Upload, giveName: (unfinished: string) => Promise<void>): Promise<void> {
    try {
      const unfinished = join(this.#folder, `${await ownWriterName()}~${crypto.randomUUID()}`)
      const handle = await this.#create(unfinished)
      try {
        await this.#write(handle, chunks, signal)
        await giveName(unfinished)
      } finally {
        // What cannot be removed now is left to a sweep: whether the file was stored is decided already.
        await unlink(unfinished).catch(() => {})
      }
    } catch (error) {
      throw asStorageError(error)
    }
  }

  async #create(path: string): Promise<FileHandle> {
    await makeHiddenFolders(this.#root, this.#folder)
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW
    return open(path, flags, this.#filePermissions ?? 0o666)
  }

  async #write(handle: FileHandle, chunks: AsyncIterable<Uint8Array>, signal: AbortSignal | undefined): Promise<void> {
    try {
      // The umask may have taken bits away.
      if (this.#filePermissions !== null) await handle.chmod(this.#filePermissions)
      await this.writer.write(handle, chunks, signal)
      await handle.sync()
    } finally {
      await handle.close()
    }
  }
}

interface Upload {
  chunks: AsyncIterable<Uint8Array>
  signal: AbortSignal | undefined
}

/** `host~process~start`: the start tells the process from a later one with the same number, as every container has. */
async function ownWriterName(): Promise<string> {
  ownStart ??= await processStart(process.pid)
  return [encodeURIComponent(hostname()), process.pid, ownStart].join('~')
}

/** When this process began: it never changes. */
let ownStart: string | undefined

async function isAbandoned(name: string, path: string): Promise<boolean> {
  const [host = '', pid = '', start = ''] = name.split('~')
  if (host === encodeURIComponent(hostname()) && start !== '') return (await processStart(Number(pid))) !== start
  try {
    return (await lstat(path)).mtimeMs < Date.now() - ABANDONED_AFTER
  } catch (error) {
    if (getCode(error) === 'ENOENT') return false
    throw error
  }
}

async function* namesIn(folder: string): AsyncGenerator<string> {
  try {
    for await (const entry of await opendir(folder)) yield entry.name
  } catch (error) {
    if (getCode(error) !== 'ENOENT') throw error
  }
}

/** Node has no name for a quota that is used up. */
const NO_SPACE: ReadonlySet<string> = new Set([
  'ENOSPC',
  'EFBIG',
  `Unknown system error -${systemConstants.errno.EDQUOT}`,
])

export function asStorageError(error: unknown): unknown {
  if (!NO_SPACE.has(getCode(error))) return error
  return new MediaStorageError('INSUFFICIENT_SPACE', 'The file cannot be stored: the storage is full.', {
    cause: error,
  })
}
