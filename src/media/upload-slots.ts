import { UploadError } from './uploads/upload-error.ts'

/** How many uploads may run at a time in one process. */
export interface UploadLimits {
  /** Of one person. Defaults to 50. */
  perUser?: number
  /** In all. A quarter of them is for those who have fewer than three under way. Defaults to 200. */
  total?: number
  /** Longest time, in seconds, that an upload waits for a slot before it is refused. Defaults to 60. */
  timeout?: number
}

/** As many wait as may run, so that what waits is bounded too. */
const DEFAULT_LIMITS: Required<UploadLimits> = { perUser: 50, total: 200, timeout: 60 }

/** How long, in seconds, a client that was refused should wait. */
const RETRY_AFTER = 5

interface Waiting {
  userId: string
  start: () => void
}

/**
 * The places for uploads in this process: each that runs takes memory. Who finds none waits, unread, in line; who waits too
 * long is refused.
 *
 * Attack: somebody opens as many uploads as he can and sends a byte a minute on each. He fills his own places, not those of
 * the others.
 */
export class UploadSlots {
  readonly #limits: Required<UploadLimits>
  readonly #running = new Map<string, number>()
  #total = 0
  readonly #line: Waiting[] = []

  /** @throws {TypeError} when a limit is no positive number */
  constructor(limits: UploadLimits = {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits }
    for (const [name, limit] of Object.entries(this.#limits)) {
      if (!(limit > 0)) throw new TypeError(`uploadLimits.${name} is ${limit}, and must be a positive number.`)
    }
  }

  /**
   * Runs an upload when there is a place for it.
   *
   * @throws {UploadError} `TOO_MANY_REQUESTS` for too many of one person, `UNAVAILABLE` for too many in all
   */
  async use<TResult>(userId: string, upload: () => Promise<TResult>): Promise<TResult> {
    await this.#enter(userId)
    try {
      return await upload()
    } finally {
      this.#leave(userId)
    }
  }

  async #enter(userId: string): Promise<void> {
    if (!this.#hasRoom(userId)) {
      const ofUser = this.#line.filter((waiting) => waiting.userId === userId).length
      if (ofUser >= this.#limits.perUser * WAITING_EACH || this.#line.length >= this.#limits.total * WAITING_EACH) {
        throw this.#refusal(userId)
      }
      await this.#waitInQueue(userId)
    } else this.#take(userId)
  }

  #take(userId: string): void {
    this.#total += 1
    this.#running.set(userId, this.#getRunning(userId) + 1)
  }

  #leave(userId: string): void {
    this.#total -= 1
    const left = this.#getRunning(userId) - 1
    if (left === 0) this.#running.delete(userId)
    else this.#running.set(userId, left)
    // The first in line may be one whose own places are all taken: the next who fits goes.
    const index = this.#line.findIndex((waiting) => this.#hasRoom(waiting.userId))
    if (index >= 0) this.#line.splice(index, 1)[0]?.start()
  }

  #waitInQueue(userId: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#line.splice(this.#line.indexOf(waiting), 1)
        reject(this.#refusal(userId))
      }, this.#limits.timeout * 1000)
      const waiting: Waiting = {
        userId,
        start: () => {
          clearTimeout(timer)
          // At once: whoever comes before the promise is heard of must find the place taken.
          this.#take(userId)
          resolve()
        },
      }
      this.#line.push(waiting)
    })
  }

  /**
   * Attack: four people, or one with four accounts, take every place with uploads that never end. The last places are for
   * those who have few: as many as the page sends at a time.
   */
  #hasRoom(userId: string): boolean {
    const { perUser, total } = this.#limits
    const running = this.#getRunning(userId)
    const reserved = running < FEW_SLOTS ? 0 : Math.floor(total * RESERVED_SHARE)
    return running < perUser && this.#total < total - reserved
  }

  #getRunning(userId: string): number {
    return this.#running.get(userId) ?? 0
  }

  #refusal(userId: string): UploadError {
    const { perUser } = this.#limits
    const retry = { retryAfter: RETRY_AFTER }
    return this.#getRunning(userId) >= perUser
      ? new UploadError(
          'TOO_MANY_REQUESTS',
          `You have ${perUser} uploads under way: try again when one is done.`,
          retry,
        )
      : new UploadError('UNAVAILABLE', 'Too many uploads are under way: try again in a moment.', retry)
  }
}

/** How many may wait for each that may run. */
const WAITING_EACH = 4

/** Who has fewer uploads than this under way may take one of the last places. */
const FEW_SLOTS = 3

/** The part of all places that is kept for them. */
const RESERVED_SHARE = 0.25
