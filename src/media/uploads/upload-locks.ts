import { setTimeout as sleep } from 'node:timers/promises'
import { isProcessGone, ownProcessName } from '../../storage/core/process-name.ts'
import type { HiddenFiles } from '../../storage/hidden/hidden-files.ts'
import type { Leases } from '../../storage/hidden/unfinished-files.ts'
import { UploadError } from './upload-error.ts'

/** How often, in milliseconds, who writes renews its lease and looks whether somebody else waits for it. */
const RENEWAL = 3000

/** A lease that was not renewed for this long, in milliseconds, belongs to a server that is gone. */
const LIFE = 12_000

/** Longest wait for a lease, in milliseconds: longer than its life. */
const TIMEOUT_MS = 20_000

/** How often, in milliseconds, who waits for another server looks again. */
const POLL_INTERVAL_MS = 250

/** Where the leases of a storage's uploads are. */
export interface UploadLocksOptions {
  leases: Leases
  /** Where who waits leaves word for the other servers. */
  hiddenFiles: HiddenFiles
}

/** What to do while a lock is held. */
export interface LockListener {
  /** Somebody else waits: come to an end soon. */
  onWanted: () => void
  /** The lease was lost: stop at once, nothing more may be written. */
  onLost: () => void
}

/** A lock that is held. */
export interface HeldLock {
  release(): Promise<void>
}

/**
 * One writer at a time for each upload: first in line within this process, then by a lease in the storage, which keeps
 * other servers out. A connection can die without a word, so that who waits asks who writes to come to an end.
 */
export class UploadLocks {
  readonly #options: UploadLocksOptions
  /** For each upload its holder in this process, and after it who waits. */
  readonly #lines = new Map<string, QueueEntry[]>()

  constructor(options: UploadLocksOptions) {
    this.#options = options
  }

  /**
   * @param patience - how long to wait, in milliseconds; with 0 whoever writes is not disturbed
   * @throws {UploadError} `UPLOAD_BUSY` when whoever writes does not come to an end
   */
  async acquire(path: string, listener: LockListener, timeoutMs: number = TIMEOUT_MS): Promise<HeldLock> {
    const deadline = performance.now() + timeoutMs
    const entry = await this.#joinQueue(path, listener, deadline)
    try {
      const lease = new HeldLease(this.#options, path, listener)
      await lease.take(deadline)
      return {
        release: async () => {
          await lease.release().finally(() => this.#leaveQueue(path, entry))
        },
      }
    } catch (error) {
      this.#leaveQueue(path, entry)
      throw error
    }
  }

  async #joinQueue(path: string, { onWanted }: LockListener, deadline: number): Promise<QueueEntry> {
    const queue = this.#lines.get(path) ?? []
    this.#lines.set(path, queue)
    const entry: QueueEntry = { onWanted, start: () => {} }
    queue.push(entry)
    if (queue[0] === entry) return entry
    if (performance.now() >= deadline) {
      this.#leaveQueue(path, entry)
      throw uploadBusy()
    }
    queue[0]?.onWanted()
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#leaveQueue(path, entry)
        reject(uploadBusy())
      }, deadline - performance.now())
      entry.start = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    return entry
  }

  #leaveQueue(path: string, entry: QueueEntry): void {
    const queue = this.#lines.get(path) ?? []
    const wasFirst = queue[0] === entry
    const index = queue.indexOf(entry)
    if (index >= 0) queue.splice(index, 1)
    if (queue.length === 0) this.#lines.delete(path)
    else if (wasFirst) {
      queue[0]?.start()
      if (queue.length > 1) queue[0]?.onWanted()
    }
  }
}

interface QueueEntry {
  onWanted: () => void
  start: () => void
}

/** A lease in the storage, renewed until it is released. */
class HeldLease {
  readonly #options: UploadLocksOptions
  readonly #path: string
  readonly #listener: LockListener
  #holder = ''
  #renewal: ReturnType<typeof setInterval> | undefined
  #renewedAt = 0
  #isReleased = false

  constructor(options: UploadLocksOptions, path: string, listener: LockListener) {
    this.#options = options
    this.#path = path
    this.#listener = listener
  }

  async take(deadline: number): Promise<void> {
    const { leases } = this.#options
    this.#holder = `${await ownProcessName()}~${crypto.randomUUID()}`
    const timeoutMs = new Timeout()
    while (!(await leases.claim(this.#path, this.#holder))) {
      const lease = await leases.look(this.#path)
      if (lease === null) continue
      const isAbandoned = timeoutMs.isOverFor(lease.version) || (await isProcessGone(lease.holder))
      if (isAbandoned && (await leases.takeOver(this.#path, lease, this.#holder))) break
      if (performance.now() > deadline) throw uploadBusy()
      if (timeoutMs.isNew) await this.#leaveWord()
      await sleep(POLL_INTERVAL_MS)
    }
    if (timeoutMs.hasWaited) await this.#options.hiddenFiles.remove(this.#word)
    this.#renewedAt = performance.now()
    this.#renewal = setInterval(() => void this.#renew(), RENEWAL)
    this.#renewal.unref?.()
  }

  async release(): Promise<void> {
    this.#isReleased = true
    clearInterval(this.#renewal)
    await this.#options.leases.release(this.#path, this.#holder)
  }

  /** A renewal that fails is tried again while the lease lives: the storage may be out of reach for a moment. */
  async #renew(): Promise<void> {
    try {
      const startedAt = performance.now()
      const isRenewed = await this.#options.leases.renew(this.#path, this.#holder)
      if (this.#isReleased) return
      if (!isRenewed) this.#listener.onLost()
      this.#renewedAt = startedAt
      if ((await this.#options.hiddenFiles.open(this.#word)) !== null) this.#listener.onWanted()
    } catch {
      if (!this.#isReleased && performance.now() - this.#renewedAt > LIFE - RENEWAL) this.#listener.onLost()
    }
  }

  get #word(): string {
    return `${this.#path}.wanted`
  }

  async #leaveWord(): Promise<void> {
    await this.#options.hiddenFiles.write(this.#word, new Uint8Array())
  }
}

/** Measures by this process's own clock how long a lease stays as it is: no two servers need the same time. */
class Timeout {
  #version = ''
  #since = 0
  #looks = 0

  get isNew(): boolean {
    return this.#looks === 1
  }

  get hasWaited(): boolean {
    return this.#looks > 0
  }

  isOverFor(version: string): boolean {
    this.#looks += 1
    if (version !== this.#version) {
      this.#version = version
      this.#since = performance.now()
    }
    return performance.now() - this.#since > LIFE
  }
}

function uploadBusy(): UploadError {
  return new UploadError('UPLOAD_BUSY', 'Another request is writing this upload: try again in a moment.')
}
