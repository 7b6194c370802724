import { MediaStorageError } from './media-storage-error.ts'

/** The bytes of a file on their way into a storage. */
export type FileBody = Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> | Uint8Array

/** Any body as a stream of chunks, which remembers the error it broke off with. */
export class WatchedBody implements AsyncIterable<Uint8Array> {
  readonly #chunks: AsyncIterable<Uint8Array>
  #failure: { error: unknown } | null = null

  constructor(body: FileBody) {
    this.#chunks = getChunks(body)
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      yield* this.#chunks
    } catch (error) {
      this.#failure = { error }
      throw error
    }
  }

  hasFailedWith(error: unknown): boolean {
    return this.#failure !== null && this.#failure.error === error
  }
}

/**
 * Passes chunks on until they are more than `maxSize` bytes.
 *
 * Attack: a client declares a small size, or none, and sends without end. What counts is what arrives.
 *
 * @throws {MediaStorageError} `FILE_TOO_LARGE` with the chunk that passes the limit
 */
export async function* limitSize(
  chunks: AsyncIterable<Uint8Array>,
  maxSize: number | null,
): AsyncGenerator<Uint8Array> {
  let received = 0
  for await (const chunk of chunks) {
    // A Node stream with an encoding gives strings, which have no length in bytes: they would be lost without a word.
    if (!(chunk instanceof Uint8Array)) throw new TypeError('A chunk of the body is not a Uint8Array.')
    received += chunk.byteLength
    if (maxSize !== null && received > maxSize) throw fileTooLarge(maxSize)
    yield chunk
  }
}

/** The error for a file of more than `maxSize` bytes. */
export function fileTooLarge(maxSize: number): MediaStorageError {
  return new MediaStorageError('FILE_TOO_LARGE', `The file is too large: at most ${readableSize(maxSize)} are allowed.`)
}

function readableSize(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3))
  return `${Number((bytes / 1000 ** power).toFixed(1))} ${units[power] ?? ''}`
}

function getChunks(body: FileBody): AsyncIterable<Uint8Array> {
  if (body instanceof Uint8Array) return single(body)
  if (body instanceof Blob) return body.stream()
  return body
}

async function* single(chunk: Uint8Array): AsyncGenerator<Uint8Array> {
  yield chunk
}
