import type { ListPartsOutput, Part } from '@aws-sdk/client-s3'
import { CHECKSUM_ALGORITHM, crc32Checksum } from './crc32-checksum.ts'
import { sdk } from './load-sdk.ts'
import { MediaStorageError } from '../core/media-storage-error.ts'
import type { S3Bucket } from './s3-bucket.ts'
import { isNotFound } from './s3-errors.ts'
import type { ObjectUpload } from './object-upload.ts'
import { UNSIGNED_PAYLOAD_STEP, unsignedPayload } from './unsigned-payload.ts'

/** A part that the bucket has. Its number is its place in the list. */
export interface StoredPart {
  ETag: string
  ChecksumCRC32?: string
}

/** A part as the bucket tells of it. */
export interface ListedPart {
  readonly number: number
  /** In bytes. */
  readonly size: number
  readonly lastModified: Date
  readonly stored: StoredPart
}

/** A multipart upload of a hidden file. */
export interface PartsLocation {
  path: string
  uploadId: string
}

export interface S3PartsOptions {
  bucket: S3Bucket
  /** The object at a hidden path, without its bytes. */
  getObject: (path: string) => ObjectUpload['object']
  sendsChecksums: boolean
}

/** The requests of a multipart upload that goes on from server to server, each on its own. */
export class S3Parts {
  readonly #options: S3PartsOptions

  constructor(options: S3PartsOptions) {
    this.#options = options
  }

  async start(path: string): Promise<string> {
    const create = new sdk.CreateMultipartUploadCommand({ ...this.#options.getObject(path), ...this.#algorithm })
    const { UploadId } = await this.#options.bucket.request('begin an upload', (client) => client.send(create))
    if (UploadId === undefined) throw new Error('The server began an upload without naming it.')
    return UploadId
  }

  async send(location: PartsLocation, number: number, bytes: Uint8Array): Promise<StoredPart> {
    const { bucket, sendsChecksums } = this.#options
    const checksum = sendsChecksums ? crc32Checksum(bytes) : {}
    const input = { ...this.#getLocation(location), PartNumber: number, Body: bytes, ...this.#algorithm, ...checksum }
    const command = new sdk.UploadPartCommand(input)
    if (sendsChecksums) command.middlewareStack.add(unsignedPayload, UNSIGNED_PAYLOAD_STEP)
    const { ETag = '' } = await bucket.request('store a part', (client) => client.send(command))
    return { ETag, ...checksum }
  }

  async complete(location: PartsLocation, parts: readonly StoredPart[]): Promise<void> {
    const Parts = parts.map((part, index) => ({ ...part, PartNumber: index + 1 }))
    const complete = new sdk.CompleteMultipartUploadCommand({
      ...this.#getLocation(location),
      MultipartUpload: { Parts },
    })
    await this.#options.bucket.request('complete the upload', (client) => client.send(complete))
  }

  /** Every part that the bucket has, in order; `null` when there is no such upload, or no longer. */
  async list(location: PartsLocation): Promise<ListedPart[] | null> {
    const parts: ListedPart[] = []
    try {
      for (let marker: string | undefined = ''; marker !== undefined;) {
        const from = marker === '' ? {} : { PartNumberMarker: marker }
        const command = new sdk.ListPartsCommand({ ...this.#getLocation(location), ...from })
        const page: ListPartsOutput = await this.#options.bucket.request('list the parts', (client) =>
          client.send(command),
        )
        parts.push(...(page.Parts ?? []).map(listedPart))
        marker = page.IsTruncated === true ? page.NextPartNumberMarker : undefined
      }
      return parts
    } catch (error) {
      if (!(error instanceof MediaStorageError) || !isNotFound(error)) throw error
      return null
    }
  }

  /** Gives the parts up, unless that was done before. */
  async abort(location: PartsLocation): Promise<void> {
    const abort = new sdk.AbortMultipartUploadCommand(this.#getLocation(location))
    try {
      await this.#options.bucket.request('give up an upload', (client) => client.send(abort))
    } catch (error) {
      if (!(error instanceof MediaStorageError) || !isNotFound(error)) throw error
    }
  }

  get #algorithm(): { ChecksumAlgorithm?: 'CRC32' } {
    return this.#options.sendsChecksums ? CHECKSUM_ALGORITHM : {}
  }

  #getLocation({ path, uploadId }: PartsLocation): { Bucket: string; Key: string; UploadId: string } {
    const { Bucket, Key } = this.#options.getObject(path)
    return { Bucket, Key, UploadId: uploadId }
  }
}

function listedPart({ PartNumber, Size, LastModified, ETag, ChecksumCRC32 }: Part): ListedPart {
  const checksum = ChecksumCRC32 === undefined ? {} : { ChecksumCRC32 }
  const stored = { ETag: ETag ?? '', ...checksum }
  return { number: PartNumber ?? 0, size: Size ?? 0, lastModified: LastModified ?? new Date(0), stored }
}
