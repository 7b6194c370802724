import type { StoredFile } from '../../storage/core/stored-file.ts'
import { MAX_SOURCE_BYTES, type RenderJob, type RenderRefusal, type RenderResult } from './render-job.ts'
import { RenderQueue } from './render-queue.ts'
import { Mutex } from './mutex.ts'

/** How many images that cannot be rendered are remembered, so that nobody has them decoded over and over. */
const MAX_REFUSALS = 1000

/** Renders images: one decoding of each at a time, and none once it has turned out to be useless. */
export class Renderings {
  readonly #queue: RenderQueue
  readonly #turns = new Mutex()
  readonly #refusals = new Map<string, RenderRefusal>()

  /** @param concurrency - how many images are rendered at a time */
  constructor(concurrency: number) {
    this.#queue = new RenderQueue(concurrency)
  }

  /** Images will come in a moment. */
  prepare(): void {
    this.#queue.prepare()
  }

  /**
   * @param place - where the image is: it tells images of one name in two storages apart
   * @throws {MediaError} `UNAVAILABLE` when too many wait
   */
  render(location: string, image: StoredFile, job: Omit<RenderJob, 'size'>): Promise<RenderResult> {
    const name = `${location}${image.key}${image.etag}`
    return this.#turns.take(name, async () => {
      const known = image.size > MAX_SOURCE_BYTES ? 'too-large' : this.#refusals.get(name)
      if (known !== undefined) return { refusal: known }
      const result = await this.#queue.render({ ...job, size: image.size }, () => image.stream())
      if ('refusal' in result) this.#remember(name, result.refusal)
      return result
    })
  }

  #remember(name: string, refusal: RenderRefusal): void {
    this.#refusals.set(name, refusal)
    const [oldest = name] = this.#refusals.keys()
    if (this.#refusals.size > MAX_REFUSALS) this.#refusals.delete(oldest)
  }
}
