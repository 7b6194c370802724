import type { _Object } from '@aws-sdk/client-s3'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { contentDisposition } from '../urls/content-disposition.ts'
import type { Diagnosis, DiagnosisContext } from '../core/diagnosis.ts'
import { originalFileName } from '../keys/file-key.ts'
import { getPresentation } from '../urls/file-presentation.ts'
import { getContentType } from '../keys/file-types.ts'
import { MediaStorage } from '../core/media-storage.ts'
import { columnPath } from '../core/media-column.ts'
import type { BulkDeleteReport, ListedFile } from '../core/media-storage-types.ts'
import type { FileUrl, FileUrlContext, ThumbnailUrlContext } from '../urls/file-url.ts'
import { DEFAULT_SIGNED_URL_EXPIRY, SignedUrls } from '../urls/signed-urls.ts'
import type { StoredFile } from '../core/stored-file.ts'
import { signedThumbnailName } from '../urls/storage-urls.ts'
import { urlLife } from '../urls/url-life.ts'
import { abortAbandonedUploads } from './abandoned-uploads.ts'
import { BucketUrls } from './bucket-urls.ts'
import { deleteObjects } from './delete-objects.ts'
import { type ObjectListing, listObjectPages, listObjects } from './list-objects.ts'
import { sdk } from './load-sdk.ts'
import { openObject } from './head-object.ts'
import { diagnoseObject } from './object-checks.ts'
import type { ObjectUpload } from './object-upload.ts'
import { S3Bucket } from './s3-bucket.ts'
import { type BucketFolder, diagnoseBucket, withPermission } from './s3-checks.ts'
import { S3HiddenFiles } from './s3-hidden-files.ts'
import { checkS3Options, type S3MediaStorageOptions } from './s3-options.ts'
import { S3UnfinishedFiles } from './s3-unfinished-files.ts'
import { uploadObject } from './s3-upload.ts'

/** An unfinished upload is given up when it began this long ago, in milliseconds. */
const ABANDONED_AFTER = 24 * 3600 * 1000

/**
 * Files in an S3-compatible bucket, directly in a folder of it: one object for each key.
 *
 * @example
 * const screenshotsMedia = new S3MediaStorage({
 *   column: movie.screenshots,
 *   bucketName: 'bucket123',
 *   folderName: 'movie_screenshots',
 *   clientConfig: { region: 'eu-west-1' },
 * })
 */
export class S3MediaStorage<TColumn extends PgColumn = PgColumn> extends MediaStorage<TColumn> {
  override readonly location: string
  override readonly delivery: 'stream' | 'redirect'
  override readonly hiddenFiles: S3HiddenFiles
  override readonly unfinishedFiles: S3UnfinishedFiles
  readonly #options: S3MediaStorageOptions<TColumn>
  readonly #bucket: S3Bucket
  readonly #prefix: string
  readonly #urls: BucketUrls
  /** Of thumbnails, which a bucket cannot sign: it does not have them under an address. */
  readonly #thumbnailUrls: SignedUrls | null

  /** @throws {TypeError} when the column cannot hold media, or an option makes no sense */
  constructor(options: S3MediaStorageOptions<TColumn>) {
    checkS3Options(options)
    super(options)
    this.#options = options
    this.#bucket = new S3Bucket(options)
    this.#prefix = getPrefix(options.folderName)
    this.#urls = new BucketUrls(this.#bucket)
    // Without the endpoint: a bucket that is reached by two must not pass for two buckets.
    this.location = `s3://${options.bucketName}/${this.#prefix}`
    this.hiddenFiles = new S3HiddenFiles({
      bucket: this.#bucket,
      prefix: this.#prefix,
      getObject: (key) => this.#getObject(key),
      uploadMetadata: options.uploadMetadata ?? {},
      sendsChecksums: this.#sendsChecksums,
    })
    const { hiddenFiles } = this
    this.unfinishedFiles = new S3UnfinishedFiles({
      bucket: this.#bucket,
      hiddenFiles,
      sendsChecksums: this.#sendsChecksums,
      urls: this.#urls,
      expiresIn: options.signedUrlExpiry ?? DEFAULT_SIGNED_URL_EXPIRY,
      isDirectInUse: options.uploads === 'direct',
    })
    this.#thumbnailUrls = getThumbnailUrls(options)
    this.delivery = options.serve === 'proxy' ? 'stream' : 'redirect'
  }

  protected override isSignedUrlValid(name: string, query: URLSearchParams): boolean {
    return this.#thumbnailUrls?.isValid(name, query) ?? false
  }

