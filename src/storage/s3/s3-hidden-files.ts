import type { HeadObjectOutput } from '@aws-sdk/client-s3'
import { contentDisposition } from '../urls/content-disposition.ts'
import { getContentType } from '../keys/file-types.ts'
import { HIDDEN_FOLDER, type HiddenFile, HiddenFiles } from '../hidden/hidden-files.ts'
import { MediaStorageError } from '../core/media-storage-error.ts'
import type { StoredFile } from '../core/stored-file.ts'
import { type ObjectCopy, copyObject } from './copy-object.ts'
import { deleteObjects } from './delete-objects.ts'
import { listObjects } from './list-objects.ts'
import { sdk } from './load-sdk.ts'
import { headObject, openObject } from './head-object.ts'
import { type ObjectUpload, UPLOAD_MARK } from './object-upload.ts'
import type { S3Bucket } from './s3-bucket.ts'
import { isNotFound, isPreconditionFailed } from './s3-errors.ts'
import type { S3UploadMetadata } from './s3-options.ts'
import { uploadObject } from './s3-upload.ts'

/** What hidden files need to know of their storage. */
export interface HiddenObjects {
  bucket: S3Bucket
  /** Of the stored files. */
  prefix: string
  /** The object that a stored file is, without its bytes. */
  getObject: (key: string) => ObjectUpload['object']
  uploadMetadata: S3UploadMetadata
  sendsChecksums: boolean
}

/** Hidden files of a bucket, in a folder below its files' own. Moves are a copy inside the bucket and a deletion. */
export class S3HiddenFiles extends HiddenFiles {
  readonly #objects: HiddenObjects
  readonly #bucket: S3Bucket
  readonly #prefix: string

  constructor(objects: HiddenObjects) {
    super()
    this.#objects = objects
    this.#bucket = objects.bucket
    this.#prefix = `${objects.prefix}${HIDDEN_FOLDER}/`
  }

  /** The object that a new hidden file is, without its bytes. */
  getObject(path: string): ObjectUpload['object'] {
    return this.#hiddenObject(path, { [UPLOAD_MARK]: crypto.randomUUID() })
  }

  protected override writeFile(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const { sendsChecksums } = this.#objects
    const upload = { bucket: this.#bucket, object: this.#hiddenObject(path, {}), sendsChecksums, overwrites: true }
    return uploadObject(upload, chunks)
  }

  protected override openFile(path: string): Promise<StoredFile | null> {
    return openObject(this.#bucket, this.#objectKey(path), path)
  }

  protected override async removeFiles(paths: readonly string[]): Promise<void> {
    const { failed } = await deleteObjects(this.#bucket, this.#prefix, paths)
    if (failed[0] !== undefined) throw failed[0].error
  }

  protected override async *listFiles(folder: string): AsyncGenerator<HiddenFile> {
    for await (const object of listObjects({ bucket: this.#bucket, prefix: this.#objectKey(folder) })) {
      const { Key = '', Size: size = 0, LastModified: lastModified = new Date(0) } = object
      yield { path: Key.slice(this.#prefix.length), size, lastModified }
    }
  }

  protected override async removeFile(path: string): Promise<void> {
    await this.#delete(this.#objectKey(path))
  }

  protected override async hideFile(key: string, path: string): Promise<boolean> {
    const from = `${this.#objects.prefix}${key}`
    const head = await headObject(this.#bucket, from)
    if (head === null) return false
    const object = this.#hiddenObject(path, head.Metadata ?? {})
    const isCopied = await copyUnlessGone({ bucket: this.#bucket, from, head, object, overwrites: true })
    if (isCopied) await this.#delete(from)
    return isCopied
  }

  protected override async publishFile(path: string, key: string): Promise<boolean> {
    const from = this.#objectKey(path)
    const head = await headObject(this.#bucket, from)
    if (head === null) return false
    const object = this.#objects.getObject(key)
    const Metadata = { ...object.Metadata, ...head.Metadata }
    const copy = { bucket: this.#bucket, from, head, object: { ...object, Metadata }, overwrites: false }
    // Not every server heeds the condition of a copy, so that it is looked at first.
    if (!(await this.#isRestored(object.Key, head)) && !(await this.#copyOnce(copy))) return false
    await this.#delete(from)
    return true
  }

  /** Copies, unless somebody else does at this moment, or an answer was lost and the request sent again. */
  async #copyOnce(copy: ObjectCopy): Promise<boolean> {
    try {
      return await copyUnlessGone(copy)
    } catch (error) {
      const isRefused = error instanceof MediaStorageError && isPreconditionFailed(error)
      if (isRefused && (await this.#isRestored(copy.object.Key, copy.head))) return true
      throw error
    }
  }

  /**
   * Whether an interrupted call has brought the file back already.
   *
   * @throws {MediaStorageError} `FILE_EXISTS` when there is another file
   */
  async #isRestored(objectKey: string, hidden: HeadObjectOutput): Promise<boolean> {
    const visible = await headObject(this.#bucket, objectKey)
    if (visible === null) return false
    if (isSameContent(visible, hidden)) return true
    throw new MediaStorageError('FILE_EXISTS', 'The file cannot be stored: there is one with the same key.')
  }

  async #delete(objectKey: string): Promise<void> {
    const remove = new sdk.DeleteObjectCommand({ Bucket: this.#bucket.name, Key: objectKey })
    await this.#bucket.request('delete the file', (client) => client.send(remove))
  }

  /** Without an ACL: whatever the stored files are, a hidden one is private. */
  #hiddenObject(path: string, metadata: Record<string, string>): ObjectUpload['object'] {
    const { ACL: _acl, CacheControl: _cacheControl, ...kept } = this.#objects.uploadMetadata
    return {
      ...kept,
      Bucket: this.#bucket.name,
      Key: this.#objectKey(path),
      ContentType: getContentType(path),
      ContentDisposition: contentDisposition('attachment', 'hidden'),
      Metadata: metadata,
    }
  }

  #objectKey(path: string): string {
    return `${this.#prefix}${path}`
  }
}

/** `false` when the object was moved or removed since it was looked at. */
async function copyUnlessGone(copy: ObjectCopy): Promise<boolean> {
  try {
    await copyObject(copy)
    return true
  } catch (error) {
    if (error instanceof MediaStorageError && isNotFound(error)) return false
    throw error
  }
}

/** The mark of its upload goes with a file; one that came another way has its bytes' hash for entity tag. */
function isSameContent(one: HeadObjectOutput, other: HeadObjectOutput): boolean {
  const mark = one.Metadata?.[UPLOAD_MARK]
  if (one.ContentLength !== other.ContentLength) return false
  return mark === undefined ? one.ETag === other.ETag : mark === other.Metadata?.[UPLOAD_MARK]
}
