import { References } from '../storage/references/references.ts'
import { inBatches } from '../storage/core/batches.ts'
import type { Trash } from '../storage/clean-up/trash.ts'
import type { MediaStorage } from '../storage/core/media-storage.ts'
import type { HiddenFile, HiddenFiles } from '../storage/hidden/hidden-files.ts'
import type { ReferenceDatabase } from '../storage/references/referenced-file-keys.ts'

/** How long, in seconds, a file that was uploaded and never saved in a row is kept. */
const DEFAULT_EXPIRY = 24 * 3600

const FOLDER = 'unsaved/'

/** Keys compared with the database at a time. */
const BATCH_SIZE = 500

/** Files without a record that are remembered, so that sending one again costs no look into the storage. */
const MAX_SAVED = 10_000

/** Options of {@link UnsavedUploads}. */
export interface UnsavedUploadsOptions {
  storages: Iterable<MediaStorage>
  db: ReferenceDatabase
  /** In seconds. Defaults to a day. `null` keeps files that were never saved until a clean-up. */
  expiry?: number | null | undefined
}

/**
 * Files that were uploaded in the admin and that no row references yet. Each has a record in the storage's hidden files
 * that names its uploader; saving the row removes it. Until then only the uploader can see the file, and after the expiry
 * it goes to the trash.
 *
 * Storages without hidden files keep no records: there every file is visible, and clean-ups find what was never saved.
 */
export class UnsavedUploads {
  readonly #storages: readonly MediaStorage[]
  readonly #db: ReferenceDatabase
  readonly #expiry: number | null
  /** A key has its record before its file exists and gets none later, so one without a record stays without. */
  readonly #saved = new Set<string>()

  /** @throws {TypeError} when the expiry is not a positive number */
  constructor({ storages, db, expiry = DEFAULT_EXPIRY }: UnsavedUploadsOptions) {
    if (expiry !== null && !(expiry > 0)) {
      throw new TypeError(`unsavedUploadExpiry is ${expiry}, and must be a positive number of seconds or null.`)
    }
    this.#storages = Array.from(storages)
    this.#db = db
    this.#expiry = expiry === null ? null : expiry * 1000
  }

  /** Records the uploader of a file. It must come before the file can be seen: a crash in between leaves no file without one. */
  async add({ hiddenFiles }: MediaStorage, fileKey: string, userId: string): Promise<void> {
    await hiddenFiles?.write(getPath(fileKey), new Blob([userId]))
  }

  /** Removes the records of files that a row references, or that no longer exist. */
  async remove({ hiddenFiles }: MediaStorage, fileKeys: readonly string[]): Promise<void> {
    if (fileKeys.length > 0) await hiddenFiles?.removeMany(fileKeys.map(getPath))
  }

  /** Whether a user may see a file: it was saved in a row, or they uploaded it. */
  async isVisible(storage: MediaStorage, fileKey: string, userId: string): Promise<boolean> {
    const { hiddenFiles, location } = storage
    const name = `${location}${fileKey}`
    if (hiddenFiles === null || this.#saved.has(name)) return true
    const uploader = await readUploader(hiddenFiles, fileKey)
    if (uploader === null) this.#remember(name)
    return uploader === null || uploader === userId
  }

  /** Those of the keys whose files a user may see. */
  async filterVisible({ hiddenFiles }: MediaStorage, fileKeys: readonly string[], userId: string): Promise<string[]> {
    if (hiddenFiles === null || fileKeys.length === 0) return [...fileKeys]
    const wanted = new Set(fileKeys)
    const hidden = new Set<string>()
    for await (const { path } of hiddenFiles.list(FOLDER)) {
      const fileKey = getFileKey(path)
      if (!wanted.has(fileKey)) continue
      const uploader = await readUploader(hiddenFiles, fileKey)
      if (uploader !== null && uploader !== userId) hidden.add(fileKey)
    }
    return fileKeys.filter((fileKey) => !hidden.has(fileKey))
  }

  /** Moves files past the expiry to the trash, unless a row references them by now. */
  async sweep(): Promise<void> {
    for (const storage of this.#storages) await this.#sweepStorage(storage)
  }

  async #sweepStorage(storage: MediaStorage): Promise<void> {
    const { hiddenFiles, trash } = storage
    if (hiddenFiles === null || trash === null || this.#expiry === null) return
    if (!(await hasAny(hiddenFiles))) return
    const references = new References(this.#db, storage)
    // A table that references nothing at all may be the wrong one, or not restored yet.
    if (!(await references.hasAny())) return
    const { runId, startedAt } = await trash.startRun()
    const before = new Date(startedAt.getTime() - this.#expiry)
    const run = { references, runId }
    const expired = (async function* () {
      for await (const file of hiddenFiles.list(FOLDER)) if (isExpired(file, before)) yield getFileKey(file.path)
    })()
    for await (const fileKeys of inBatches(expired, BATCH_SIZE)) {
      const referenced = await references.filterReferenced(fileKeys)
      for (const fileKey of fileKeys) if (!referenced.has(fileKey)) await moveToTrash(trash, fileKey, run)
      await this.remove(storage, fileKeys)
    }
  }

  #remember(name: string): void {
    this.#saved.add(name)
    const [oldest = name] = this.#saved
    if (this.#saved.size > MAX_SAVED) this.#saved.delete(oldest)
  }
}

async function hasAny(hiddenFiles: HiddenFiles): Promise<boolean> {
  for await (const _record of hiddenFiles.list(FOLDER)) return true
  return false
}

function isExpired({ lastModified }: HiddenFile, before: Date): boolean {
  return lastModified < before
}

async function moveToTrash(
  trash: Trash,
  fileKey: string,
  { references, runId }: { references: References; runId: string },
): Promise<void> {
  await trash.add(fileKey, { runId })
  // A row that came to reference it between the check and the move.
  if ((await references.filterReferenced([fileKey])).size > 0) await trash.restoreFile(fileKey, { runId })
}

/** `null` when the file has no record. */
async function readUploader(hiddenFiles: HiddenFiles, fileKey: string): Promise<string | null> {
  const record = await hiddenFiles.open(getPath(fileKey))
  return record === null ? null : record.text()
}

function getPath(fileKey: string): string {
  return `${FOLDER}${fileKey}`
}

function getFileKey(path: string): string {
  return path.slice(FOLDER.length)
}