  override async *diagnose(context: DiagnosisContext = {}): AsyncGenerator<Diagnosis> {
    const way = { isDirect: this.#options.uploads === 'direct', origin: context.origin ?? null }
    for await (const diagnosis of diagnoseBucket(this.#bucketFolder, way)) {
      yield diagnosis
      if (diagnosis.check === 'bucket' && diagnosis.status === 'failed') return
    }
    for await (const diagnosis of super.diagnose()) yield withPermission(diagnosis, this.#bucketFolder)
  }

  protected override async writeFile(key: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    await uploadObject(
      { bucket: this.#bucket, object: this.#getObject(key), sendsChecksums: this.#sendsChecksums },
      chunks,
    )
  }

  protected override openFile(key: string): Promise<StoredFile | null> {
    return openObject(this.#bucket, this.#objectKey(key), key)
  }

  protected override async removeFile(key: string): Promise<void> {
    const remove = new sdk.DeleteObjectCommand({ Bucket: this.#bucket.name, Key: this.#objectKey(key) })
    await this.#bucket.request('delete the file', (client) => client.send(remove))
  }

  protected override removeFiles(keys: readonly string[]): Promise<BulkDeleteReport> {
    return deleteObjects(this.#bucket, this.#prefix, keys)
  }

  protected override async *listEntries(only: (key: string) => boolean = () => true): AsyncGenerator<ListedFile> {
    for await (const object of listObjects(this.#files)) {
      const file = listedFile(object, this.#prefix)
      if (only(file.key)) yield file
    }
  }

  protected override async *listKeyPages(): AsyncGenerator<readonly string[]> {
    for await (const page of listObjectPages(this.#files)) {
      yield page.map((object) => listedFile(object, this.#prefix).key)
    }
  }

  /** The delimiter keeps folders inside this one out, and the slash of the prefix a neighbour whose name begins alike. */
  get #files(): ObjectListing {
    return { bucket: this.#bucket, prefix: this.#prefix, delimiter: '/' }
  }

  protected override buildThumbnailUrl(
    key: string,
    { width, rootUrl = this.#options.rootUrl }: ThumbnailUrlContext,
  ): string {
    const plain = super.buildThumbnailUrl(key, { width, ...(rootUrl === undefined ? {} : { rootUrl }) })
    return this.#thumbnailUrls?.sign(plain, signedThumbnailName(key)).url ?? plain
  }

  protected override async buildFileUrl(key: string, context: FileUrlContext): Promise<FileUrl> {
    const { signUrls = true, publicUrl, signedUrlExpiry: expiresIn = DEFAULT_SIGNED_URL_EXPIRY } = this.#options
    // A browser cannot reach the bucket: what the server serves in its place is the address.
    if (this.#options.serve === 'proxy' && context.rootUrl !== undefined) return super.buildFileUrl(key, context)
    const objectKey = this.#objectKey(key)
    if (!signUrls) {
      const plain = await this.#urls.plain(objectKey)
      const base = publicUrl?.replace(/\/$/, '')
      const url = base === undefined ? plain.href : `${base}/${this.#prefix}${encodeURIComponent(key)}`
      return { url, expiresAt: null }
    }
    const { from } = urlLife(this.#bucket.now(), expiresIn)
    return this.#urls.signed(objectKey, { from, expiresIn }, context.download === true ? asAttachment(key) : {})
  }

  protected override async probe(): Promise<void> {
    await this.#bucket.look()
  }

  protected override removeAbandonedUploads(): Promise<void> {
    const before = new Date(this.#bucket.now().getTime() - ABANDONED_AFTER)
    return abortAbandonedUploads({ bucket: this.#bucket, prefix: this.#prefix, before })
  }

  protected override async *diagnoseFile(key: string): AsyncGenerator<Diagnosis> {
    const { signUrls = true } = this.#options
    const { url } = await this.buildFileUrl(key, {})
    yield* diagnoseObject({ ...this.#bucketFolder, objectKey: this.#objectKey(key), url, signUrls })
  }

  get #bucketFolder(): BucketFolder {
    return { bucket: this.#bucket, urls: this.#urls, prefix: this.#prefix }
  }

  /** The object that a file is, without its bytes. */
  #getObject(key: string): ObjectUpload['object'] {
    const { contentType, disposition } = getPresentation(getContentType(key))
    // A bucket has no sandbox: an image that may hold a script is saved there, and shown in pages all the same.
    const inBucket = contentType === 'image/svg+xml' ? 'attachment' : disposition
    return {
      Bucket: this.#bucket.name,
      Key: this.#objectKey(key),
      ContentType: contentType,
      ContentDisposition: contentDisposition(inBucket, originalFileName(key)),
      ...this.#options.uploadMetadata,
    }
  }

  get #sendsChecksums(): boolean {
    return this.#options.checksums !== 'when-required'
  }

  #objectKey(key: string): string {
    return `${this.#prefix}${key}`
  }
}

function getThumbnailUrls({ column, signingSecret, signedUrlExpiry }: S3MediaStorageOptions<PgColumn>) {
  if (signingSecret === undefined) return null
  const expiry = signedUrlExpiry ?? DEFAULT_SIGNED_URL_EXPIRY
  return new SignedUrls({ column: columnPath(column), secrets: [signingSecret].flat(), expiry })
}

function listedFile({ Key = '', Size = 0, LastModified = new Date(0) }: _Object, prefix: string): ListedFile {
  return { key: Key.slice(prefix.length), size: Size, lastModified: LastModified }
}

function asAttachment(key: string): Record<string, string> {
  return { 'response-content-disposition': contentDisposition('attachment', originalFileName(key)) }
}

function getPrefix(folderName: string | undefined): string {
  const folder = (folderName ?? '').replace(/^\/+|\/+$/g, '')
  return folder === '' ? '' : `${folder}/`
}
