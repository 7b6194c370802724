import type { CompletedPart, CreateMultipartUploadCommandInput, HeadObjectOutput } from '@aws-sdk/client-s3'
import { sdk } from './load-sdk.ts'
import { encodeStrictly } from './presigner.ts'
import type { S3Bucket } from './s3-bucket.ts'

/**
 * Largest object, in bytes, that is copied in one request, and the size of the parts of a larger one. S3 would take 5 GB,
 * but the server is silent while it copies, and a connection that is silent for seconds is given up.
 */
const MAX_COPY_BYTES = 128 * 1024 ** 2

/** Parts of a larger object under way at a time. */
const PARTS_AT_A_TIME = 4

/** An object to be copied inside its bucket. */
export interface ObjectCopy {
  bucket: S3Bucket
  /** The key of the object that is copied, and what is known of it. */
  from: string
  head: HeadObjectOutput
  /** The copy: its key, type and whatever else is kept with it. */
  object: CreateMultipartUploadCommandInput & { Bucket: string; Key: string }
  /** Whether there may be an object under the copy's key, whose place it then takes. */
  overwrites: boolean
}

/**
 * Copies an object inside its bucket, by the server itself. What is copied is what was looked at, or nothing.
 *
 * @param maxCopyBytes - in bytes; what is larger is copied in parts of that size
 */
export async function copyObject(copy: ObjectCopy, maxCopyBytes: number = MAX_COPY_BYTES): Promise<void> {
  const { bucket, head, object } = copy
  if ((head.ContentLength ?? 0) > maxCopyBytes) {
    await copyInParts(copy, maxCopyBytes)
    return
  }
  const command = new sdk.CopyObjectCommand({
    ...object,
    ...getSource(copy),
    ...getCondition(copy),
    MetadataDirective: 'REPLACE',
  })
  await bucket.request('move the file', (client) => client.send(command))
}

async function copyInParts(copy: ObjectCopy, partSize: number): Promise<void> {
  const { bucket, object } = copy
  const create = new sdk.CreateMultipartUploadCommand(object)
  const { UploadId } = await bucket.request('begin to move the file', (client) => client.send(create))
  const location = { Bucket: object.Bucket, Key: object.Key, UploadId }
  try {
    const Parts = await copyParts(copy, { ...location, partSize })
    const complete = new sdk.CompleteMultipartUploadCommand({
      ...location,
      MultipartUpload: { Parts },
      ...getCondition(copy),
    })
    await bucket.request('move the file', (client) => client.send(complete))
  } catch (error) {
    // When even that fails the parts stay invisible until a sweep: the first error is the one to tell.
    await bucket.client.send(new sdk.AbortMultipartUploadCommand(location)).catch(() => {})
    throw error
  }
}

interface PartLocation {
  Bucket: string
  Key: string
  UploadId: string | undefined
  partSize: number
}

async function copyParts(copy: ObjectCopy, { partSize, ...location }: PartLocation): Promise<CompletedPart[]> {
  const size = copy.head.ContentLength ?? 0
  const completed: CompletedPart[] = []
  const numbers = Array.from({ length: Math.ceil(size / partSize) }, (_, index) => index + 1)
  const remaining = numbers.values()
  const copyRemaining = async () => {
    for (const PartNumber of remaining) {
      const start = (PartNumber - 1) * partSize
      const CopySourceRange = `bytes=${start}-${Math.min(start + partSize, size) - 1}`
      const part = new sdk.UploadPartCopyCommand({ ...location, ...getSource(copy), PartNumber, CopySourceRange })
      const { CopyPartResult } = await copy.bucket.request('move the file', (client) => client.send(part))
      completed[PartNumber - 1] = { PartNumber, ...(CopyPartResult?.ETag === undefined ? {} : CopyPartResult) }
    }
  }
  await Promise.all(Array.from({ length: PARTS_AT_A_TIME }, copyRemaining))
  return completed
}

function getSource({ bucket, from, head }: ObjectCopy) {
  const path = from.split('/').map(encodeStrictly).join('/')
  return { CopySource: `${bucket.name}/${path}`, ...(head.ETag === undefined ? {} : { CopySourceIfMatch: head.ETag }) }
}

function getCondition({ overwrites }: ObjectCopy) {
  return overwrites ? {} : { IfNoneMatch: '*' }
}
