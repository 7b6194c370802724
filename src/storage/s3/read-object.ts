import type { ByteRange } from '../stored-file.ts'
import { sdk } from './load-sdk.ts'
import type { S3Bucket } from './s3-bucket.ts'

/** Which bytes of which object, as it was when it was looked at. */
export interface ObjectRead {
  bucket: S3Bucket
  objectKey: string
  etag: string
  range: Required<ByteRange>
}

/**
 * Bytes of an object as a stream that asks the server only when it is read, and lets the connection go when the reader
 * leaves. It fails when the object was replaced, and when fewer bytes arrive than were promised.
 */
export function readObject(read: ObjectRead): ReadableStream<Uint8Array> {
  const abort = new AbortController()
  let chunks: AsyncIterator<Uint8Array> | undefined
  let remaining = read.range.end - read.range.start + 1
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        chunks ??= await openObject(read, abort.signal)
        const { done, value } = await chunks.next()
        if (done === true) {
          if (remaining > 0) throw new Error(`The object ended ${remaining} bytes before its size.`)
          controller.close()
          return
        }
        remaining -= value.byteLength
        controller.enqueue(value)
        // Closed with its last byte, so that a reader that counts need not ask once more.
        if (remaining === 0) controller.close()
      },
      async cancel() {
        abort.abort()
        await chunks?.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}

async function openObject(read: ObjectRead, signal: AbortSignal): Promise<AsyncIterator<Uint8Array>> {
  const { bucket, objectKey, etag, range } = read
  const Range = `bytes=${range.start}-${range.end}`
  const get = new sdk.GetObjectCommand({ Bucket: bucket.name, Key: objectKey, Range, IfMatch: etag })
  const { Body } = await bucket.request('read the file', (client) => client.send(get, { abortSignal: signal }))
  if (Body === undefined) throw new Error('The server sent no body.')
  return Body.transformToWebStream()[Symbol.asyncIterator]()
}
