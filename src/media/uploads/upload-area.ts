import { originalFileName } from '../../storage/keys/file-key.ts'
import { getContentType } from '../../storage/keys/file-types.ts'
import type { DirectFiles } from '../../storage/hidden/direct-files.ts'
import type { HiddenFiles } from '../../storage/hidden/hidden-files.ts'
import { MediaStorageError, type MediaStorageErrorCode } from '../../storage/core/media-storage-error.ts'
import type { MediaStorage } from '../../storage/core/media-storage.ts'
import { newFileKey } from '../../storage/keys/new-file-key.ts'
import type { UnfinishedFiles } from '../../storage/hidden/unfinished-files.ts'
import { finalizeUpload } from './finalize-upload.ts'
import { UploadError } from './upload-error.ts'
import type { UnsavedUploads } from '../unsaved-uploads.ts'
import { UploadLocks } from './upload-locks.ts'
import {
  type UploadOutcome,
  type UploadRecord,
  getBytesPath,
  isUploadId,
  parseRecord,
  getRecordPath,
} from './upload-record.ts'

/** A new upload. */
export interface StartUpload {
  id: string
  userId: string
  user: unknown
  /** As the client calls the file, made to fit. */
  name: string
  length: number | null
  metadata: string | null
}

/** A new upload whose bytes go past the server. */
export interface StartDirectUpload extends Pick<StartUpload, 'id' | 'userId' | 'user' | 'name'> {
  length: number
  checksum: string | null
}

type GrowingFiles = Pick<UnfinishedFiles, 'find' | 'finish' | 'remove'>

/** How far an upload is. */
export interface UploadStatus {
  readonly record: UploadRecord
  /** Bytes that are stored for good. */
  readonly offset: number
  readonly lastActive: Date
}

interface UploadAreaOptions extends Pick<UploadArea, 'storage' | 'hiddenFiles' | 'unfinishedFiles'> {
  unsaved: UnsavedUploads
}

/** The resumable uploads of one storage. All that is known of them is in the storage. */
export class UploadArea {
  readonly storage: MediaStorage
  readonly locks: UploadLocks
  readonly hiddenFiles: HiddenFiles
  readonly unfinishedFiles: UnfinishedFiles

  readonly #unsaved: UnsavedUploads

  private constructor({ storage, hiddenFiles, unfinishedFiles, unsaved }: UploadAreaOptions) {
    this.storage = storage
    this.hiddenFiles = hiddenFiles
    this.unfinishedFiles = unfinishedFiles
    this.#unsaved = unsaved
    this.locks = new UploadLocks({ leases: unfinishedFiles.leases, hiddenFiles })
  }

  /** `null` for a storage that takes no resumable uploads. */
  static of(storage: MediaStorage, unsaved: UnsavedUploads): UploadArea | null {
    const { hiddenFiles, unfinishedFiles } = storage
    if (hiddenFiles === null || unfinishedFiles === null) return null
    return new UploadArea({ storage, hiddenFiles, unfinishedFiles, unsaved })
  }

  /** @throws {MediaStorageError} when a file of this name is not taken */
  async start({ id, userId, user, name, length, metadata }: StartUpload): Promise<UploadRecord> {
    const fileKey = await newFileKey(this.storage, name, { user })
    const reported = { id, userId, name, fileKey, length, metadata }
    const record: UploadRecord = { ...reported, way: 'server', checksum: null, startedAt: now(), outcome: null }
    await this.unfinishedFiles.create(getBytesPath(id))
    await this.#save(record)
    return record
  }

  /** @throws {MediaStorageError} when a file of this name is not taken */
  async startDirect(direct: DirectFiles, start: StartDirectUpload): Promise<UploadRecord> {
    const { id, userId, user, name, length, checksum } = start
    const fileKey = await newFileKey(this.storage, name, { user })
    const reported = { id, userId, name, fileKey, length, checksum }
    const record: UploadRecord = { ...reported, way: 'direct', metadata: null, startedAt: now(), outcome: null }
    // First: a sweep of another server gives up what has no record.
    await this.#save(record)
    await direct.create(getBytesPath(id), length)
    return record
  }

  /**
   * An upload of this person's own.
   *
   * @throws {UploadError} `NOT_FOUND`, also for one of somebody else: the difference is nobody's business
   */
  async require({ id, userId, way }: Pick<UploadRecord, 'id' | 'userId' | 'way'>): Promise<UploadRecord> {
    const record = isUploadId(id) ? await this.find(id) : null
    if (record?.userId === userId && record.way === way) return record
    throw new UploadError('NOT_FOUND', 'There is no such upload.')
  }

  /** What is noted of an upload; `null` when there is none. */
  async find(id: string): Promise<UploadRecord | null> {
    let file = await this.hiddenFiles.open(getRecordPath(id))
    while (file !== null) {
      try {
        return parseRecord(await file.text())
      } catch (error) {
        // Whoever ends an upload writes its record anew, or removes it, also while somebody else reads it.
        const current = await this.hiddenFiles.open(getRecordPath(id))
        if (current?.etag === file.etag) throw error
        file = current
      }
    }
    return null
  }

