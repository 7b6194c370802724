import { abortableChunks } from '../core/abortable-chunks.ts'
import { MediaStorageError } from '../core/media-storage-error.ts'
import { CHECKSUM_ALGORITHM, crc32Checksum } from './crc32-checksum.ts'
import { sdk } from './load-sdk.ts'
import { MultipartUpload } from './multipart-upload.ts'
import { type ObjectUpload, UPLOAD_MARK, getCondition } from './object-upload.ts'
import { type Part, getParts } from './split-parts.ts'
import { isNotFound, isPreconditionFailed } from './s3-errors.ts'
import { UNSIGNED_PAYLOAD_STEP, unsignedPayload } from './unsigned-payload.ts'

/** Bytes of a part. S3 takes 10 000 parts of at least 5 MiB: with these a file may have 80 GB. */
const PART_SIZE = 8 * 1024 * 1024

/**
 * Streams an object into a bucket: in one request when it is small, else in parts. It can be seen only when all of it is
 * there, and never takes the place of another object unless that is asked for.
 *
 * @throws {MediaStorageError} `FILE_EXISTS` or `STORAGE_FAILURE`
 */
export async function uploadObject(upload: ObjectUpload, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const Metadata = { ...upload.object.Metadata, [UPLOAD_MARK]: crypto.randomUUID() }
  const marked = { ...upload, object: { ...upload.object, Metadata } }
  const failure = new AbortController()
  const parts = getParts(abortableChunks(chunks, failure.signal), PART_SIZE)
  const first = await parts.next()
  if (first.done === true) return
  if (first.value.isLast) {
    await unlessExisting(marked, () => putWhole(marked, first.value))
    return
  }
  const multipart = await MultipartUpload.create(marked)
  try {
    await multipart.sendAll(first.value, parts, failure)
    await unlessExisting(marked, () => multipart.complete())
  } catch (error) {
    await multipart.abort()
    throw error
  }
}

async function putWhole(upload: ObjectUpload, { bytes }: Part): Promise<void> {
  const { bucket, object, sendsChecksums } = upload
  const checksum = sendsChecksums ? { ...CHECKSUM_ALGORITHM, ...crc32Checksum(bytes) } : {}
  const put = new sdk.PutObjectCommand({ ...object, ...checksum, Body: bytes, ...getCondition(upload) })
  if (sendsChecksums) put.middlewareStack.add(unsignedPayload, UNSIGNED_PAYLOAD_STEP)
  await bucket.request('store the file', (client) => client.send(put))
}

/**
 * Runs the request that makes the object visible. Its answer can get lost after the server has done it; the client then
 * asks again and is refused, because the object is there. The mark tells whether it is this one.
 */
async function unlessExisting(upload: ObjectUpload, request: () => Promise<void>): Promise<void> {
  try {
    await request()
  } catch (error) {
    if (!(error instanceof MediaStorageError) || !(isPreconditionFailed(error) || isNotFound(error))) throw error
    if (await isStored(upload)) return
    if (!isPreconditionFailed(error)) throw error
    throw new MediaStorageError('FILE_EXISTS', 'The file cannot be stored: there is one with the same key.', {
      cause: error,
    })
  }
}

async function isStored({ bucket, object: { Bucket, Key, Metadata } }: ObjectUpload): Promise<boolean> {
  try {
    const look = new sdk.HeadObjectCommand({ Bucket, Key })
    const head = await bucket.request('look for the file', (client) => client.send(look))
    return head.Metadata?.[UPLOAD_MARK] === Metadata?.[UPLOAD_MARK]
  } catch (error) {
    if (error instanceof MediaStorageError && isNotFound(error)) return false
    throw error
  }
}
