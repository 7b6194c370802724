import { eq } from 'drizzle-orm'
import type { HiddenFiles, MediaStorage, ReferenceDatabase } from 'vitrine/storage'
import type { MovieDatabase } from '../storage/movie-database.ts'
import { movie } from '../storage/media-tables.ts'

/** One step that a user, a clean-up or somebody who undoes one takes. `at` chooses among what there is. */
export interface Step {
  kind: 'upload' | 'save' | 'replace' | 'delete' | 'clean' | 'cleanSome' | 'restoreRun' | 'restoreFile' | 'purge'
  at: number
  /** After so many calls of the storage or the database the process is killed; `null` for never. */
  crashAfter: number | null
}

class Killed extends Error {}

/** Files and rows with what is known of them from outside, as a ledger would have it. */
export class CleanUpWorld {
  readonly bytes = new Map<string, string>()
  /** Keys that a purge may have destroyed: nothing referenced them then. */
  readonly destroyed = new Set<string>()
  readonly runs: string[] = []
  readonly figures = { steps: 0, kills: 0, deleted: 0, restored: 0, purged: 0 }
  readonly #storage: MediaStorage
  readonly #db: MovieDatabase['db']
  #callsLeft: number | null = null

  constructor(storage: MediaStorage, db: MovieDatabase['db']) {
    this.#storage = storage
    this.#db = db
    makeMortal(storage.hiddenFiles!, () => this.#mayDie())
  }

  /** Takes a step, and then checks that no referenced file is out of its place. */
  async take({ kind, at, crashAfter }: Step): Promise<void> {
    this.figures.steps += 1
    this.#callsLeft = crashAfter
    try {
      await this.#perform(kind, at)
    } catch (error) {
      if (!isKill(error)) throw error
      this.figures.kills += 1
    }
    this.#callsLeft = null
    for (const key of await this.referenced()) await this.#requireBytes(key)
  }

  /** One clean-up by all the rules; then nothing unused is left, and what was not destroyed comes back. */
  async settle(): Promise<void> {
    await this.#clean({})
    const referenced = new Set(await this.referenced())
    for await (const key of this.#storage.getFileKeys()) {
      if (!referenced.has(key)) throw new Error(`the unused file ${key} stayed`)
    }
    for (const key of this.bytes.keys()) {
      if (this.destroyed.has(key)) continue
      if (!referenced.has(key) && !(await this.#storage.trash!.restoreFile(key))) throw new Error(`${key} is lost`)
      await this.#requireBytes(key)
    }
  }

  async referenced(): Promise<string[]> {
    const rows = await this.#db.select({ key: movie.poster }).from(movie)
    return rows.flatMap(({ key }) => (key === null ? [] : [key]))
  }

  async #perform(kind: Step['kind'], at: number): Promise<void> {
    const trash = this.#storage.trash!
    if (kind === 'upload') await this.#upload()
    else if (kind === 'clean') await this.#clean({})
    else if (kind === 'cleanSome') await this.#clean({ limit: 1 })
    else if (kind === 'purge') await this.#purge()
    else if (kind === 'restoreRun') await trash.restoreRun(chosen(this.runs, at) ?? '')
    else if (kind === 'restoreFile') await trash.restoreFile(chosen([...this.bytes.keys()], at) ?? '')
    else await this.#changeRow(kind, at)
  }

  async #upload(): Promise<void> {
    const content = `bytes ${this.bytes.size}`
    this.bytes.set(await this.#storage.storeFile('note.txt', new TextEncoder().encode(content)), content)
  }

  async #changeRow(kind: Step['kind'], at: number): Promise<void> {
    const row = chosen(await this.#db.select({ id: movie.id }).from(movie).orderBy(movie.id), at)
    const key = chosen([...this.bytes.keys()], at)
    if (kind === 'delete' && row !== undefined) await this.#db.delete(movie).where(eq(movie.id, row.id))
    // A form is saved only with keys of files that are there.
    if (kind === 'delete' || key === undefined || (await this.#storage.getFile(key)) === null) return
    if (kind === 'save') await this.#db.insert(movie).values({ poster: key })
    else if (row !== undefined) await this.#db.update(movie).set({ poster: key }).where(eq(movie.id, row.id))
  }

  async #clean(options: { limit?: number }): Promise<void> {
    const common = { olderThan: 0, maxFraction: 1, allowEmpty: true }
    try {
      const report = await this.#storage.deleteUnusedFiles(this.#mortalDb(), { ...common, ...options })
      this.figures.deleted += report.deleted
      this.figures.restored += report.restored
      if (report.runId !== null) this.runs.push(report.runId)
    } finally {
      for await (const { runId } of this.#storage.trash!.list()) if (!this.runs.includes(runId)) this.runs.push(runId)
    }
  }

  async #purge(): Promise<void> {
    const referenced = new Set(await this.referenced())
    for await (const { key } of this.#storage.trash!.list()) if (!referenced.has(key)) this.destroyed.add(key)
    const report = await this.#storage.trash!.purge(this.#mortalDb(), { purgeAfter: 0, allowEmpty: true })
    this.figures.purged += report.purged
    this.figures.restored += report.restored
  }

  #mortalDb(): ReferenceDatabase {
    return new Proxy(this.#db, {
      get: (target, property, receiver) => {
        if (property === 'select') this.#mayDie()
        return Reflect.get(target, property, receiver)
      },
    })
  }

  #mayDie(): void {
    if (this.#callsLeft === null) return
    if (this.#callsLeft <= 0) throw new Killed('killed')
    this.#callsLeft -= 1
  }

  async #requireBytes(key: string): Promise<void> {
    const text = await (await this.#storage.getFile(key))?.text()
    if (text !== this.bytes.get(key)) throw new Error(`${key} has ${text} instead of ${this.bytes.get(key)}`)
  }
}

/** A process that was killed does nothing more: each call may be the last, before it has an effect or after. */
function makeMortal(hiddenFiles: HiddenFiles, mayDie: () => void): void {
  const hide = hiddenFiles.hide.bind(hiddenFiles)
  const publish = hiddenFiles.publish.bind(hiddenFiles)
  const remove = hiddenFiles.remove.bind(hiddenFiles)
  hiddenFiles.hide = (key, path) => mortal(() => hide(key, path))
  hiddenFiles.publish = (path, key) => mortal(() => publish(path, key))
  hiddenFiles.remove = (path) => mortal(() => remove(path))

  async function mortal<TResult>(call: () => Promise<TResult>): Promise<TResult> {
    mayDie()
    const result = await call()
    mayDie()
    return result
  }
}

function chosen<TEntry>(entries: readonly TEntry[], at: number): TEntry | undefined {
  return entries[at % Math.max(1, entries.length)]
}

function isKill(error: unknown): boolean {
  return error instanceof Error && (error instanceof Killed || isKill(error.cause))
}
