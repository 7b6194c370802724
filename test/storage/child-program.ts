import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'

/** A running program whose lines can be waited for. */
export class ChildProgram {
  readonly lines: string[] = []
  readonly #process: ChildProcessByStdio<Writable, Readable, null>
  readonly #exited: Promise<unknown>
  #rest = ''

  constructor(command: string, args: readonly string[], environment: Record<string, string> = {}) {
    this.#process = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...environment },
    })
    this.#exited = once(this.#process, 'close')
    this.#process.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = `${this.#rest}${text}`.split('\n')
      this.#rest = lines.pop() ?? ''
      this.lines.push(...lines)
    })
  }

  /** Resolves when a line begins with the text. */
  async waitFor(text: string): Promise<void> {
    while (!this.lines.some((line) => line.startsWith(text))) {
      if (this.#process.exitCode !== null) throw new Error(`the program ended before it said ${text}`)
      await Promise.race([once(this.#process.stdout, 'data'), this.#exited])
    }
  }

  tell(text: string): void {
    this.#process.stdin.write(text)
  }

  /** Ends it as a power cut would: it has no chance to tidy up. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL')
    await this.#exited
  }

  async ended(): Promise<void> {
    await this.#exited
  }
}
