import { MediaStorageError } from '../core/media-storage-error.ts'
import type { DeleteUnusedFilesReport } from './clean-up-options.ts'

/**
 * Why a clean-up would not begin. `no-references`: no row references any file. `no-files`: rows reference files and
 * there is none. `too-many-unused`: more would go than `maxFraction` allows. `no-trash`: the storage has no place for one.
 */
export type CleanUpRefusal = 'no-references' | 'no-files' | 'too-many-unused' | 'no-trash'

/** What {@link CleanUpError} tells besides its sentence. */
export interface CleanUpErrorDetails extends ErrorOptions {
  refusal?: CleanUpRefusal
  report: DeleteUnusedFilesReport
}

/**
 * A clean-up that would not begin (`CLEAN_UP_REFUSED`: nothing was changed) or that could not go on
 * (`CLEAN_UP_STOPPED`). Its report says how far it came.
 */
export class CleanUpError extends MediaStorageError {
  override readonly name: string = 'CleanUpError'
  /** Why it would not begin; `null` when it could not go on. */
  readonly refusal: CleanUpRefusal | null
  readonly report: DeleteUnusedFilesReport

  constructor(message: string, { refusal, report, ...options }: CleanUpErrorDetails) {
    super(refusal === undefined ? 'CLEAN_UP_STOPPED' : 'CLEAN_UP_REFUSED', message, options)
    this.refusal = refusal ?? null
    this.report = report
  }
}
