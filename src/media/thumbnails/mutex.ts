/** Lets work on one thing go one after another, and work on different things side by side. */
export class Mutex {
  readonly #last = new Map<string, Promise<unknown>>()

  async take<TResult>(name: string, work: () => Promise<TResult>): Promise<TResult> {
    const before = this.#last.get(name) ?? Promise.resolve()
    const turn = before.then(work, work)
    this.#last.set(name, turn)
    try {
      return await turn
    } finally {
      if (this.#last.get(name) === turn) this.#last.delete(name)
    }
  }
}
