import type { CleanUpProgress } from '../storage/clean-up/clean-up-options.ts'
import type { Output } from './output.ts'

/** Time between two messages, in milliseconds: on a terminal, which shows one line, and in a log, which keeps all. */
const TERMINAL_INTERVAL = 200
const LOG_INTERVAL = 10_000

const BAR_WIDTH = 30

/** Tells how far a clean-up is: a bar on a terminal, a line now and then elsewhere. */
export function showingProgress(output: Output, column: string): (progress: CleanUpProgress) => void {
  let last = Date.now()
  return ({ stage, done, total }) => {
    const now = Date.now()
    if (now - last < (output.isTerminal ? TERMINAL_INTERVAL : LOG_INTERVAL)) return
    last = now
    const count = total === null ? `${done}` : `${done} of ${total}`
    if (output.isTerminal) output.showProgress(`${column}  ${stage.padEnd(10)} ${getBar(done, total)} ${count}`)
    else output.log(`${column}: ${stage} ${count}`)
  }
}

function getBar(done: number, total: number | null): string {
  if (total === null || total === 0) return ''
  const filled = Math.round((BAR_WIDTH * Math.min(done, total)) / total)
  return `[${'#'.repeat(filled)}${'-'.repeat(BAR_WIDTH - filled)}] ${Math.floor((100 * done) / total)} %`
}

/** `12.3 MB`. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
