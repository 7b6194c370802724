import { MediaStorageError } from '../core/media-storage-error.ts'
import type { ByteRange } from '../core/stored-file.ts'
import { sdk } from './load-sdk.ts'
import type { S3Bucket } from './s3-bucket.ts'

/** Which bytes of which object, as it was when it was looked at. */
export interface ObjectRead {
  bucket: S3Bucket
  objectKey: string
  etag: string
  range: Required<ByteRange>
}

/** How often in a row a reading that breaks off without a byte is taken up again. */
const RESUMPTIONS = 2

/**
 * Bytes of an object as a stream that asks the server only when it is read, and lets the connection go when the reader
 * leaves. It fails when the object was replaced, and when fewer bytes arrive than were promised.
 */
export function readObject(read: ObjectRead): ReadableStream<Uint8Array> {
  const abort = new AbortController()
  const chunks = resumedChunks(read, abort.signal)
  let remaining = getLength(read.range)
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next()
        if (done === true) return
        remaining -= value.byteLength
        controller.enqueue(value)
        // Closed with its last byte, so that a reader that counts need not ask once more.
        if (remaining === 0) controller.close()
      },
      async cancel() {
        abort.abort()
        await chunks.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}

/**
 * The bytes from first to last. A connection that breaks off is taken up where it ended: the network does that, and so
 * does the time-out of a connection from which a reader that pauses takes nothing.
 */
async function* resumedChunks(read: ObjectRead, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  let { start } = read.range
  let failures = 0
  while (start <= read.range.end) {
    const range = { start, end: read.range.end }
    const chunks = await openObject({ ...read, range }, signal)
    try {
      for await (const chunk of exactly(getLength(range), chunks)) {
        start += chunk.byteLength
        failures = 0
        yield chunk
      }
    } catch (error) {
      failures += 1
      if (signal.aborted || failures > RESUMPTIONS) throw await read.bucket.failure('read the file', error)
    }
  }
}

/** Fails when the chunks are not so many bytes: a server may mistake the range, and a proxy may lose the end. */
async function* exactly(length: number, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let remaining = length
  for await (const chunk of chunks) {
    remaining -= chunk.byteLength
    if (remaining < 0) throw wrongLength('it sent more bytes than were asked for')
    yield chunk
  }
  if (remaining > 0) throw wrongLength(`its answer ended ${remaining} bytes early`)
}

function wrongLength(how: string): MediaStorageError {
  return new MediaStorageError('STORAGE_FAILURE', `The storage could not read the file: ${how}.`)
}

async function openObject(read: ObjectRead, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
  const { bucket, objectKey, etag, range } = read
  const Range = `bytes=${range.start}-${range.end}`
  const get = new sdk.GetObjectCommand({ Bucket: bucket.name, Key: objectKey, Range, IfMatch: etag })
  const { Body } = await bucket.request('read the file', (client) => client.send(get, { abortSignal: signal }))
  if (Body === undefined) throw new Error('The server sent no body.')
  return Body.transformToWebStream()
}

function getLength({ start, end }: Required<ByteRange>): number {
  return end - start + 1
}
