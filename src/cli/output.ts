import { once } from 'node:events'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

/** Where a command writes. */
export interface Output {
  /** A line of the result. */
  print(line: string): void
  /** A line for people beside the result: progress, failures. */
  log(line: string): void
  /** A line that takes the place of the last one; only on a terminal. */
  showProgress(line: string): void
  /** Asks for a line; empty when there is nobody to answer. */
  ask(question: string): Promise<string>
  /** The same without showing what is typed; the first line of an input that is no terminal. */
  askSecret(question: string): Promise<string>
  readonly isTerminal: boolean
  /** Whether somebody can be asked: input and error stream are both terminals. */
  readonly canAsk: boolean
}

/** Back to the beginning of the line, which is then empty. */
const CLEAR_LINE = '\r\u001b[2K'

/** The process's own streams: results on the standard output, all else on the standard error stream. */
export function createOutput({ stdin, stdout, stderr }: Pick<NodeJS.Process, 'stdin' | 'stdout' | 'stderr'>): Output {
  const isTerminal = stderr.isTTY
  let hasProgress = false
  const clear = () => {
    if (hasProgress) stderr.write(CLEAR_LINE)
    hasProgress = false
  }
  const canAsk = isTerminal && stdin.isTTY
  const ask = async (question: string, echo: Writable) => {
    clear()
    stderr.write(question)
    const lines = createInterface({ input: stdin, output: echo, terminal: canAsk })
    try {
      const answered = lines.question('')
      // Without this an input that ends leaves the question open for ever.
      const ended = once(lines, 'close').then(() => '')
      return await Promise.race([answered, ended])
    } finally {
      lines.close()
    }
  }
  return {
    isTerminal,
    canAsk,
    print(line) {
      clear()
      stdout.write(`${line}\n`)
    },
    log(line) {
      clear()
      stderr.write(`${line}\n`)
    },
    ask: (question) => ask(question, stderr),
    async askSecret(question) {
      const response = await ask(canAsk ? question : '', nowhere())
      if (canAsk) stderr.write('\n')
      return response
    },
    showProgress(line) {
      if (!isTerminal) return
      stderr.write(`${CLEAR_LINE}${line.slice(0, Math.max(0, stderr.columns - 1))}`)
      hasProgress = true
    },
  }
}

/** Where the echo of a password goes. */
function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() })
}
