import type { ErrorResponse } from '../../contract/error.ts'
import type { ResumableUpload } from '../../contract/media.ts'
import type { MediaColumn } from '../media-columns.ts'
import { type TusRequest, answerTus } from './tus-answer.ts'
import type { Uploader } from './tus-store.ts'
import { UploadArea } from './upload-area.ts'
import { UploadError } from './upload-error.ts'
import { type UploadRecord, isUploadId } from './upload-record.ts'
import { sweepUploads } from './sweep-uploads.ts'

/** How long, in seconds, an unfinished upload is kept after its last byte came. */
const DEFAULT_EXPIRY = 24 * 3600

/** How often, in milliseconds, expired uploads are looked for at most. */
const SWEEP_INTERVAL = 3600 * 1000

/** What is said about the resumable uploads of an admin. */
export interface ResumableUploadsOptions {
  columns: Iterable<MediaColumn>
  /** In seconds. Defaults to a day. */
  expiry?: number | undefined
  /** Told when a sweep fails that nobody waits for. */
  onSweepFailure: (error: unknown) => void
}

/** The resumable uploads of an admin: tus 1.0 for each media column whose storage takes them. */
export class ResumableUploads {
  readonly #areas: ReadonlyMap<MediaColumn, UploadArea>
  readonly #expiry: number
  readonly #onSweepFailure: (error: unknown) => void
  #sweptAt = performance.now()

  /** @throws {TypeError} when the expiry is no positive number */
  constructor({ columns, expiry = DEFAULT_EXPIRY, onSweepFailure }: ResumableUploadsOptions) {
    if (!(expiry > 0)) throw new TypeError(`uploadExpiry is ${expiry}, and must be a positive number of seconds.`)
    this.#areas = new Map(
      Array.from(columns).flatMap((column) => {
        const area = UploadArea.of(column.storage)
        return area === null ? [] : [[column, area] as const]
      }),
    )
    this.#expiry = expiry * 1000
    this.#onSweepFailure = onSweepFailure
  }

  /** Answers a request of the protocol. */
  answer(column: MediaColumn, request: Omit<TusRequest, 'area' | 'expiry'>): Promise<Response> {
    if (request.method === 'POST') this.#sweepNowAndThen()
    return answerTus({ ...request, area: this.#requireArea(column), expiry: this.#expiry })
  }

  /**
   * How an upload stands, also after its last answer was lost.
   *
   * @throws {UploadError} `NOT_FOUND`
   */
  async describe(column: MediaColumn, id: string, user: Uploader): Promise<ResumableUpload> {
    const area = this.#requireArea(column)
    const record = isUploadId(id) ? await area.find(id) : null
    if (record === null || record.userId !== user.id) throw new UploadError('NOT_FOUND', 'There is no such upload.')
    const { outcome, name, length } = record
    const file = outcome?.kind === 'stored' ? outcome.file : null
    return { name, length, offset: await area.offset(record), file, error: refusalOf(record) }
  }

  /** Removes the uploads past their time, and what interrupted ones left behind. */
  async sweep(): Promise<void> {
    this.#sweptAt = performance.now()
    await Promise.all(Array.from(this.#areas.values(), (area) => sweepUploads(area, this.#expiry)))
  }

  /** Who begins an upload gives the occasion, and does not wait. */
  #sweepNowAndThen(): void {
    if (performance.now() - this.#sweptAt > SWEEP_INTERVAL) this.sweep().catch(this.#onSweepFailure)
  }

  #requireArea(column: MediaColumn): UploadArea {
    const area = this.#areas.get(column)
    if (area === undefined) throw new UploadError('NOT_FOUND', 'The storage of this column takes no resumable uploads.')
    return area
  }
}

function refusalOf({ outcome }: UploadRecord): ErrorResponse['error'] | null {
  return outcome?.kind === 'refused' ? { code: outcome.code, message: outcome.message } : null
}
