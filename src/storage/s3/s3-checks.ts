import { type Diagnosis, diagnose } from '../core/diagnosis.ts'
import { sdk } from './load-sdk.ts'
import type { BucketUrls } from './bucket-urls.ts'
import { diagnoseClock } from './clock-check.ts'
import { diagnoseCors } from './cors-check.ts'
import type { S3Bucket } from './s3-bucket.ts'
import { getReason, remedyFor } from './s3-remedies.ts'

/** The folder of a bucket that is checked. */
export interface BucketFolder {
  bucket: S3Bucket
  urls: BucketUrls
  /** With its closing slash; empty for the root. */
  prefix: string
}

/** How the folder's uploads go, and what the doctor was told. */
export interface UploadWay {
  isDirect: boolean
  /** Of the admin's pages; `null` when it is not known. */
  origin: string | null
}

/** Checks the bucket itself. When it cannot be reached, whatever follows would fail in the same way. */
export async function* diagnoseBucket(folder: BucketFolder, way: UploadWay): AsyncGenerator<Diagnosis> {
  const reaching = await diagnoseReach(folder)
  yield reaching
  if (reaching.status === 'failed') return
  yield await diagnoseClock(await folder.urls.plain(''))
  yield await diagnoseMultipart(folder)
  const objectUrl = await folder.urls.plain(`${folder.prefix}vitrine-doctor.part`)
  yield await diagnoseCors({ ...way, bucket: folder.bucket, objectUrl })
}

/** The right that a check of every storage needs here. */
export function withPermission(diagnosis: Diagnosis, { bucket, prefix }: BucketFolder): Diagnosis {
  const permission = PERMISSIONS.get(diagnosis.check)
  if (diagnosis.status !== 'failed' || permission === undefined) return diagnosis
  const resource = permission === 's3:ListBucket' ? bucket.name : `${bucket.name}/${prefix}*`
  return { ...diagnosis, remedy: `Allow ${permission} on arn:aws:s3:::${resource}. ${diagnosis.remedy ?? ''}`.trim() }
}

const PERMISSIONS: ReadonlyMap<string, string> = new Map([
  ['list', 's3:ListBucket'],
  ['store', 's3:PutObject'],
  ['read', 's3:GetObject'],
  ['range', 's3:GetObject'],
  ['absent file', 's3:ListBucket'],
  ['delete', 's3:DeleteObject'],
])

/** By a listing of one file: a failed HEAD, which has no body, does not say why. */
async function diagnoseReach({ bucket, prefix }: BucketFolder): Promise<Diagnosis> {
  const check = 'bucket'
  const list = new sdk.ListObjectsV2Command({ Bucket: bucket.name, Prefix: prefix, MaxKeys: 1 })
  const head = new sdk.HeadBucketCommand({ Bucket: bucket.name })
  try {
    await bucket.request('be reached', (client) => client.send(list))
    await bucket.request('be reached', (client) => client.send(head))
    return { check, status: 'ok', message: 'The bucket exists and takes these credentials.' }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { check, status: 'failed', message, remedy: remedyFor(getReason(error)) }
  }
}

/** Two parts and then none: nothing of it may stay. */
function diagnoseMultipart({ bucket, prefix }: BucketFolder): Promise<Diagnosis> {
  const location = { Bucket: bucket.name, Key: `${prefix}vitrine-doctor-${crypto.randomUUID()}.part` }
  return diagnose({
    check: 'multipart upload',
    success: 'Large files can be sent in parts, and given up.',
    remedy: `Allow s3:PutObject, s3:AbortMultipartUpload and s3:ListBucketMultipartUploads on ${bucket.name}.`,
    run: async () => {
      const create = new sdk.CreateMultipartUploadCommand(location)
      const { UploadId } = await bucket.request('begin an upload', (client) => client.send(create))
      const upload = { ...location, UploadId }
      try {
        for (const PartNumber of [1, 2]) {
          const part = new sdk.UploadPartCommand({ ...upload, PartNumber, Body: new Uint8Array(1024) })
          await bucket.request('store a part', (client) => client.send(part))
        }
      } finally {
        const abort = new sdk.AbortMultipartUploadCommand(upload)
        await bucket.request('give up an upload', (client) => client.send(abort))
      }
      const list = new sdk.ListMultipartUploadsCommand({ Bucket: bucket.name, Prefix: location.Key })
      const { Uploads = [] } = await bucket.request('list unfinished uploads', (client) => client.send(list))
      if (Uploads.length > 0) throw new Error('An upload that was given up is still there, and its parts cost space.')
    },
  })
}
