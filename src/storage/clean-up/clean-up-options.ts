import type { PgColumn } from 'drizzle-orm/pg-core'
import type { MediaStorageError } from '../core/media-storage-error.ts'

/** Which files count as unused. */
export interface UnusedFilesOptions {
  /**
   * Grace period, in seconds: a younger file is kept, since its row may not be saved yet. It is measured by the storage's
   * own clock. Defaults to 86 400 (24 hours).
   */
  olderThan?: number
  /**
   * Goes on although no row references any of the files. Without it that is an error, because it is what a wrong, an empty
   * or a freshly restored database looks like. Defaults to `false`.
   */
  allowEmpty?: boolean
  /**
   * Further columns that may hold keys, besides those that the storage was made with: of another table, or of rich text
   * or JSON that mentions keys. A file is referenced when the random part of its key stands anywhere in such a column.
   */
  references?: readonly PgColumn[]
  /** Most files that are found, or deleted. Defaults to no limit. */
  limit?: number
  /** Stops between two batches, and while the database does not answer. */
  signal?: AbortSignal
  /** Told now and then how far it is. */
  onProgress?: (progress: CleanUpProgress) => void
}

/** How a clean-up deletes. */
export interface DeleteUnusedFilesOptions extends UnusedFilesOptions {
  /** Only tells what would be done, and changes nothing. Defaults to `false`. */
  dryRun?: boolean
  /** Refuses when more than this part of all files would go, from 0 to 1. Defaults to 0.5. */
  maxFraction?: number
  /** Asked once before anything is deleted; with any other answer than `true` nothing is. Defaults to going on. */
  confirm?: (plan: CleanUpPlan) => boolean | Promise<boolean>
  /**
   * Deletes for good. This gives up the way back, and the last guard against a row that comes to hold a key in the moment
   * between the look at the database and the deletion. Defaults to `false`: files go into the trash.
   */
  permanent?: boolean
  /** How long, in seconds, a file stays in the trash before a later clean-up destroys it. Defaults to 2 592 000 (30 days). */
  purgeAfter?: number
  /** Told of each file right after it went, came back or was destroyed: for a log of your own. */
  onMove?: (move: FileMove) => void
}

/** What happened to one file. */
export interface FileMove {
  /** `trashed`: into the trash; `restored` or `purged`: out of it, back or for good; `deleted`: for good, without the trash. */
  readonly action: 'trashed' | 'restored' | 'purged' | 'deleted'
  readonly key: string
  /** In bytes. */
  readonly size: number
  /** The clean-up in whose trash it is, or was; `null` without the trash. */
  readonly runId: string | null
}

/** What {@link DeleteUnusedFilesOptions.confirm} is asked about. */
export interface CleanUpPlan {
  /** Files that would go. */
  readonly count: number
  /** What they take up, together. */
  readonly bytes: number
  /** At most ten of their keys. */
  readonly examples: readonly string[]
}

/** How far a clean-up is. */
export interface CleanUpProgress {
  /**
   * `restoring` from the trash what is referenced again, `listing` the files, `comparing` with the rows, `choosing` by age,
   * `deleting`, `purging` the trash.
   */
  readonly stage: 'restoring' | 'listing' | 'comparing' | 'choosing' | 'deleting' | 'purging'
  /** Files, or values of rows, that are done in this stage. */
  readonly done: number
  /** How many there are, where that is known. */
  readonly total: number | null
}

/** A file that could not be deleted, restored or destroyed. */
export interface CleanUpFailure {
  readonly key: string
  readonly error: MediaStorageError
}

/** What a clean-up did. Memory does not grow with the files: it has their numbers, and the first failures. */
export interface DeleteUnusedFilesReport {
  /** The name by which the deleted files can be restored together; `null` when none went into the trash. */
  runId: string | null
  /** Files that were looked at: all whose key is of Vitrine's making. */
  examined: number
  /** Those that a row references. */
  referenced: number
  /** Unreferenced ones that were kept because they are young. */
  young: number
  /** Those that no row references, and that are old enough. */
  unused: number
  deleted: number
  /** What the deleted files took up; in a dry run, what the unused ones do. */
  bytes: number
  /** Files that came back from the trash because a row references them again. */
  restored: number
  /** Files of the trash that were destroyed. */
  purged: number
  failed: number
  /** The first 1000 failures. */
  failures: CleanUpFailure[]
  /** Whether `signal` stopped it. */
  interrupted: boolean
}

export const DEFAULT_GRACE_PERIOD = 86_400
export const DEFAULT_MAX_FRACTION = 0.5
export const DEFAULT_PURGE_AFTER: number = 30 * 86_400

/** Failures that a report keeps: a bucket that refuses may refuse millions. */
const REPORTED_FAILURES = 1000

/** A report of nothing. */
export function emptyReport(): DeleteUnusedFilesReport {
  return {
    runId: null,
    examined: 0,
    referenced: 0,
    young: 0,
    unused: 0,
    deleted: 0,
    bytes: 0,
    restored: 0,
    purged: 0,
    failed: 0,
    failures: [],
    interrupted: false,
  }
}

/** Counts a failure, and keeps it when it is one of the first. */
export function addFailure(report: DeleteUnusedFilesReport, failure: CleanUpFailure): void {
  report.failed += 1
  if (report.failures.length < REPORTED_FAILURES) report.failures.push(failure)
}
