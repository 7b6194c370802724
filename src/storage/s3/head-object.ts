import type { HeadObjectOutput } from '@aws-sdk/client-s3'
import { getContentType } from '../keys/file-types.ts'
import { MediaStorageError } from '../core/media-storage-error.ts'
import { StoredFile } from '../core/stored-file.ts'
import { sdk } from './load-sdk.ts'
import { readObject } from './read-object.ts'
import type { S3Bucket } from './s3-bucket.ts'
import { isNotFound } from './s3-errors.ts'

/** What the server tells of an object; `null` when there is none. */
export async function headObject(bucket: S3Bucket, objectKey: string): Promise<HeadObjectOutput | null> {
  const look = new sdk.HeadObjectCommand({ Bucket: bucket.name, Key: objectKey })
  try {
    return await bucket.request('look for the file', (client) => client.send(look))
  } catch (error) {
    if (!(error instanceof MediaStorageError) || !isNotFound(error)) throw error
    await bucket.requireExistence()
    return null
  }
}

/** An object as a file that is known under a key; `null` when there is none. */
export async function openObject(bucket: S3Bucket, objectKey: string, key: string): Promise<StoredFile | null> {
  const head = await headObject(bucket, objectKey)
  if (head === null) return null
  const { ETag: etag = '', ContentLength: size = 0, LastModified: lastModified = new Date(0) } = head
  return new StoredFile({ key, size, contentType: getContentType(key), lastModified, etag }, (range) =>
    readObject({ bucket, objectKey, etag, range }),
  )
}
