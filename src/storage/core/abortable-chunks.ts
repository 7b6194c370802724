import { MediaStorageError } from './media-storage-error.ts'

/**
 * Passes chunks on until the signal fires.
 *
 * Attack: a client sends half a file and falls silent. Who waits for its next chunk never sees the signal, so the two
 * are waited for together.
 *
 * @throws {MediaStorageError} `UPLOAD_ABORTED` when `signal` fires
 */
export async function* abortableChunks(
  chunks: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  if (signal === undefined) {
    yield* chunks
    return
  }
  const iterator = chunks[Symbol.asyncIterator]()
  try {
    for (
      let next = await nextOrAbort(iterator, signal);
      next.done !== true;
      next = await nextOrAbort(iterator, signal)
    ) {
      yield next.value
    }
  } finally {
    const released = Promise.resolve(iterator.return?.()).catch(() => {})
    // A silent body lets go only when it speaks again: nobody waits for that.
    if (!signal.aborted) await released
  }
}

/** The error of an upload whose signal fired. */
export function uploadAborted(signal: AbortSignal): MediaStorageError {
  return new MediaStorageError('UPLOAD_ABORTED', 'The upload was stopped before its end: nothing was stored.', {
    cause: signal.reason,
  })
}

/** The listener is taken off again each time: one that stayed for each chunk would make memory grow with the file. */
function nextOrAbort(
  iterator: AsyncIterator<Uint8Array>,
  signal: AbortSignal,
): Promise<IteratorResult<Uint8Array, unknown>> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(uploadAborted(signal))
    if (signal.aborted) {
      abort()
      return
    }
    signal.addEventListener('abort', abort)
    iterator
      .next()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort))
  })
}
