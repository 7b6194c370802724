import type { PutObjectCommandInput } from '@aws-sdk/client-s3'
import type { S3Bucket } from './s3-bucket.ts'

/** The name of the mark that tells this upload's object from another one under the same key. */
export const UPLOAD_MARK = 'vitrine-upload'

/** An object on its way into a bucket. */
export interface ObjectUpload {
  bucket: S3Bucket
  /** Bucket, key, type and whatever else is kept with the object. */
  object: Omit<PutObjectCommandInput, 'Body'> & { Bucket: string; Key: string }
  /** The bytes carry a CRC32 that the server checks. */
  sendsChecksums: boolean
  /** Takes the place of an object with the same key. Defaults to `false`. */
  overwrites?: boolean
}

/** The condition of the request that makes the object visible. */
export function getCondition({ overwrites = false }: ObjectUpload): { IfNoneMatch?: '*' } {
  return overwrites ? {} : { IfNoneMatch: '*' }
}
