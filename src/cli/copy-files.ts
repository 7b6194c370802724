import type { ListedFile } from '../storage/core/media-storage-types.ts'
import { type CopyJob, type CopyOutcome, copyFile } from './copy-file.ts'

/** What was done, in numbers of files. */
export interface CopyReport {
  examined: number
  /** In a dry run: files that would be copied. */
  copied: number
  copiedBytes: number
  present: number
  verified: number
  gone: number
  failed: number
  /** The first failures, at most {@link REPORTED_FAILURES}. */
  failures: CopyFailure[]
  /** Why the listing of the source broke off; `null` when it did not. */
  listingFailure: string | null
  interrupted: boolean
}

/** A file that could not be copied, or differs. */
export interface CopyFailure {
  key: string
  message: string
}

/** Failures that are kept for the report: a move of millions of files may fail for all of them. */
const REPORTED_FAILURES = 1000

/** How many files at a time, and who is told. */
export interface CopyManner {
  concurrency: number
  onProgress: (report: CopyReport) => void
  onFailure: (failure: CopyFailure) => void
}

/** Copies every file of the source, several at a time. One that fails is reported, and the others go on. */
export async function copyFiles(job: CopyJob, manner: CopyManner): Promise<CopyReport> {
  const report = emptyReport()
  const files = job.source.listFiles()
  const workers = Array.from({ length: manner.concurrency }, () => copyRemaining(job, files, { report, manner }))
  // A listing that breaks off ends one worker, and the others finish what they have begun.
  const broken = (await Promise.allSettled(workers)).find((result) => result.status === 'rejected')
  await files.return(undefined)
  report.listingFailure = broken === undefined ? null : describeError(broken.reason)
  report.interrupted = job.signal.aborted
  return report
}

interface Progress {
  report: CopyReport
  manner: CopyManner
}

/** Takes files from the listing that all workers share. */
async function copyRemaining(job: CopyJob, files: AsyncGenerator<ListedFile>, progress: Progress): Promise<void> {
  const { report, manner } = progress
  while (!job.signal.aborted) {
    const next = await files.next()
    if (next.done === true) return
    await copyOne(job, next.value, progress)
    manner.onProgress(report)
  }
}

async function copyOne(job: CopyJob, file: ListedFile, { report, manner }: Progress): Promise<void> {
  try {
    count(report, await copyFile(job, file), file)
  } catch (error) {
    // Stopped is not failed: the next run copies it.
    if (job.signal.aborted) return
    const failure = { key: file.key, message: describeError(error) }
    report.examined += 1
    report.failed += 1
    if (report.failures.length < REPORTED_FAILURES) report.failures.push(failure)
    manner.onFailure(failure)
  }
}

function count(report: CopyReport, outcome: CopyOutcome, { size }: ListedFile): void {
  report.examined += 1
  report[outcome] += 1
  if (outcome === 'copied') report.copiedBytes += size
}

function emptyReport(): CopyReport {
  return {
    examined: 0,
    copied: 0,
    copiedBytes: 0,
    present: 0,
    verified: 0,
    gone: 0,
    failed: 0,
    failures: [],
    listingFailure: null,
    interrupted: false,
  }
}

/** With what the system said underneath, which tells a full disk from a missing right. */
function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  return cause instanceof Error && 'syscall' in cause ? `${error.message} (${cause.message})` : error.message
}
