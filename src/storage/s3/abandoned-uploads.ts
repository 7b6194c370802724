import type { ListMultipartUploadsOutput, MultipartUpload } from '@aws-sdk/client-s3'
import { HIDDEN_FOLDER } from '../hidden/hidden-files.ts'
import { sdk } from './load-sdk.ts'
import type { S3Bucket } from './s3-bucket.ts'

/** Which unfinished uploads to give up. */
export interface AbandonedUploads {
  bucket: S3Bucket
  prefix: string
  /** Those that began before this moment. */
  before: Date
}

/** Gives up the unfinished multipart uploads of a folder that began long ago: their writers are gone. */
export function abortAbandonedUploads({ bucket, prefix, before }: AbandonedUploads): Promise<void> {
  const isAbandoned = (upload: MultipartUpload) => isOurs(upload, prefix) && (upload.Initiated ?? new Date()) < before
  return abortUploads({ bucket, prefix, isAbandoned })
}

/** Which of the unfinished uploads below a prefix to give up. */
export interface UploadsToAbort {
  bucket: S3Bucket
  prefix: string
  isAbandoned: (upload: MultipartUpload) => boolean | Promise<boolean>
}

/** Gives up unfinished multipart uploads. */
export async function abortUploads({ bucket, prefix, isAbandoned }: UploadsToAbort): Promise<void> {
  let markers: { KeyMarker?: string; UploadIdMarker?: string } | null = {}
  while (markers !== null) {
    const list = new sdk.ListMultipartUploadsCommand({ Bucket: bucket.name, Prefix: prefix, ...markers })
    const page: ListMultipartUploadsOutput = await bucket.request('list unfinished uploads', (client) =>
      client.send(list),
    )
    for (const upload of page.Uploads ?? []) {
      if (await isAbandoned(upload)) await abort(bucket, upload)
    }
    const { IsTruncated, NextKeyMarker: KeyMarker = '', NextUploadIdMarker: UploadIdMarker = '' } = page
    markers = IsTruncated === true ? { KeyMarker, UploadIdMarker } : null
  }
}

/** What lies in a folder inside this one belongs to somebody else, and a resumable upload has a life of its own. */
function isOurs({ Key = '' }: MultipartUpload, prefix: string): boolean {
  const name = Key.slice(prefix.length)
  const isHidden = name.startsWith(`${HIDDEN_FOLDER}/`) && !name.startsWith(`${HIDDEN_FOLDER}/uploads/`)
  return Key.startsWith(prefix) && (isHidden || !name.includes('/'))
}

async function abort(bucket: S3Bucket, { Key, UploadId }: MultipartUpload): Promise<void> {
  const command = new sdk.AbortMultipartUploadCommand({ Bucket: bucket.name, Key, UploadId })
  await bucket.request('give up an upload', (client) => client.send(command))
}
