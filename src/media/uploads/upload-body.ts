import { abortableChunks } from '../../storage/core/abortable-chunks.ts'
import { MediaStorageError } from '../../storage/core/media-storage-error.ts'
import { UploadError } from './upload-error.ts'

/**
 * The bytes of a request as an upload takes them. Where the connection breaks off, or somebody else waits for the upload,
 * they end without an error, so that what came before is kept; {@link failure} tells why.
 */
export class UploadBody {
  readonly #chunks: AsyncIterable<Uint8Array>
  readonly #room: number
  readonly #stop: AbortSignal
  #failure: unknown = null

  /** @param room - how many bytes the upload still takes */
  constructor(chunks: AsyncIterable<Uint8Array>, room: number, stop: AbortSignal) {
    this.#chunks = chunks
    this.#room = room
    this.#stop = stop
  }

  /** Why the bytes ended early; `null` when they did not. */
  get failure(): unknown {
    return this.#failure
  }

  /** All bytes, or an error. */
  async *whole(): AsyncGenerator<Uint8Array> {
    yield* this.#limited(abortableChunks(untilBroken(this.#chunks), this.#stop))
  }

  /** The bytes that arrive. */
  async *arriving(): AsyncGenerator<Uint8Array> {
    try {
      yield* this.whole()
    } catch (error) {
      this.#failure = error
    }
  }

  /**
   * Attack: a client says that it sends little, or says nothing, and sends without end. The chunk that fills the upload is
   * held back until the request has ended, so that one that goes on leaves no upload that looks complete.
   */
  async *#limited(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let received = 0
    let last: Uint8Array | null = null
    for await (const chunk of chunks) {
      received += chunk.byteLength
      if (received > this.#room) throw tooManyBytes()
      if (received < this.#room) yield chunk
      else if (chunk.byteLength > 0) last = chunk
    }
    if (last !== null) yield last
  }
}

/** A connection that breaks is the client's doing, not the server's failure. */
async function* untilBroken(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks
  } catch (error) {
    throw new UploadError('UPLOAD_ABORTED', 'The connection broke off: what came before is kept.', { cause: error })
  }
}

/** The error for more bytes than the upload said it has. */
export function tooManyBytes(): MediaStorageError {
  return new MediaStorageError('FILE_TOO_LARGE', 'More bytes were sent than the upload is long.')
}
