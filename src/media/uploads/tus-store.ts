import { cleanFileName } from '../../storage/keys/clean-file-name.ts'
import { DataStore, type Lock, type Locker, Upload } from '@tus/server'
import type { FileNameTreatment } from '../receive-upload.ts'
import { fileTooLarge } from '../../storage/core/file-body.ts'
import { MediaError } from '../media-error.ts'
import type { UploadArea } from './upload-area.ts'
import { UploadBody } from './upload-body.ts'
import { CHECKSUM_ALGORITHMS, type UploadChecksum, verifyChecksum } from './upload-checksum.ts'
import { UploadError } from './upload-error.ts'
import type { HeldLock } from './upload-locks.ts'
import { type UploadRecord, getBytesPath } from './upload-record.ts'

/** Who uploads. */
export interface Uploader {
  id: string
}

/** One request of the protocol. */
export interface TusExchange {
  area: UploadArea
  user: Uploader
  fileNames: FileNameTreatment
  /** The bytes of the request. */
  chunks: AsyncIterable<Uint8Array>
  checksum: UploadChecksum | null
  /** The header `Upload-Metadata` as it came. */
  metadata: string | null
  /** In milliseconds: how long an upload is kept after its last byte came. */
  expiry: number
}

/**
 * What the protocol's library asks of a store, for one request. The library sees to the protocol; bytes do not pass
 * through it, which would copy each of them four times.
 */
export class TusStore extends DataStore {
  override extensions: string[] = EXTENSIONS
  /** The upload as it stands at the end of the request. */
  record: UploadRecord | null = null
  readonly locker: Locker = { newLock: (id) => this.#newLock(id) }
  readonly #exchange: TusExchange
  #stop = new AbortController()

  constructor(exchange: TusExchange) {
    super()
    this.#exchange = exchange
  }

  override async create(upload: Upload): Promise<Upload> {
    const { area, user, metadata } = this.#exchange
    const name = this.#getName(upload.metadata)
    const length = upload.size ?? null
    refuseLength(area, name, length)
    this.record = await area.start({ id: upload.id, userId: user.id, user, name, length, metadata })
    if (length === 0) this.record = (await area.complete(this.record)).record
    return upload
  }

  /** Before anything else is done for somebody, a lock included: the upload has to be his. */
  require(id: string): Promise<UploadRecord> {
    const { area, user } = this.#exchange
    return area.require({ id, userId: user.id, way: 'server' })
  }

  override async getUpload(id: string): Promise<Upload> {
    const status = await this.#exchange.area.status(await this.require(id))
    const { record, offset, lastActive } = status
    this.record = record
    if (record.outcome?.kind === 'refused') throw new UploadError('UPLOAD_EXPIRED', record.outcome.message)
    return new Upload({
      id,
      offset,
      ...(record.length === null ? {} : { size: record.length }),
      // The library counts an upload's life from here: it begins anew with each byte that comes.
      creation_date: lastActive.toISOString(),
    })
  }

  override async write(_stream: unknown, id: string, offset: number): Promise<number> {
    const { area, chunks, checksum } = this.#exchange
    const record = this.record ?? (await this.require(id))
    // Stored by a request whose answer got lost; the library lets no byte more through.
    if (record.outcome !== null) return offset
    const most = record.length ?? area.storage.content.getMaxFileSize(record.name)
    const body = new UploadBody(chunks, most === null ? Infinity : most - offset, this.#stop.signal)
    const newOffset =
      checksum === null
        ? await area.append(record, offset, { chunks: body.arriving(), isAtomic: false })
        : await area.append(record, offset, { chunks: verifyChecksum(body.whole(), checksum), isAtomic: true })
    if (body.failure !== null && !this.#stop.signal.aborted) throw body.failure
    if (this.#stop.signal.reason instanceof UploadError) throw this.#stop.signal.reason
    if (newOffset === record.length) this.record = (await area.complete(record)).record
    return newOffset
  }

  override async declareUploadLength(id: string, length: number): Promise<void> {
    const { area } = this.#exchange
    const record = await this.require(id)
    refuseLength(area, record.name, length)
    this.record = await area.declareLength(record, length)
  }

  override async remove(id: string): Promise<void> {
    await this.#exchange.area.remove(await this.require(id))
  }

  override getExpiration(): number {
    return this.#exchange.expiry
  }

  #getName(metadata: Upload['metadata']): string {
    const { area, fileNames } = this.#exchange
    const name = metadata?.['filename'] ?? metadata?.['name']
    if (name == null) throw new MediaError('INVALID_REQUEST', 'Upload-Metadata must give the filename.')
    return fileNames === 'clean' ? cleanFileName(name, area.storage) : name
  }

  #newLock(id: string): Lock {
    let held: HeldLock | null = null
    return {
      lock: async (signal, cancelReq) => {
        signal.addEventListener('abort', () => this.#stop.abort())
        held = await this.#exchange.area.locks.acquire(getBytesPath(id), {
          onWanted: () => void cancelReq(),
          onLost: () => this.#stop.abort(new UploadError('UPLOAD_BUSY', 'Another server has taken this upload over.')),
        })
      },
      unlock: async () => held?.release(),
    }
  }
}

const EXTENSIONS = [
  'creation',
  'creation-with-upload',
  'creation-defer-length',
  'termination',
  'expiration',
  'checksum',
]

/** @throws {MediaStorageError} `FILE_TOO_LARGE` */
function refuseLength({ storage }: UploadArea, name: string, length: number | null): void {
  const most = storage.content.getMaxFileSize(name)
  if (most !== null && length !== null && length > most) throw fileTooLarge(most)
}

/** As the header of that name lists them. */
export const ALGORITHMS_HEADER: string = CHECKSUM_ALGORITHMS.join(',')
