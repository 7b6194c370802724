import type { CleanUpProgress, UnusedFilesOptions } from './clean-up-options.ts'

/** Entries between two messages on the progress, and two looks at the signal. */
const STEP = 1000

/** Passes on what comes, tells how much it was, and looks at the signal. */
export async function* watched<TEntry>(
  entries: AsyncIterable<TEntry>,
  stage: CleanUpProgress['stage'],
  { signal, onProgress }: UnusedFilesOptions,
): AsyncGenerator<TEntry> {
  let done = 0
  for await (const entry of entries) {
    yield entry
    done += 1
    if (done % STEP !== 0) continue
    signal?.throwIfAborted()
    onProgress?.({ stage, done, total: null })
  }
  signal?.throwIfAborted()
  onProgress?.({ stage, done, total: done })
}
