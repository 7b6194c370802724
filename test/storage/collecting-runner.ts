import type { TestRunner } from 'vitrine/testing'

/** A case that was defined, with the titles around it. */
interface CollectedCase {
  title: string
  check: () => Promise<void>
}

/** A case that does not end within this many milliseconds has failed. */
const CASE_TIMEOUT = 5000

/** A test runner that only remembers what it is given, and can tell which cases fail. */
export class CollectingRunner {
  readonly runner: TestRunner
  readonly #cases: CollectedCase[] = []

  constructor() {
    this.runner = {
      describe: (_title, define) => define(),
      it: (title, check) => this.#cases.push({ title, check }),
    }
  }

  get titles(): string[] {
    return this.#cases.map(({ title }) => title)
  }

  /** Runs all cases and gives the titles of those that fail. */
  async failures(): Promise<string[]> {
    const failed: string[] = []
    for (const { title, check } of this.#cases) {
      if (!(await passes(check))) failed.push(title)
    }
    return failed
  }
}

async function passes(check: () => Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), CASE_TIMEOUT)
  })
  try {
    return await Promise.race([timeout, check().then(() => true)])
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}
