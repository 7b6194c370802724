import { MediaStorageError } from '../core/media-storage-error.ts'
import type { Appending, UnfinishedFile, UnfinishedFiles } from '../hidden/unfinished-files.ts'
import { abortUploads } from './abandoned-uploads.ts'
import type { BucketUrls } from './bucket-urls.ts'
import { headObject } from './head-object.ts'
import { getParts } from './split-parts.ts'
import type { S3Bucket } from './s3-bucket.ts'
import { isNotFound } from './s3-errors.ts'
import type { S3HiddenFiles } from './s3-hidden-files.ts'
import { S3DirectFiles } from './s3-direct-files.ts'
import { S3Leases } from './s3-leases.ts'
import { S3Parts, type StoredPart } from './s3-parts.ts'

/** Bytes of a part, all but the last alike. S3 takes 10 000 parts of at least 5 MiB. */
const PART_SIZE = 8 * 1024 * 1024

/** Where unfinished files are. */
export interface S3UnfinishedFilesOptions {
  bucket: S3Bucket
  hiddenFiles: S3HiddenFiles
  sendsChecksums: boolean
  urls: BucketUrls
  /** How long, in seconds, leave to send a part directly holds. */
  expiresIn: number
  /** The admin's uploads go directly. */
  isDirectInUse: boolean
}

/** What the object beside an unfinished file tells. Only what stands in it counts. */
interface Progress {
  /** Of the multipart upload; `null` until the first part is full. */
  uploadId: string | null
  parts: StoredPart[]
  /** The bytes behind the last full part, in an object of their own. */
  tail: { path: string; size: number } | null
}

/**
 * Unfinished files of a bucket. Each is a multipart upload whose full parts are listed in a small object; the bytes that
 * do not fill a part yet are another small object. The list is written last, so that a crash loses no byte that was counted.
 */
export class S3UnfinishedFiles implements UnfinishedFiles {
  readonly leases: S3Leases
  readonly direct: S3DirectFiles
  readonly #bucket: S3Bucket
  readonly #hiddenFiles: S3HiddenFiles
  readonly #parts: S3Parts

  constructor({ isDirectInUse: isInUse, urls, expiresIn, ...location }: S3UnfinishedFilesOptions) {
    const { bucket, hiddenFiles, sendsChecksums } = location
    this.#bucket = bucket
    this.#hiddenFiles = hiddenFiles
    this.leases = new S3Leases(bucket, (path) => hiddenFiles.getObject(path).Key)
    this.#parts = new S3Parts({ bucket, getObject: (path) => hiddenFiles.getObject(path), sendsChecksums })
    this.direct = new S3DirectFiles({ ...location, parts: this.#parts, urls, expiresIn, isInUse })
  }

  async create(path: string): Promise<void> {
    await this.#write(path, { uploadId: null, parts: [], tail: null })
  }

  async find(path: string): Promise<UnfinishedFile | null> {
    const found = await this.#read(path)
    return found === null ? null : { size: getSize(found.progress), lastModified: found.lastModified }
  }

  async append(path: string, { offset, chunks, isAtomic }: Appending): Promise<number> {
    const before = await this.#requireProgress(path)
    if (getSize(before) !== offset) throw new Error(`The unfinished file has ${getSize(before)} bytes, not ${offset}.`)
    const progress: Progress = { ...before, parts: [...before.parts] }
    const save = async () => this.#write(path, { ...progress, tail: null })
    const rest = await this.#sendParts(path, progress, {
      chunks: this.#afterTail(before, chunks),
      // A part holds the bytes of the tail, so that the list no longer names it.
      onPart: isAtomic ? async () => {} : save,
    })
    progress.tail = rest.byteLength === 0 ? null : await this.#writeTail(path, rest)
    await this.#write(path, progress)
    if (before.tail !== null) await this.#hiddenFiles.remove(before.tail.path)
    return getSize(progress)
  }

