import type { CleanUpProgress, UnusedFilesOptions } from './clean-up-options.ts'
import { unlessAborted } from './unless-aborted.ts'

/** Entries between two messages on the progress, and two looks at the signal. */
const STEP = 1000

/** Passes on what comes, tells how much it was, and looks at the signal. */
export async function* watched<TEntry>(
  entries: AsyncIterable<TEntry>,
  stage: CleanUpProgress['stage'],
  options: UnusedFilesOptions,
): AsyncGenerator<TEntry> {
  const watch = new Watch(stage, options)
  for await (const entry of entries) {
    yield entry
    watch.count(1)
  }
  watch.end()
}

/** The same for what comes in pages: a step for each of ten million takes longer than all that is done with it. */
export async function* watchedPages<TEntry>(
  pages: AsyncIterable<readonly TEntry[]>,
  stage: CleanUpProgress['stage'],
  options: UnusedFilesOptions,
): AsyncGenerator<readonly TEntry[]> {
  const watch = new Watch(stage, options)
  const iterator = pages[Symbol.asyncIterator]()
  try {
    for (;;) {
      const { done, value } = await unlessAborted(iterator.next(), options.signal)
      if (done === true) break
      yield value
      watch.count(value.length)
    }
  } finally {
    const ended = iterator.return?.()
    // What hangs ends when it can: nobody waits for it.
    if (options.signal?.aborted === true) ended?.catch(() => {})
    else await ended
  }
  watch.end()
}

/** Counts what is done in one stage. */
export class Watch {
  readonly #stage: CleanUpProgress['stage']
  readonly #options: UnusedFilesOptions
  #done = 0
  #reported = 0

  constructor(stage: CleanUpProgress['stage'], options: UnusedFilesOptions) {
    this.#stage = stage
    this.#options = options
  }

  /** Notes that so much more is done. Throws the signal's reason when it has been aborted. */
  count(entries: number): void {
    this.#done += entries
    if (this.#done - this.#reported < STEP) return
    this.#reported = this.#done
    this.#options.signal?.throwIfAborted()
    this.#options.onProgress?.({ stage: this.#stage, done: this.#done, total: null })
  }

  /** Notes that all is done. */
  end(): void {
    this.#options.signal?.throwIfAborted()
    this.#options.onProgress?.({ stage: this.#stage, done: this.#done, total: this.#done })
  }
}
