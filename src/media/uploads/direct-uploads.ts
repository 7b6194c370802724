import { cleanFileName } from '../../storage/keys/clean-file-name.ts'
import type { DirectUpload, SignedPart, UploadedFile } from '../../contract/media.ts'
import type { DirectFiles, PartToSign } from '../../storage/hidden/direct-files.ts'
import { fileTooLarge } from '../../storage/core/file-body.ts'
import type { MediaColumn } from '../media-columns.ts'
import type { FileNameTreatment } from '../receive-upload.ts'
import { describeUpload } from './describe-upload.ts'
import type { ResumableUploads } from './resumable-uploads.ts'
import type { Uploader } from './tus-store.ts'
import type { UploadArea } from './upload-area.ts'
import { UploadError } from './upload-error.ts'
import { type UploadRecord, getBytesPath } from './upload-record.ts'

/** A new upload that goes past the server. */
export interface NewDirectUpload {
  /** As the client calls the file. */
  name: string
  /** In bytes. */
  size: number
  /** In the form of the header `Upload-Checksum`. */
  checksum: string | null
  fileNames: FileNameTreatment
  user: Uploader
}

/** One upload, and who asks for it. */
export interface OwnUpload {
  column: MediaColumn
  id: string
  user: Uploader
}

/**
 * Uploads whose bytes go from the browser to the storage itself. The server mints the key, signs where each part may go,
 * and looks at the file before anybody sees it. They are kept, found and swept as the resumable ones are.
 */
export class DirectUploads {
  readonly #uploads: ResumableUploads

  constructor(uploads: ResumableUploads) {
    this.#uploads = uploads
  }

  /** @throws {MediaStorageError} when a file of this name or size is not taken */
  async start(column: MediaColumn, upload: NewDirectUpload): Promise<DirectUpload> {
    const { area, direct } = this.#getLocation(column)
    if (!direct.isInUse) throw noDirectUploads()
    const { size, checksum, fileNames, user } = upload
    const name = fileNames === 'clean' ? cleanFileName(upload.name, area.storage) : upload.name
    const most = Math.min(area.storage.content.getMaxFileSize(name) ?? Infinity, direct.maxFileSize)
    if (size > most) throw fileTooLarge(most)
    this.#uploads.sweepNowAndThen()
    const id = crypto.randomUUID()
    const record = await area.startDirect(direct, { id, userId: user.id, user, name, length: size, checksum })
    return describe(direct, record)
  }

  /**
   * How an upload stands: which parts need not be sent again, and what became of it.
   *
   * @throws {UploadError} `NOT_FOUND` or `UPLOAD_EXPIRED`
   */
  async describe(upload: OwnUpload): Promise<DirectUpload> {
    const { area, direct } = this.#getLocation(upload.column)
    const record = await this.#require(area, upload)
    await this.#uploads.refuseExpired(area, record)
    return describe(direct, record)
  }

  /** @throws {UploadError} `NOT_FOUND` or `UPLOAD_EXPIRED`, also before a sweep has come to it */
  async sign(upload: OwnUpload, parts: readonly PartToSign[]): Promise<SignedPart[]> {
    const { area, direct } = this.#getLocation(upload.column)
    const record = await this.#require(area, upload)
    const { id, outcome } = record
    await this.#uploads.refuseExpired(area, record)
    if (outcome !== null) throw new UploadError('UPLOAD_EXPIRED', 'The upload has ended: nothing can be added to it.')
    if (direct.requiresChecksums && parts.some(({ crc32 }) => crc32 === null)) {
      throw new UploadError('INVALID_REQUEST', 'Each part needs the crc32 of its bytes.')
    }
    const signed = await direct.sign(getBytesPath(id), parts)
    return signed.map(({ expiresAt, ...part }) => ({ ...part, expiresAt: expiresAt.toISOString() }))
  }

  /**
   * Makes a stored file of an upload whose parts are all there. Said again, as after an answer was lost, it says the same.
   *
   * @throws {UploadError} `CONFLICT` while parts are missing, `NOT_FOUND`, `UPLOAD_EXPIRED` or `UPLOAD_BUSY`
   * @throws {MediaStorageError} when the file is refused
   */
  async complete(upload: OwnUpload): Promise<UploadedFile> {
    const { area } = this.#getLocation(upload.column)
    const before = await this.#require(area, upload)
    await this.#uploads.refuseExpired(area, before)
    // One at a time, among all servers: the other one would move the bytes away.
    const lock = await area.locks.acquire(getBytesPath(before.id), { onWanted: () => {}, onLost: () => {} })
    try {
      const { record, offset } = await area.status(await this.#require(area, upload))
      const { outcome, length } = record
      if (outcome?.kind === 'stored') return outcome.file
      if (outcome?.kind === 'refused') throw new UploadError('UPLOAD_EXPIRED', outcome.message)
      throw new UploadError('CONFLICT', `Of ${length ?? 0} bytes ${offset} are there: send the missing parts first.`)
    } finally {
      await lock.release()
    }
  }

  /** Gives an upload up, with all parts that were sent. A file that it has become stays. */
  async remove(upload: OwnUpload): Promise<void> {
    const { area } = this.#getLocation(upload.column)
    await area.remove(await this.#require(area, upload))
  }

  #require(area: UploadArea, { id, user }: OwnUpload): Promise<UploadRecord> {
    return area.require({ id, userId: user.id, way: 'direct' })
  }

  #getLocation(column: MediaColumn): { area: UploadArea; direct: DirectFiles } {
    const area = this.#uploads.getArea(column)
    const direct = area?.unfinishedFiles.direct
    if (area === null || direct === undefined) throw noDirectUploads()
    return { area, direct }
  }
}

async function describe(direct: DirectFiles, record: UploadRecord): Promise<DirectUpload> {
  const { id, outcome } = record
  const file = outcome === null ? await direct.find(getBytesPath(id)) : null
  const { size = 0, partSize = 0, storedParts = [] } = file ?? {}
  const { requiresChecksums } = direct
  return { id, ...describeUpload(record, size), partSize, storedParts: [...storedParts], requiresChecksums }
}

function noDirectUploads(): UploadError {
  return new UploadError('NOT_FOUND', 'The storage of this column takes no direct uploads.')
}