  async finish(path: string): Promise<void> {
    const { uploadId, parts, tail } = await this.#requireProgress(path)
    const rest = await this.#tailBytes(tail)
    if (uploadId === null) {
      await this.#hiddenFiles.write(path, rest)
      return
    }
    try {
      const last = rest.byteLength === 0 ? [] : [await this.#parts.send({ path, uploadId }, parts.length + 1, rest)]
      await this.#parts.complete({ path, uploadId }, [...parts, ...last])
    } catch (error) {
      if (!(error instanceof MediaStorageError) || !isNotFound(error)) throw error
      // It was completed before, by somebody who was killed then.
      if ((await headObject(this.#bucket, this.#hiddenFiles.getObject(path).Key)) === null) throw error
    }
  }

  async remove(path: string): Promise<void> {
    const progress = (await this.#read(path))?.progress
    if (progress?.uploadId != null) await this.#parts.abort({ path, uploadId: progress.uploadId })
    if (progress?.tail != null) await this.#hiddenFiles.remove(progress.tail.path)
    await Promise.all([this.#hiddenFiles.remove(path), this.#hiddenFiles.remove(getProgress(path))])
  }

  /** A multipart upload that was begun and not noted yet when the process was killed. */
  async sweep(isKept: (path: string) => Promise<boolean>): Promise<void> {
    const { Key: prefix } = this.#hiddenFiles.getObject('uploads/')
    await abortUploads({
      bucket: this.#bucket,
      prefix,
      isAbandoned: async ({ Key = '' }) => !(await isKept(`uploads/${Key.slice(prefix.length)}`)),
    })
  }

  /** Sends what fills a part, one while the next is gathered, and returns what does not. */
  async #sendParts(path: string, progress: Progress, { chunks, onPart }: Sending): Promise<Uint8Array> {
    let sending: Promise<void> = Promise.resolve()
    let rest: Uint8Array = new Uint8Array()
    try {
      for await (const part of getParts(chunks, PART_SIZE)) {
        await sending
        if (part.bytes.byteLength < PART_SIZE) rest = part.bytes
        else {
          sending = this.#sendPart(path, progress, part.bytes)
            .then(onPart)
            .then(() => part.release())
          // It is awaited before the next one; without this an error before then would count as unhandled.
          sending.catch(() => {})
        }
      }
      await sending
      return rest
    } finally {
      await Promise.allSettled([sending])
    }
  }

  async #sendPart(path: string, progress: Progress, bytes: Uint8Array): Promise<void> {
    if (progress.uploadId === null) {
      progress.uploadId = await this.#parts.start(path)
      // Nothing new is counted yet: this is for whoever has to give the upload up.
      const before = await this.#requireProgress(path)
      await this.#write(path, { ...before, uploadId: progress.uploadId })
    }
    const { uploadId, parts } = progress
    parts.push(await this.#parts.send({ path, uploadId }, parts.length + 1, bytes))
  }

  async *#afterTail({ tail }: Progress, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    yield await this.#tailBytes(tail)
    yield* chunks
  }

  async #tailBytes(tail: Progress['tail']): Promise<Uint8Array> {
    if (tail === null) return new Uint8Array()
    const file = await this.#hiddenFiles.open(tail.path)
    if (file === null) throw new Error('The end of the unfinished file is missing.')
    return new Uint8Array(await file.arrayBuffer())
  }

  async #writeTail(path: string, bytes: Uint8Array): Promise<{ path: string; size: number }> {
    const tail = { path: `${path}.tail-${crypto.randomUUID()}`, size: bytes.byteLength }
    await this.#hiddenFiles.write(tail.path, bytes)
    return tail
  }

  async #requireProgress(path: string): Promise<Progress> {
    const found = await this.#read(path)
    if (found === null) throw new Error('There is no such unfinished file.')
    return found.progress
  }

  async #read(path: string): Promise<{ progress: Progress; lastModified: Date } | null> {
    const file = await this.#hiddenFiles.open(getProgress(path))
    if (file === null) return null
    return { progress: parseProgress(await file.text()), lastModified: file.lastModified }
  }

  async #write(path: string, progress: Progress): Promise<void> {
    await this.#hiddenFiles.write(getProgress(path), new Blob([JSON.stringify(progress)]))
  }
}

interface Sending {
  chunks: AsyncIterable<Uint8Array>
  /** What to do when a part more is stored. */
  onPart: () => Promise<void>
}

function getSize({ parts, tail }: Progress): number {
  return parts.length * PART_SIZE + (tail?.size ?? 0)
}

function getProgress(path: string): string {
  return `${path}.parts`
}

/** Only this file writes it. What does not look like it was changed by somebody else, and is not to be built on. */
function parseProgress(text: string): Progress {
  const json: unknown = JSON.parse(text)
  if (!isProgress(json)) throw new Error('What is noted about the unfinished file cannot be read.')
  return json
}

function isProgress(json: unknown): json is Progress {
  return typeof json === 'object' && json !== null && 'uploadId' in json && 'tail' in json && 'parts' in json
}
