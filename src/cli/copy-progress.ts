import type { CopyReport } from './copy-files.ts'
import type { Output } from './output.ts'

/** Time between two messages, in milliseconds: on a terminal, which shows one line, and in a log, which keeps all. */
const TERMINAL_INTERVAL = 200
const LOG_INTERVAL = 10_000

/** Tells how far a copy has come. */
export class CopyProgress {
  readonly #output: Output
  readonly #started: number = Date.now()
  #last: number = Date.now()

  constructor(output: Output) {
    this.#output = output
  }

  show(report: CopyReport): void {
    const now = Date.now()
    if (now - this.#last < (this.#output.isTerminal ? TERMINAL_INTERVAL : LOG_INTERVAL)) return
    this.#last = now
    const line = `${describeCounts(report)}, ${this.#speed(report, now)} MB/s`
    if (this.#output.isTerminal) this.#output.showProgress(line)
    else this.#output.log(line)
  }

  #speed({ copiedBytes }: CopyReport, now: number): string {
    return (copiedBytes / 1000 / Math.max(1, now - this.#started)).toFixed(1)
  }
}

/** The report in a line. */
export function describeReport(report: CopyReport, dryRun: boolean): string {
  const start = report.interrupted || report.listingFailure !== null ? 'Stopped' : 'Done'
  return dryRun
    ? `${start}: ${report.copied} of ${report.examined} files are to be copied (${megabytes(report)} MB), ${report.failed} differ.`
    : `${start}: ${describeCounts(report)}.`
}

function describeCounts(report: CopyReport): string {
  const { examined, copied, present, verified, gone, failed } = report
  const already = verified === 0 ? `${present} there already` : `${verified} there already and the same`
  const deleted = gone === 0 ? '' : `, ${gone} deleted meanwhile`
  return `${examined} files, ${copied} copied (${megabytes(report)} MB), ${already}${deleted}, ${failed} failed`
}

function megabytes({ copiedBytes }: CopyReport): string {
  return (copiedBytes / 1_000_000).toFixed(1)
}
