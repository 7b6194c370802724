import { abortableChunks } from './abortable-chunks.ts'
import { type FileBody, WatchedBody } from './file-body.ts'
import type { MediaStorageError } from './media-storage-error.ts'
import type { WriteContext } from './media-storage-types.ts'

/** Where the chunks of a body go, and what is told when that fails. */
export interface BodyTarget {
  write: (chunks: AsyncIterable<Uint8Array>) => Promise<void>
  toError: (error: unknown) => MediaStorageError
}

/** Streams a body into a storage; its chunks are checked as they arrive. */
export async function writeBody(
  body: FileBody,
  { receive, beforeVisible, signal }: WriteContext,
  { write, toError }: BodyTarget,
): Promise<void> {
  const source = new WatchedBody(body)
  try {
    await write(abortableChunks(followedBy(receive(source), beforeVisible), signal))
  } catch (error) {
    // A body that breaks off is no failure of the storage: its own error goes back to whoever gave it.
    throw source.hasFailedWith(error) ? error : toError(error)
  }
}

async function* followedBy(
  chunks: AsyncIterable<Uint8Array>,
  callback: WriteContext['beforeVisible'],
): AsyncGenerator<Uint8Array> {
  yield* chunks
  await callback?.()
}
