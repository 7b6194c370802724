import type { StoredFile } from '../../storage/stored-file.ts'
import { LARGEST_SOURCE, type RenderJob, type RenderRefusal, type RenderResult } from './render-job.ts'
import { RenderQueue } from './render-queue.ts'
import { TurnTaking } from './turn-taking.ts'

/** How many pictures that cannot be rendered are remembered, so that nobody has them decoded over and over. */
const MOST_REFUSALS = 1000

/** Renders pictures: one decoding of each at a time, and none once it has turned out to be useless. */
export class Renderings {
  readonly #queue: RenderQueue
  readonly #turns = new TurnTaking()
  readonly #refusals = new Map<string, RenderRefusal>()

  /** @param concurrency - how many pictures are rendered at a time */
  constructor(concurrency: number) {
    this.#queue = new RenderQueue(concurrency)
  }

  /** Pictures will come in a moment. */
  prepare(): void {
    this.#queue.prepare()
  }

  /**
   * @param place - where the picture is: it tells pictures of one name in two storages apart
   * @throws {MediaError} `UNAVAILABLE` when too many wait
   */
  render(place: string, picture: StoredFile, job: Omit<RenderJob, 'size'>): Promise<RenderResult> {
    const name = `${place}${picture.key}${picture.etag}`
    return this.#turns.take(name, async () => {
      const known = picture.size > LARGEST_SOURCE ? 'too-large' : this.#refusals.get(name)
      if (known !== undefined) return { refusal: known }
      const result = await this.#queue.render({ ...job, size: picture.size }, () => picture.stream())
      if ('refusal' in result) this.#remember(name, result.refusal)
      return result
    })
  }

  #remember(name: string, refusal: RenderRefusal): void {
    this.#refusals.set(name, refusal)
    const [oldest = name] = this.#refusals.keys()
    if (this.#refusals.size > MOST_REFUSALS) this.#refusals.delete(oldest)
  }
}
