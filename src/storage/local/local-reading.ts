import type { FileHandle } from 'node:fs/promises'
import type { ByteRange } from '../stored-file.ts'

/** Bytes read at a time: large enough for a disk to be fast, small enough for a thousand slow readers. */
const READ_SIZE = 256 * 1024

/**
 * Bytes of a file as a stream that reads only when it is asked, and closes the file at the end, on an error and when the
 * reader leaves.
 */
export function readFileRange(
  openFile: () => Promise<FileHandle>,
  range: Required<ByteRange>,
): ReadableStream<Uint8Array> {
  let handle: FileHandle | undefined
  let position = range.start
  const close = async () => {
    await handle?.close()
    handle = undefined
  }
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          handle ??= await openFile()
          const chunk = await readChunk(handle, position, range.end)
          position += chunk.byteLength
          controller.enqueue(chunk)
          if (position <= range.end) return
          await close()
          controller.close()
        } catch (error) {
          await close()
          throw error
        }
      },
      cancel: close,
    },
    { highWaterMark: 0 },
  )
}

async function readChunk(handle: FileHandle, start: number, end: number): Promise<Uint8Array> {
  const length = Math.min(READ_SIZE, end - start + 1)
  const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafeSlow(length), 0, length, start)
  if (bytesRead === 0) throw new Error(`The file ended at byte ${start}, before its size.`)
  return buffer.subarray(0, bytesRead)
}
