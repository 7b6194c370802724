import type { UploadedFile } from '../../../src/contract/media.ts'
import { ApiError } from '../api.ts'
import { UploadFailure } from './upload-failure.ts'
import { UploadSlots } from './upload-slots.ts'
import { UploadSpeed } from './upload-speed.ts'
import { UPLOAD_CANCELLED, type UploadTransport } from './upload-transport.ts'

export type UploadStatus = 'waiting' | 'uploading' | 'paused' | 'stored' | 'failed'

/** One file on its way to the storage, as it stands now. A change makes a new object, so that React sees it. */
export interface Upload {
  readonly id: string
  readonly file: File
  /** An address of the local file, for images, video and sound; valid until the upload is dismissed. */
  readonly previewUrl: string | null
  readonly status: UploadStatus
  readonly sentBytes: number
  /** `null` until it can be told. */
  readonly bytesPerSecond: number | null
  readonly secondsLeft: number | null
  /** The connection was lost, and the upload waits to go on. */
  readonly isInterrupted: boolean
  /** It can be stopped and go on from where it was. */
  readonly canPause: boolean
  /** Why it failed, in a sentence. */
  readonly message: string | null
  /** The same file sent again may be accepted. A refused type will not be. */
  readonly canRetry: boolean
  /** It failed for want of a session. */
  readonly isSignedOut: boolean
  readonly stored: UploadedFile | null
}

export interface UploadQueueOptions {
  /** Carries one file. Another one (resumable, direct to a bucket) can stand here without a change to the queue. */
  transport: UploadTransport
  /** Says why a file cannot be stored, before a byte is sent; `null` when it may be. The server decides all the same. */
  check: (file: File) => string | null
  /** Whether the transport can go on with this file after it was stopped. */
  canPause: (file: File) => boolean
  /** Shared between fields to share the browser's connections. Defaults to three for this queue alone. */
  slots?: UploadSlots
  onStored?: (upload: Upload, stored: UploadedFile) => void
}

/** A drawing from anywhere may take minutes: it is shown once the server has drawn it. */
const PREVIEWABLE = /^(?:image\/(?!svg)|video\/|audio\/)/

/** In milliseconds: a ring that moves five times a second moves smoothly enough. */
const PROGRESS_INTERVAL = 200

/** Sends files a few at a time. What happens to one never stops the others. */
export class UploadQueue {
  readonly #options: UploadQueueOptions
  readonly #slots: UploadSlots
  readonly #listeners = new Set<() => void>()
  readonly #running = new Map<string, AbortController>()
  #uploads: readonly Upload[] = []

  constructor(options: UploadQueueOptions) {
    this.#options = options
    this.#slots = options.slots ?? new UploadSlots()
  }

  // Bound, because React's useSyncExternalStore takes them bare.
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly getUploads = (): readonly Upload[] => this.#uploads

  getUpload(id: string): Upload | null {
    return this.#find(id) ?? null
  }