  /** How far an upload is. One whose bytes are all there is stored first, should nobody have come to it. */
  async status(record: UploadRecord): Promise<UploadStatus> {
    if (record.outcome !== null) return endedStatus(record, record.outcome)
    const file = await this.#getFiles(record).find(getBytesPath(record.id))
    if (file === null) return this.#statusWithoutBytes(record)
    if (file.size === record.length) return this.complete(record)
    return { record, offset: file.size, lastActive: file.lastModified }
  }

  /** How many bytes there are. Unlike {@link status} it changes nothing. */
  async offset(record: UploadRecord): Promise<number> {
    const { id, length, outcome } = record
    if (outcome !== null) return length ?? 0
    return (await this.#getFiles(record).find(getBytesPath(id)))?.size ?? 0
  }

  /** When its last byte came, or when it ended. Unlike {@link status} it changes nothing. */
  async lastActive(record: UploadRecord): Promise<Date> {
    const { id, startedAt, outcome } = record
    if (outcome !== null) return new Date(outcome.at)
    return (await this.#getFiles(record).find(getBytesPath(id)))?.lastModified ?? new Date(startedAt)
  }

  async declareLength(record: UploadRecord, length: number): Promise<UploadRecord> {
    const declared = { ...record, length }
    await this.#save(declared)
    return declared
  }

  /** Adds bytes, and returns how many there are then; see `UnfinishedFiles.append`. */
  append(
    { id }: UploadRecord,
    offset: number,
    { chunks, isAtomic }: { chunks: AsyncIterable<Uint8Array>; isAtomic: boolean },
  ): Promise<number> {
    return this.unfinishedFiles.append(getBytesPath(id), { offset, chunks, isAtomic })
  }

  /**
   * Makes a file of an upload whose bytes are all there. A file that is refused is removed, and the refusal is kept: its
   * answer may get lost.
   *
   * @throws {MediaStorageError} when the file is refused, or the storage fails, which can be tried again
   */
  async complete(record: UploadRecord): Promise<UploadStatus> {
    const path = getBytesPath(record.id)
    try {
      const { storage } = this
      await this.#unsaved.add(storage, record.fileKey, record.userId)
      const size = await finalizeUpload({
        storage,
        path,
        hiddenFiles: this.hiddenFiles,
        unfinishedFiles: this.#getFiles(record),
        record,
      })
      const { fileKey } = record
      const file = { fileKey, name: originalFileName(fileKey), size, contentType: getContentType(fileKey) }
      return await this.#end(record, { kind: 'stored', at: now(), file })
    } catch (error) {
      if (!isRefusal(error)) throw error
      await this.#unsaved.remove(this.storage, [record.fileKey])
      const { code, message } = error
      await this.#end(record, { kind: 'refused', at: now(), code, message })
      throw error
    }
  }

  /** Forgets an upload and all that came of it, but not a file that was stored. */
  async remove(record: UploadRecord): Promise<void> {
    await this.#getFiles(record).remove(getBytesPath(record.id))
    await this.hiddenFiles.remove(getRecordPath(record.id))
  }

  /** They were made a file, by somebody who was killed before he could note it; or they are lost. */
  async #statusWithoutBytes(record: UploadRecord): Promise<UploadStatus> {
    if ((await this.storage.getFile(record.fileKey, { fallback: false })) !== null) return this.complete(record)
    throw new UploadError('UPLOAD_EXPIRED', 'The bytes of this upload are gone: begin again.')
  }

  async #end(record: UploadRecord, outcome: UploadOutcome): Promise<UploadStatus> {
    const ended = { ...record, outcome }
    await this.#save(ended)
    await this.#getFiles(record).remove(getBytesPath(record.id))
    return endedStatus(ended, outcome)
  }

  /** What brings the bytes of an upload to an end. */
  #getFiles({ way }: UploadRecord): GrowingFiles {
    const { direct } = this.unfinishedFiles
    return way === 'direct' && direct !== undefined ? direct : this.unfinishedFiles
  }

  async #save(record: UploadRecord): Promise<void> {
    await this.hiddenFiles.write(getRecordPath(record.id), new Blob([JSON.stringify(record)]))
  }
}

/** Whether an error is about the file, and not a failure of the moment. */
function isRefusal(error: unknown): error is MediaStorageError | UploadError {
  if (error instanceof UploadError) return error.code === 'CHECKSUM_MISMATCH'
  return error instanceof MediaStorageError && !PASSING.has(error.code)
}

/** Whether a storage has what resumable uploads need. */
export function takesResumableUploads({ hiddenFiles, unfinishedFiles }: MediaStorage): boolean {
  return hiddenFiles !== null && unfinishedFiles !== null
}

/** Whether the uploads of a storage's column go past the server. */
export function takesDirectUploads(storage: MediaStorage): boolean {
  return takesResumableUploads(storage) && storage.unfinishedFiles?.direct?.isInUse === true
}

/** Failures of the moment. */
const PASSING: ReadonlySet<MediaStorageErrorCode> = new Set([
  'STORAGE_FAILURE',
  'INSUFFICIENT_SPACE',
  'UPLOAD_ABORTED',
  'FILE_NOT_VERIFIED',
])

function endedStatus(record: UploadRecord, outcome: UploadOutcome): UploadStatus {
  return { record, offset: record.length ?? 0, lastActive: new Date(outcome.at) }
}

function now(): string {
  return new Date().toISOString()
}
