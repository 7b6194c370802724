import type { ResumableUpload } from '../../contract/media.ts'
import type { MediaColumn } from '../media-columns.ts'
import { describeUpload } from './describe-upload.ts'
import { respondToTus } from './tus-response.ts'
import type { TusRequest } from './tus-request.ts'
import type { Uploader } from './tus-store.ts'
import type { UnsavedUploads } from '../unsaved-uploads.ts'
import { UploadArea } from './upload-area.ts'
import { UploadError } from './upload-error.ts'
import type { UploadRecord } from './upload-record.ts'
import { sweepUploads } from './sweep-uploads.ts'

/** How long, in seconds, an unfinished upload is kept after its last byte came. */
const DEFAULT_EXPIRY = 24 * 3600

/** How often, in milliseconds, expired uploads are looked for at most. */
const SWEEP_INTERVAL = 3600 * 1000

/** What is said about the resumable uploads of an admin. */
export interface ResumableUploadsOptions {
  columns: Iterable<MediaColumn>
  unsaved: UnsavedUploads
  /** In seconds. Defaults to a day. */
  expiry?: number | undefined
  /** Told when a sweep fails that nobody waits for. */
  onSweepFailure: (error: unknown) => void
}

/** The resumable uploads of an admin: tus 1.0 for each media column whose storage takes them. */
export class ResumableUploads {
  readonly #areas: ReadonlyMap<MediaColumn, UploadArea>
  readonly #unsaved: UnsavedUploads
  readonly #expiry: number
  readonly #onSweepFailure: (error: unknown) => void
  #sweptAt = performance.now()

  /** @throws {TypeError} when the expiry is no positive number */
  constructor({ columns, unsaved, expiry = DEFAULT_EXPIRY, onSweepFailure }: ResumableUploadsOptions) {
    if (!(expiry > 0)) throw new TypeError(`uploadExpiry is ${expiry}, and must be a positive number of seconds.`)
    this.#areas = new Map(
      Array.from(columns).flatMap((column) => {
        const area = UploadArea.of(column.storage, unsaved)
        return area === null ? [] : [[column, area] as const]
      }),
    )
    this.#unsaved = unsaved
    this.#expiry = expiry * 1000
    this.#onSweepFailure = onSweepFailure
  }

  /** Answers a request of the protocol. */
  response(column: MediaColumn, request: Omit<TusRequest, 'area' | 'expiry'>): Promise<Response> {
    if (request.method === 'POST') this.sweepNowAndThen()
    return respondToTus({ ...request, area: this.#requireArea(column), expiry: this.#expiry })
  }

  /**
   * How an upload stands, also after its last answer was lost.
   *
   * @throws {UploadError} `NOT_FOUND`
   */
  async describe(column: MediaColumn, id: string, user: Uploader): Promise<ResumableUpload> {
    const area = this.#requireArea(column)
    const record = await area.require({ id, userId: user.id, way: 'server' })
    return describeUpload(record, await area.offset(record))
  }

  /** Removes expired uploads, what interrupted ones left behind, and files that were never saved in a row. */
  async sweep(): Promise<void> {
    this.#sweptAt = performance.now()
    const areas = Array.from(this.#areas.values(), (area) => sweepUploads(area, this.#expiry))
    // The database may be out of reach while the storages are not: none waits for the others to succeed.
    const outcomes = await Promise.allSettled([...areas, this.#unsaved.sweep()])
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
  }

  /** Who begins an upload gives the occasion, and does not wait. */
  sweepNowAndThen(): void {
    if (performance.now() - this.#sweptAt > SWEEP_INTERVAL) this.sweep().catch(this.#onSweepFailure)
  }

  /** The uploads of a column; `null` for a storage that takes none. */
  getArea(column: MediaColumn): UploadArea | null {
    return this.#areas.get(column) ?? null
  }

  /** @throws {UploadError} `UPLOAD_EXPIRED` for an upload past its time that no sweep has come to */
  async refuseExpired(area: UploadArea, record: UploadRecord): Promise<void> {
    if ((await area.lastActive(record)).getTime() + this.#expiry > Date.now()) return
    throw new UploadError('UPLOAD_EXPIRED', 'The upload has expired: begin again.')
  }

  #requireArea(column: MediaColumn): UploadArea {
    const area = this.#areas.get(column)
    if (area === undefined) throw new UploadError('NOT_FOUND', 'The storage of this column takes no resumable uploads.')
    return area
  }
}
