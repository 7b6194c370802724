import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { PGlite } from '@electric-sql/pglite'
import type { CleanUpErrorDetails, DeleteUnusedFilesOptions, DeleteUnusedFilesReport } from 'vitrine/storage'

/** What the process is told to do: so many clean-ups at once. */
export interface CleanUpOrder {
  options: Omit<DeleteUnusedFilesOptions, 'confirm' | 'signal' | 'onProgress' | 'references'>
  times: number
}

/** A report, and the error that it came with, as they pass between processes. */
export interface CleanUpOutcome {
  report: Omit<DeleteUnusedFilesReport, 'failures'> & { failures: { key: string; message: string }[] }
  error: { code: string; refusal: CleanUpErrorDetails['refusal'] | null; message: string } | null
}

/** A statement that this process runs for the other one. */
export interface Question {
  kind: 'question'
  id: number
  query: string
  parameters: unknown[]
}

export interface QueryReply {
  id: number
  rows: unknown[]
  error: string | null
}

interface CleaningOptions {
  mediaPath: string
  /** Where the process has its database: by its own connection, or here. */
  database: { url: string } | PGlite
  execArgv?: string[]
}

/** A clean-up in a process of its own. */
export class CleaningProcess {
  readonly #process: ChildProcess
  readonly #ended: Promise<unknown>
  readonly #ready: Promise<unknown>

  /** @param program - `cleaning-program.ts`, or what was made of it */
  constructor(program: string, { mediaPath, database, execArgv = process.execArgv }: CleaningOptions) {
    const own = 'url' in database ? { DATABASE_URL: database.url } : {}
    const { DATABASE_URL: _shared, ...environment } = process.env
    this.#process = fork(program, [mediaPath], { execArgv, env: { ...environment, ...own } })
    this.#ended = once(this.#process, 'exit')
    this.#ready = Promise.race([this.#message('ready'), this.#ended])
    if (!('url' in database)) this.#process.on('message', (message: Question) => void this.#response(database, message))
  }

  async ready(): Promise<this> {
    await this.#ready
    return this
  }

  /** So many clean-ups at once. */
  async clean(options: CleanUpOrder['options'], times = 1): Promise<CleanUpOutcome[]> {
    this.#process.send({ options, times } satisfies CleanUpOrder)
    const { outcomes } = await this.#message<{ outcomes: CleanUpOutcome[] }>('outcomes')
    return outcomes
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL')
    await this.#ended
  }

  async #message<TMessage>(kind: string): Promise<TMessage> {
    return new Promise((resolve, reject) => {
      const look = (message: { kind: string } & TMessage) => {
        if (message.kind !== kind) return
        this.#process.off('message', look)
        resolve(message)
      }
      this.#process.on('message', look)
      void this.#ended.then(() => reject(new Error('The process has ended.')))
    })
  }

  async #response(database: PGlite, message: Question): Promise<void> {
    if (message.kind !== 'question') return
    const { id, query, parameters } = message
    const response = await database.query<unknown[]>(query, parameters, { rowMode: 'array' }).then(
      ({ rows }): QueryReply => ({ id, rows, error: null }),
      (error: unknown): QueryReply => ({ id, rows: [], error: String(error) }),
    )
    // A process that was killed waits for nothing.
    if (this.#process.connected) this.#process.send(response)
  }
}
