import type { CompletedPart } from '@aws-sdk/client-s3'
import { CHECKSUM_ALGORITHM, crc32Checksum } from './crc32-checksum.ts'
import { sdk } from './load-sdk.ts'
import { type ObjectUpload, getCondition } from './object-upload.ts'
import type { Part } from './split-parts.ts'
import { UNSIGNED_PAYLOAD_STEP, unsignedPayload } from './unsigned-payload.ts'

/** Parts under way at a time; one more is being filled meanwhile. */
const PARTS_AT_A_TIME = 4

/** Longest time, in milliseconds, that giving up an upload delays the error that led to it. */
const ABORT_TIMEOUT_MS = 3000

/** An object that is sent in parts. Nothing of it can be seen before it is complete. */
export class MultipartUpload {
  readonly #upload: ObjectUpload
  readonly #location: { Bucket: string; Key: string; UploadId: string }
  readonly #completed: CompletedPart[] = []

  private constructor(upload: ObjectUpload, UploadId: string) {
    this.#upload = upload
    this.#location = { Bucket: upload.object.Bucket, Key: upload.object.Key, UploadId }
  }

  static async create(upload: ObjectUpload): Promise<MultipartUpload> {
    const algorithm = upload.sendsChecksums ? CHECKSUM_ALGORITHM : {}
    const create = new sdk.CreateMultipartUploadCommand({ ...upload.object, ...algorithm })
    const { UploadId } = await upload.bucket.request('begin an upload', (client) => client.send(create))
    if (UploadId === undefined) throw new Error('The server began an upload without naming it.')
    return new MultipartUpload(upload, UploadId)
  }

  /**
   * Sends the first part and all others, a few at a time, in whatever order they arrive.
   *
   * @param failure - fired with the error of the first part that fails, so that a slow body is let go at once
   */
  async sendAll(first: Part, rest: AsyncIterable<Part>, failure: AbortController): Promise<void> {
    const underWay = new Set<Promise<void>>()
    const start = (part: Part) => {
      const sending = this.#send(part)
        .catch((error: unknown) => failure.abort(error))
        .finally(() => underWay.delete(sending))
      underWay.add(sending)
    }
    try {
      start(first)
      for await (const part of rest) {
        if (underWay.size >= PARTS_AT_A_TIME) await Promise.race(underWay)
        if (failure.signal.aborted) break
        start(part)
      }
    } catch (error) {
      if (!failure.signal.aborted) throw error
    } finally {
      await Promise.all(underWay)
    }
    // Completing would succeed: S3 takes any parts it has, and the file would lack one without a word.
    failure.signal.throwIfAborted()
  }

  /** Makes the object visible, unless there is one under its key. */
  async complete(): Promise<void> {
    const Parts = this.#completed.toSorted((one, other) => (one.PartNumber ?? 0) - (other.PartNumber ?? 0))
    const complete = new sdk.CompleteMultipartUploadCommand({
      ...this.#location,
      MultipartUpload: { Parts },
      ...getCondition(this.#upload),
    })
    await this.#upload.bucket.request('complete the upload', (client) => client.send(complete))
  }

  /** Gives the parts up. When even that fails they stay invisible until a sweep: the first error is the one to tell. */
  async abort(): Promise<void> {
    const abort = new sdk.AbortMultipartUploadCommand(this.#location)
    const abortSignal = AbortSignal.timeout(ABORT_TIMEOUT_MS)
    await this.#upload.bucket.client.send(abort, { abortSignal }).catch(() => {})
  }

  async #send(part: Part): Promise<void> {
    const { bucket, sendsChecksums } = this.#upload
    const checksum = sendsChecksums ? crc32Checksum(part.bytes) : {}
    const algorithm = sendsChecksums ? CHECKSUM_ALGORITHM : {}
    const input = { ...this.#location, PartNumber: part.number, Body: part.bytes, ...algorithm, ...checksum }
    const command = new sdk.UploadPartCommand(input)
    if (sendsChecksums) command.middlewareStack.add(unsignedPayload, UNSIGNED_PAYLOAD_STEP)
    const { ETag } = await bucket.request('store a part', (client) => client.send(command))
    this.#completed.push({ PartNumber: part.number, ...(ETag === undefined ? {} : { ETag }), ...checksum })
    part.release()
  }
}
