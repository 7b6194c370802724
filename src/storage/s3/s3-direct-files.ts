import type { DirectFile, DirectFiles, PartToSign, SignedPart } from '../hidden/direct-files.ts'
import { MediaStorageError } from '../core/media-storage-error.ts'
import type { BucketUrls } from './bucket-urls.ts'
import { headObject } from './head-object.ts'
import type { S3Bucket } from './s3-bucket.ts'
import { isNotFound } from './s3-errors.ts'
import type { S3HiddenFiles } from './s3-hidden-files.ts'
import type { ListedPart, PartsLocation, S3Parts } from './s3-parts.ts'

/** Smallest part, in bytes, of a file that fits into {@link MAX_PARTS} of them: what an interruption costs at most. */
const MIN_PART_BYTES = 8 * 1024 ** 2

/** Most parts of an object (S3). */
const MAX_PARTS = 10_000

/** Parts are a whole number of these bytes. */
const PART_STEP = 1024 ** 2

/** Largest object (S3): 5 TiB. */
const MAX_OBJECT_BYTES = 5 * 1024 ** 4

/** What direct uploads of a bucket need. */
export interface S3DirectFilesOptions {
  bucket: S3Bucket
  hiddenFiles: S3HiddenFiles
  urls: BucketUrls
  parts: S3Parts
  sendsChecksums: boolean
  isInUse: boolean
  /** How long, in seconds, leave to send a part holds. */
  expiresIn: number
}

/** What is noted of a direct upload in an object beside it. */
interface Note {
  /** `null` for an empty file, which has no part. */
  uploadId: string | null
  size: number
  partSize: number
}

/** Multipart uploads of hidden objects, whose parts browsers send to the bucket by signed addresses. */
export class S3DirectFiles implements DirectFiles {
  readonly maxFileSize: number = MAX_OBJECT_BYTES
  readonly isInUse: boolean
  readonly requiresChecksums: boolean
  readonly #options: S3DirectFilesOptions
  readonly #parts: S3Parts

  constructor(options: S3DirectFilesOptions) {
    this.isInUse = options.isInUse
    this.requiresChecksums = options.sendsChecksums
    this.#options = options
    this.#parts = options.parts
  }

  origin(): Promise<string> {
    return this.#options.urls.origin()
  }

  async create(path: string, size: number): Promise<void> {
    const partSize = partSizeFor(size)
    const uploadId = size === 0 ? null : await this.#parts.start(path)
    const note: Note = { uploadId, size, partSize }
    await this.#options.hiddenFiles.write(getNotePath(path), new Blob([JSON.stringify(note)]))
  }

  async find(path: string): Promise<DirectFile | null> {
    const found = await this.#read(path)
    if (found === null) return null
    const { note, lastModified } = found
    const parts = note.uploadId === null ? [] : await this.#listParts({ path, uploadId: note.uploadId }, note)
    if (parts === null) return this.#findWhole(path, note)
    return {
      partSize: note.partSize,
      storedParts: parts.map(({ number }) => number),
      size: parts.reduce((size, part) => size + part.size, 0),
      lastModified: parts.reduce((latest, part) => later(latest, part.lastModified), lastModified),
    }
  }