  add(files: readonly File[]): Upload[] {
    const added = files.map((file) => this.#describe(file))
    this.#set([...this.#uploads, ...added])
    for (const upload of added) {
      if (upload.status === 'waiting') this.#start(upload.id)
    }
    return added
  }

  retry(id: string): void {
    const upload = this.#find(id)
    if (upload?.status !== 'failed') return
    this.#change(id, { status: 'waiting', ...(upload.canPause ? {} : { sentBytes: 0 }), message: null })
    this.#start(id)
  }

  /** Sends again what failed for want of a session, now that there is one. */
  retrySignedOut(): void {
    for (const { id, isSignedOut } of this.#uploads) if (isSignedOut) this.retry(id)
  }

  /** Stops the upload until {@link resume}. Its place goes to the next file. */
  pause(id: string): void {
    const upload = this.#find(id)
    if (!upload?.canPause || (upload.status !== 'uploading' && upload.status !== 'waiting')) return
    this.#change(id, { status: 'paused', isInterrupted: false, bytesPerSecond: null, secondsLeft: null })
    this.#stop(id, 'paused')
  }

  resume(id: string): void {
    if (this.#find(id)?.status !== 'paused') return
    this.#change(id, { status: 'waiting' })
    this.#start(id)
  }

  /** Stops the upload, if it runs, and forgets it with its preview. */
  dismiss(id: string): void {
    this.#forget(id, UPLOAD_CANCELLED)
  }

  /** Stops all uploads. Those that can go on do so when their files are given again. */
  dispose(): void {
    for (const upload of this.#uploads) this.#forget(upload.id, 'left')
  }

  #stop(id: string, reason: string): void {
    this.#running.get(id)?.abort(reason)
    this.#running.delete(id)
  }

  #forget(id: string, reason: string): void {
    this.#stop(id, reason)
    const upload = this.#find(id)
    if (!upload) return
    if (upload.previewUrl) URL.revokeObjectURL(upload.previewUrl)
    this.#set(this.#uploads.filter((other) => other.id !== id))
  }

  #describe(file: File): Upload {
    const refusal = this.#options.check(file)
    return {
      id: crypto.randomUUID(),
      file,
      previewUrl: refusal === null && PREVIEWABLE.test(file.type) ? URL.createObjectURL(file) : null,
      status: refusal === null ? 'waiting' : 'failed',
      sentBytes: 0,
      bytesPerSecond: null,
      secondsLeft: null,
      isInterrupted: false,
      canPause: this.#options.canPause(file),
      message: refusal,
      canRetry: false,
      isSignedOut: false,
      stored: null,
    }
  }

  #start(id: string): void {
    const controller = new AbortController()
    this.#running.set(id, controller)
    void this.#slots
      .use(controller.signal, () => this.#send(id, controller.signal))
      .catch(() => {
        // Only an upload that was dismissed or paused ends here: it gave up its place in the line.
      })
  }

  async #send(id: string, signal: AbortSignal): Promise<void> {
    const upload = this.#find(id)
    if (!upload) return
    const speed = new UploadSpeed(upload.file.size)
    let shownAt = 0
    const onProgress = (sentBytes: number) => {
      const now = performance.now()
      const measured = speed.measure(sentBytes, now)
      if (now - shownAt < PROGRESS_INTERVAL && sentBytes < upload.file.size) return
      shownAt = now
      this.#change(id, { sentBytes, ...measured, isInterrupted: false })
    }
    const onInterrupted = () => this.#change(id, { isInterrupted: true, bytesPerSecond: null, secondsLeft: null })
    this.#change(id, { status: 'uploading', bytesPerSecond: null, secondsLeft: null })
    try {
      const stored = await this.#options.transport(upload.file, { signal, onProgress, onInterrupted })
      this.#change(id, { status: 'stored', sentBytes: upload.file.size, stored })
      const finished = this.#find(id)
      if (finished) this.#options.onStored?.(finished, stored)
    } catch (error) {
      if (signal.aborted) return
      this.#change(id, { status: 'failed', isInterrupted: false, ...explain(error) })
    } finally {
      // A paused upload that went on meanwhile has another one in its place.
      if (this.#running.get(id)?.signal === signal) this.#running.delete(id)
    }
  }

  #find(id: string): Upload | undefined {
    return this.#uploads.find((upload) => upload.id === id)
  }

  #change(id: string, change: Partial<Upload>): void {
    this.#set(this.#uploads.map((upload) => (upload.id === id ? { ...upload, ...change } : upload)))
  }

  #set(uploads: readonly Upload[]): void {
    this.#uploads = uploads
    for (const listener of this.#listeners) listener()
  }
}

function explain(error: unknown): Pick<Upload, 'message' | 'canRetry' | 'isSignedOut'> {
  if (error instanceof UploadFailure) {
    const { message, canRetry, isSignedOut } = error
    return { message, canRetry, isSignedOut }
  }
  const message = error instanceof ApiError ? error.message : 'The upload stopped for an unknown reason.'
  return { message, canRetry: true, isSignedOut: false }
}
