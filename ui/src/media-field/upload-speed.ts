/** How much of the past counts. Short enough to follow a changing network, long enough not to flicker. */
const WINDOW_MILLISECONDS = 4000
/** Before that, the number is mostly the size of the socket's buffer. */
const WARM_UP_MILLISECONDS = 800

interface Sample {
  at: number
  sentBytes: number
}

export interface MeasuredSpeed {
  bytesPerSecond: number | null
  secondsLeft: number | null
}

/** The speed of one upload over the last few seconds. */
export class UploadSpeed {
  readonly #totalBytes: number
  #samples: Sample[] = []

  constructor(totalBytes: number) {
    this.#totalBytes = totalBytes
  }

  /** @param at Milliseconds on a clock that never jumps. */
  measure(sentBytes: number, at: number): MeasuredSpeed {
    this.#samples.push({ at, sentBytes })
    this.#samples = this.#samples.filter((sample) => at - sample.at <= WINDOW_MILLISECONDS)
    const first = this.#samples[0]
    if (!first || at - first.at < WARM_UP_MILLISECONDS) return { bytesPerSecond: null, secondsLeft: null }
    const bytesPerSecond = ((sentBytes - first.sentBytes) * 1000) / (at - first.at)
    if (bytesPerSecond <= 0) return { bytesPerSecond: 0, secondsLeft: null }
    return { bytesPerSecond, secondsLeft: Math.ceil((this.#totalBytes - sentBytes) / bytesPerSecond) }
  }
}
