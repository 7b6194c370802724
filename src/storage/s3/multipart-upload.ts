import type { CompletedPart } from '@aws-sdk/client-s3'
import { crc32Checksum } from './crc32-checksum.ts'
import { sdk } from './load-sdk.ts'
import type { Part } from './parts-of.ts'
import type { ObjectUpload } from './s3-upload.ts'

/** Parts under way at a time; one more is being filled meanwhile. */
const PARTS_AT_A_TIME = 2

/** An object that is sent in parts. Nothing of it can be seen before it is complete. */
export class MultipartUpload {
  readonly #upload: ObjectUpload
  readonly #place: { Bucket: string; Key: string; UploadId: string }
  readonly #completed: CompletedPart[] = []

  private constructor(upload: ObjectUpload, UploadId: string) {
    this.#upload = upload
    this.#place = { Bucket: upload.object.Bucket, Key: upload.object.Key, UploadId }
  }

  static async create(upload: ObjectUpload): Promise<MultipartUpload> {
    const algorithm = upload.sendsChecksums ? { ChecksumAlgorithm: 'CRC32' as const } : {}
    const create = new sdk.CreateMultipartUploadCommand({ ...upload.object, ...algorithm })
    const { UploadId } = await upload.bucket.request('begin an upload', (client) => client.send(create))
    if (UploadId === undefined) throw new Error('The server began an upload without naming it.')
    return new MultipartUpload(upload, UploadId)
  }

  /** Sends the first part and all others, a few at a time, in whatever order they arrive. */
  async sendAll(first: Part, rest: AsyncIterable<Part>): Promise<void> {
    const underWay = new Set<Promise<void>>()
    const start = async (part: Part) => {
      if (underWay.size >= PARTS_AT_A_TIME) await Promise.race(underWay)
      const sending = this.#send(part).finally(() => underWay.delete(sending))
      underWay.add(sending)
      // It is awaited with the others; an error before then must not count as unhandled.
      sending.catch(() => {})
    }
    try {
      await start(first)
      for await (const part of rest) await start(part)
      await Promise.all(underWay)
    } finally {
      await Promise.allSettled(underWay)
    }
  }

  /** Makes the object visible, unless there is one under its key. */
  async complete(): Promise<void> {
    const Parts = this.#completed.toSorted((one, other) => (one.PartNumber ?? 0) - (other.PartNumber ?? 0))
    const complete = new sdk.CompleteMultipartUploadCommand({
      ...this.#place,
      MultipartUpload: { Parts },
      IfNoneMatch: '*',
    })
    await this.#upload.bucket.request('complete the upload', (client) => client.send(complete))
  }

  /** Gives the parts up. When even that fails they stay invisible until a sweep: the first error is the one to tell. */
  async abort(): Promise<void> {
    await this.#upload.bucket.client.send(new sdk.AbortMultipartUploadCommand(this.#place)).catch(() => {})
  }

  async #send(part: Part): Promise<void> {
    const { bucket, sendsChecksums } = this.#upload
    const checksum = sendsChecksums ? crc32Checksum(part.bytes) : {}
    const input = { ...this.#place, PartNumber: part.number, Body: part.bytes, ...checksum }
    const { ETag } = await bucket.request('store a part', (client) => client.send(new sdk.UploadPartCommand(input)))
    this.#completed.push({ PartNumber: part.number, ...(ETag === undefined ? {} : { ETag }), ...checksum })
    part.release()
  }
}
