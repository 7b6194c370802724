import type { ByteRange, FileReader } from '../core/stored-file.ts'

/** Bytes read at a time: large enough for a disk to be fast, small enough for a thousand slow readers. */
const READ_SIZE = 256 * 1024

/**
 * Bytes of a file as a stream that reads only when it is asked, and closes the file at the end, on an error and when the
 * reader leaves.
 */
export function readFileRange(
  openReader: () => Promise<FileReader>,
  range: Required<ByteRange>,
): ReadableStream<Uint8Array> {
  let reader: FileReader | undefined
  let position = range.start
  const close = async () => {
    await reader?.close()
    reader = undefined
  }
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          reader ??= await openReader()
          const buffer = Buffer.allocUnsafeSlow(Math.min(READ_SIZE, range.end - position + 1))
          const size = await reader.read(buffer, position)
          position += size
          controller.enqueue(buffer.subarray(0, size))
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
