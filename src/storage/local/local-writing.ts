import type { FileHandle } from 'node:fs/promises'
import { uploadAborted } from '../core/abortable-chunks.ts'

/** Bytes gathered for one write: the chunks of a socket are small, and a call for each would cost more than the copy. */
const WRITE_SIZE = 1024 * 1024

/** The same when many files are written at a time. */
const MIN_WRITE_BYTES = 128 * 1024

/** Bytes gathered in all. */
const GATHERED = 32 * WRITE_SIZE

/** Attack: a body in chunks of one byte makes each byte an object. So many are gathered at most, however small. */
const WRITE_CHUNKS = 512

/** Writes files, many at a time: the more there are, the less is gathered for each, so that memory is bounded. */
export class ChunkWriter {
  #files = 0

  /**
   * Writes all chunks to a file, gathered to large writes. One write is under way while the next is gathered, so that
   * neither the disk nor the sender waits, and at most two are in memory.
   *
   * @throws {MediaStorageError} `UPLOAD_ABORTED` when `signal` fires
   */
  async write(handle: FileHandle, chunks: AsyncIterable<Uint8Array>, signal: AbortSignal | undefined): Promise<void> {
    let writing: Promise<void> = Promise.resolve()
    let gathered: Uint8Array[] = []
    let size = 0
    this.#files += 1
    try {
      for await (const chunk of chunks) {
        throwIfAborted(signal)
        gathered.push(chunk)
        size += chunk.byteLength
        if (size < this.#writeSize && gathered.length < WRITE_CHUNKS) continue
        await writing
        writing = writeFully(handle, gathered)
        // It is awaited before the next write; without this an error before then would count as unhandled.
        writing.catch(() => {})
        gathered = []
        size = 0
      }
      throwIfAborted(signal)
      await writing
      await writeFully(handle, gathered)
    } finally {
      this.#files -= 1
      await Promise.allSettled([writing])
    }
  }

  get #writeSize(): number {
    return Math.max(MIN_WRITE_BYTES, Math.min(WRITE_SIZE, GATHERED / this.#files))
  }
}

/** One call may write less than it was given; the rest is written until all is. */
async function writeFully(handle: FileHandle, chunks: Uint8Array[]): Promise<void> {
  let remaining = chunks.filter((chunk) => chunk.byteLength > 0)
  while (remaining.length > 0) {
    const { bytesWritten } = await handle.writev(remaining)
    remaining = dropBytes(remaining, bytesWritten)
  }
}

function dropBytes(chunks: Uint8Array[], count: number): Uint8Array[] {
  let dropped = count
  const rest: Uint8Array[] = []
  for (const chunk of chunks) {
    if (dropped < chunk.byteLength) rest.push(chunk.subarray(dropped))
    dropped = Math.max(0, dropped - chunk.byteLength)
  }
  return rest
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw uploadAborted(signal)
}
