import { MediaError } from '../media-error.ts'
import { ImageRenderer, RendererEnded } from './image-renderer.ts'
import type { RenderJob, RenderResult } from './render-job.ts'

/** How many images may wait. A page shows some fifty, and many people may open one at a time. */
const MAX_QUEUE_LENGTH = 500

/** How often an image is tried whose process ended before it answered. */
const MAX_ATTEMPTS = 3

/** Lets a bounded number of images be rendered at a time, and a bounded number wait. */
export class RenderQueue {
  readonly #idle: ImageRenderer[]
  readonly #waiting: ((renderer: ImageRenderer) => void)[] = []

  /** @param concurrency - how many images are rendered at a time */
  constructor(concurrency: number) {
    this.#idle = Array.from({ length: concurrency }, () => new ImageRenderer())
  }

  /** Images will come in a moment: whoever has nothing to do gets ready. */
  prepare(): void {
    for (const renderer of this.#idle) renderer.prepare()
  }

  /**
   * @param openImage - called when it is the image's turn, so that whoever waits holds no bytes
   * @throws {MediaError} `UNAVAILABLE` when too many wait
   */
  async render(job: RenderJob, openImage: () => ReadableStream<Uint8Array>): Promise<RenderResult> {
    const renderer = await this.#nextRenderer()
    try {
      return await renderWithRetries(renderer, job, openImage)
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#idle.push(renderer)
      else next(renderer)
    }
  }

  async #nextRenderer(): Promise<ImageRenderer> {
    const renderer = this.#idle.pop()
    if (renderer !== undefined) return renderer
    if (this.#waiting.length >= MAX_QUEUE_LENGTH) {
      throw new MediaError('UNAVAILABLE', 'Too many pictures are being made smaller: try again in a minute.')
    }
    return new Promise((resolve) => this.#waiting.push(resolve))
  }
}

/**
 * A process may be ended by an operator, or by the system for want of memory: that says nothing about the image. One
 * that makes it end each time is refused.
 */
async function renderWithRetries(
  renderer: ImageRenderer,
  job: RenderJob,
  openImage: () => ReadableStream<Uint8Array>,
): Promise<RenderResult> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    try {
      return await renderer.render(job, openImage())
    } catch (error) {
      if (!(error instanceof RendererEnded)) throw error
      if (error.isTimeout) break
    }
  }
  return { refusal: 'too-hard' }
}
