/** A browser opens six connections to one HTTP/1.1 host: three for uploads leave three for images and saving. */
const DEFAULT_SLOTS = 3

interface Waiting {
  start: () => void
}

/** A counting semaphore, first come, first served. */
export class UploadSlots {
  #free: number
  readonly #line: Waiting[] = []

  constructor(count: number = DEFAULT_SLOTS) {
    this.#free = count
  }

  /** Runs `work` when a slot is free. Rejects when `signal` aborts while it still waits. */
  async use(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    await this.#acquire(signal)
    try {
      await work()
    } finally {
      this.#release()
    }
  }

  #acquire(signal: AbortSignal): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { start: resolve }
      this.#line.push(waiting)
      signal.addEventListener('abort', () => {
        const position = this.#line.indexOf(waiting)
        if (position < 0) return
        this.#line.splice(position, 1)
        reject(new DOMException('The upload was cancelled.', 'AbortError'))
      })
    })
  }

  #release(): void {
    const next = this.#line.shift()
    if (next) next.start()
    else this.#free += 1
  }
}
