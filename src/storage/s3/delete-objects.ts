import { MediaStorageError } from '../core/media-storage-error.ts'
import type { BulkDeleteReport } from '../core/media-storage-types.ts'
import { sdk } from './load-sdk.ts'
import type { S3Bucket } from './s3-bucket.ts'

/** Most keys of one DeleteObjects request (S3). */
const MAX_BATCH_SIZE = 1000

/** Deletes files in batches. A request that fails fails its own keys, and the next one is tried all the same. */
export async function deleteObjects(
  bucket: S3Bucket,
  prefix: string,
  keys: readonly string[],
): Promise<BulkDeleteReport> {
  const report: BulkDeleteReport = { deleted: [], failed: [] }
  for (let start = 0; start < keys.length; start += MAX_BATCH_SIZE) {
    const { deleted, failed } = await deleteBatch(bucket, prefix, keys.slice(start, start + MAX_BATCH_SIZE))
    report.deleted.push(...deleted)
    report.failed.push(...failed)
  }
  return report
}

async function deleteBatch(bucket: S3Bucket, prefix: string, keys: readonly string[]): Promise<BulkDeleteReport> {
  const Objects = keys.map((key) => ({ Key: `${prefix}${key}` }))
  const command = new sdk.DeleteObjectsCommand({ Bucket: bucket.name, Delete: { Objects, Quiet: true } })
  try {
    const { Errors = [] } = await bucket.request('delete files', (client) => client.send(command))
    // What is gone is what was wanted: some servers call it an error.
    const failures = Errors.filter(({ Code }) => Code !== 'NoSuchKey')
    const reasons = new Map(failures.map(({ Key = '', Code = 'unknown error' }) => [Key.slice(prefix.length), Code]))
    return {
      deleted: keys.filter((key) => !reasons.has(key)),
      failed: Array.from(reasons, ([key, reason]) => ({ key, error: undeleted(bucket, reason) })),
    }
  } catch (error) {
    if (!(error instanceof MediaStorageError)) throw error
    return { deleted: [], failed: keys.map((key) => ({ key, error })) }
  }
}

function undeleted(bucket: S3Bucket, reason: string): MediaStorageError {
  return new MediaStorageError('STORAGE_FAILURE', `The bucket ${bucket.name} could not delete the file: ${reason}.`)
}