  async sign(path: string, parts: readonly PartToSign[]): Promise<SignedPart[]> {
    const note = (await this.#read(path))?.note
    if (note?.uploadId == null) return []
    const { uploadId } = note
    const own = parts.filter(({ number }) => getPartSize(note, number) > 0)
    return Promise.all(own.map((part) => this.#signOne({ path, uploadId }, note, part)))
  }

  /** By the server's own list of the parts: what a client says of them is not asked. */
  async finish(path: string): Promise<void> {
    const { bucket, hiddenFiles } = this.#options
    const note = (await this.#read(path))?.note
    if (note === undefined) throw new Error('There is no such direct upload.')
    if (note.uploadId === null) {
      await hiddenFiles.write(path, new Uint8Array())
      return
    }
    const location = { path, uploadId: note.uploadId }
    try {
      const parts = await this.#listParts(location, note)
      if (parts !== null)
        await this.#parts.complete(
          location,
          parts.map(({ stored }) => stored),
        )
    } catch (error) {
      if (!(error instanceof MediaStorageError) || !isNotFound(error)) throw error
      // Somebody completed it before, whose answer got lost.
      if ((await headObject(bucket, hiddenFiles.getObject(path).Key)) === null) throw error
    }
  }

  async remove(path: string): Promise<void> {
    const { hiddenFiles } = this.#options
    const uploadId = (await this.#read(path))?.note.uploadId ?? null
    if (uploadId !== null) await this.#parts.abort({ path, uploadId })
    await Promise.all([hiddenFiles.remove(path), hiddenFiles.remove(getNotePath(path))])
  }

  /**
   * Attack: leave to send a part is used for more bytes than were said, for other ones, for another part or another file.
   * Key, part, upload, length and checksum are all in the signature.
   */
  #signOne(location: PartsLocation, note: Note, { number, crc32 }: PartToSign): Promise<SignedPart> {
    const { urls, bucket, hiddenFiles, expiresIn } = this.#options
    const headers: Record<string, string> =
      crc32 === null ? {} : { 'x-amz-checksum-crc32': crc32, 'x-amz-sdk-checksum-algorithm': 'CRC32' }
    return urls
      .signedPart(hiddenFiles.getObject(location.path).Key, {
        life: { from: bucket.now(), expiresIn },
        uploadId: location.uploadId,
        number,
        headers: { 'content-length': String(getPartSize(note, number)), ...headers },
      })
      .then(({ url, expiresAt }) => ({ number, url, headers, expiresAt: expiresAt ?? new Date() }))
  }

  /** The stored parts as they were planned; `null` when the upload was completed or given up. */
  async #listParts(location: PartsLocation, note: Note): Promise<ListedPart[] | null> {
    const parts = await this.#parts.list(location)
    return parts?.filter(({ number, size }) => size === getPartSize(note, number)) ?? null
  }

  async #findWhole(path: string, { partSize }: Note): Promise<DirectFile | null> {
    const { bucket, hiddenFiles } = this.#options
    const head = await headObject(bucket, hiddenFiles.getObject(path).Key)
    if (head === null) return null
    const { ContentLength: size = 0, LastModified: lastModified = new Date() } = head
    const storedParts = Array.from({ length: Math.ceil(size / partSize) }, (_, index) => index + 1)
    return { partSize, storedParts, size, lastModified }
  }

  async #read(path: string): Promise<{ note: Note; lastModified: Date } | null> {
    const file = await this.#options.hiddenFiles.open(getNotePath(path))
    return file === null ? null : { note: parseNote(await file.text()), lastModified: file.lastModified }
  }
}

/** Any file fits into the parts that S3 allows. */
function partSizeFor(size: number): number {
  return Math.max(MIN_PART_BYTES, Math.ceil(size / MAX_PARTS / PART_STEP) * PART_STEP)
}

/** 0 for a part that the file does not have. */
function getPartSize({ size, partSize }: Note, number: number): number {
  return number < 1 ? 0 : Math.max(0, Math.min(partSize, size - (number - 1) * partSize))
}

function getNotePath(path: string): string {
  return `${path}.direct`
}

/** Only this file writes it. What does not look like it was changed by somebody else, and is not to be built on. */
function parseNote(text: string): Note {
  const json: unknown = JSON.parse(text)
  if (!isNote(json)) throw new Error('What is noted about the direct upload cannot be read.')
  return json
}

function isNote(json: unknown): json is Note {
  return typeof json === 'object' && json !== null && 'uploadId' in json && 'size' in json && 'partSize' in json
}

function later(one: Date, other: Date): Date {
  return one > other ? one : other
}
