import type { ObjectCannedACL, S3Client, S3ClientConfig, ServerSideEncryption, StorageClass } from '@aws-sdk/client-s3'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { checkOptions, type OptionRules } from '../../options/check-options.ts'
import {
  anything,
  objectWith,
  oneOf,
  nestedOptions,
  required,
  secretText,
  text,
  trueOrFalse,
  number,
} from '../../options/option-rules.ts'
import { MEDIA_STORAGE_RULES } from '../core/media-storage-rules.ts'
import type { MediaStorageOptions } from '../core/media-storage.ts'
import { DEFAULT_SIGNED_URL_EXPIRY } from '../urls/signed-urls.ts'

/** Options of {@link S3MediaStorage}. */
export interface S3MediaStorageOptions<TColumn extends PgColumn> extends MediaStorageOptions<TColumn> {
  bucketName: string
  /** Where in the bucket the files of this column are; they lie directly in it. Defaults to the bucket's root. */
  folderName?: string
  /** A client of the application's own. Give this or `clientConfig`. */
  client?: S3Client
  /**
   * How to reach the server: endpoint, region, credentials and all else that the SDK's `S3Client` takes. Without
   * credentials the SDK's own chain finds them. Defaults to what the SDK finds in its environment.
   */
  clientConfig?: S3ClientConfig
  /** Addresses are signed and expire. `false` for a public bucket. Defaults to `true`. */
  signUrls?: boolean
  /** Longest time, in seconds, that a signed URL stays valid, for reading and for direct uploads: at most 604800 (seven days, S3's limit). Defaults to 3600. */
  signedUrlExpiry?: number
  /** Where a public bucket is found, such as a CDN's `https://media.example.com`. Only without signing. */
  publicUrl?: string
  /**
   * Where thumbnails are served: by the admin, or by `serveMedia` in the application's own router.
   * The URLs of `storage.urls.thumbnail` begin with it.
   */
  rootUrl?: string
  /**
   * What addresses of thumbnails are signed with: at least 32 characters from a random source, the same on every server.
   * Of several the first signs, and addresses signed with the others stay valid. Without one they are not signed. The
   * files' own addresses are signed by the bucket's credentials.
   */
  signingSecret?: string | readonly string[]
  /**
   * How the admin hands out files: `redirect` sends browsers to the bucket, `proxy` streams through the server, for a
   * bucket that browsers cannot reach. Defaults to `redirect`.
   */
  serve?: 'redirect' | 'proxy'
  /**
   * Which way the admin's uploads go: `direct` has browsers send them to the bucket, in parts by signed addresses, so that
   * the server carries no bytes; the bucket's CORS rules must allow it (`vitrine doctor` tells). `server` takes them and
   * passes them on. Defaults to `server`.
   */
  uploads?: 'direct' | 'server'
  /** Sent along with each upload. No ACL is sent unless it is given here. */
  uploadMetadata?: S3UploadMetadata
  /**
   * Whether uploads carry a CRC32 that the server checks. `when-required` sends none, for servers that do not know it.
   * Defaults to `when-supported`.
   */
  checksums?: 'when-supported' | 'when-required'
}

/** What S3 keeps with an object, by the SDK's own names. */
export interface S3UploadMetadata {
  ACL?: ObjectCannedACL
  CacheControl?: string
  /** Replaces the one made of the file's name. */
  ContentDisposition?: string
  Metadata?: Record<string, string>
  StorageClass?: StorageClass
  ServerSideEncryption?: ServerSideEncryption
  SSEKMSKeyId?: string
}

/** Longest life of a signed URL, in seconds (S3, Signature Version 4). */
const MAX_SIGNED_URL_EXPIRY = 604_800

const UPLOAD_METADATA_RULES: OptionRules<S3UploadMetadata> = {
  ACL: text,
  CacheControl: text,
  ContentDisposition: text,
  Metadata: anything,
  StorageClass: text,
  ServerSideEncryption: text,
  SSEKMSKeyId: text,
}

const OPTION_RULES: OptionRules<S3MediaStorageOptions<PgColumn>> = {
  ...MEDIA_STORAGE_RULES,
  bucketName: required(text),
  folderName: text,
  client: objectWith('an S3Client', 'send'),
  clientConfig: objectWith('an object with endpoint, region and credentials'),
  signUrls: trueOrFalse,
  signedUrlExpiry: number,
  publicUrl: text,
  rootUrl: text,
  signingSecret: secretText,
  serve: oneOf('redirect', 'proxy'),
  uploads: oneOf('direct', 'server'),
  uploadMetadata: nestedOptions(UPLOAD_METADATA_RULES),
  checksums: oneOf('when-supported', 'when-required'),
}

/** @throws {TypeError} naming the option and what it may be */
export function checkS3Options(options: S3MediaStorageOptions<PgColumn>): void {
  checkOptions('S3MediaStorage', options, OPTION_RULES)
  const {
    bucketName,
    client,
    clientConfig,
    signUrls = true,
    signedUrlExpiry = DEFAULT_SIGNED_URL_EXPIRY,
    publicUrl,
  } = options
  if (bucketName === '') throw new TypeError('bucketName is empty: name the bucket.')
  if (client !== undefined && clientConfig !== undefined) throw new TypeError('Give client or clientConfig, not both.')
  if (!Number.isInteger(signedUrlExpiry) || signedUrlExpiry < 1 || signedUrlExpiry > MAX_SIGNED_URL_EXPIRY) {
    throw new TypeError(`signedUrlExpiry is ${signedUrlExpiry}, and must be 1 to ${MAX_SIGNED_URL_EXPIRY} seconds.`)
  }
  if (publicUrl !== undefined && signUrls)
    throw new TypeError('publicUrl is for public buckets: set signUrls to false.')
}
