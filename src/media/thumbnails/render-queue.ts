import { MediaError } from '../media-error.ts'
import { PictureRenderer, RendererEnded } from './picture-renderer.ts'
import type { RenderJob, RenderResult } from './render-job.ts'

/** How many pictures may wait. A page shows some fifty, and many people may open one at a time. */
const LONGEST_QUEUE = 500

/** How often a picture is tried whose process ended before it answered. */
const MOST_ATTEMPTS = 3

/** Lets a bounded number of pictures be rendered at a time, and a bounded number wait. */
export class RenderQueue {
  readonly #idle: PictureRenderer[]
  readonly #waiting: ((renderer: PictureRenderer) => void)[] = []

  /** @param concurrency - how many pictures are rendered at a time */
  constructor(concurrency: number) {
    this.#idle = Array.from({ length: concurrency }, () => new PictureRenderer())
  }

  /** Pictures will come in a moment: whoever has nothing to do gets ready. */
  prepare(): void {
    for (const renderer of this.#idle) renderer.prepare()
  }

  /**
   * @param openPicture - called when it is the picture's turn, so that whoever waits holds no bytes
   * @throws {MediaError} `UNAVAILABLE` when too many wait
   */
  async render(job: RenderJob, openPicture: () => ReadableStream<Uint8Array>): Promise<RenderResult> {
    const renderer = await this.#nextRenderer()
    try {
      return await renderPatiently(renderer, job, openPicture)
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#idle.push(renderer)
      else next(renderer)
    }
  }

  async #nextRenderer(): Promise<PictureRenderer> {
    const renderer = this.#idle.pop()
    if (renderer !== undefined) return renderer
    if (this.#waiting.length >= LONGEST_QUEUE) {
      throw new MediaError('UNAVAILABLE', 'Too many pictures are being made smaller: try again in a minute.')
    }
    return new Promise((resolve) => this.#waiting.push(resolve))
  }
}

/**
 * A process may be ended by an operator, or by the system for want of memory: that says nothing about the picture. One
 * that makes it end each time is refused.
 */
async function renderPatiently(
  renderer: PictureRenderer,
  job: RenderJob,
  openPicture: () => ReadableStream<Uint8Array>,
): Promise<RenderResult> {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    try {
      return await renderer.render(job, openPicture())
    } catch (error) {
      if (!(error instanceof RendererEnded)) throw error
      if (error.isTimeout) break
    }
  }
  return { refusal: 'too-hard' }
}
