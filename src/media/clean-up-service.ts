import type {
  CleanUpFailure,
  CleanUpPlanRequest,
  CleanUpPlanResponse,
  CleanUpRunResponse,
  MissingFilesResponse,
  PlannedFile,
  RestoreResponse,
} from '../contract/clean-up.ts'
import {
  type CleanUpFailure as StorageFailure,
  DEFAULT_GRACE_PERIOD,
  DEFAULT_PURGE_AFTER,
  type FileMove,
} from '../storage/clean-up/clean-up-options.ts'
import { originalFileName } from '../storage/keys/file-key.ts'
import type { MissingFile } from '../storage/clean-up/find-missing.ts'
import { getContentType } from '../storage/keys/file-types.ts'
import type { ListedFile } from '../storage/core/media-storage-types.ts'
import type { ReferenceDatabase } from '../storage/references/referenced-file-keys.ts'
import { labelMissing } from './file-references.ts'
import type { MediaColumn } from './media-columns.ts'
import { MediaError } from './media-error.ts'

/** Missing files, and failures, that one answer tells. */
const MAX_MISSING = 200
const MAX_FAILURES = 100

/** Clean-up as the page does it: a plan is shown, confirmed, carried out step by step, and can be undone. */
export class CleanUpService {
  readonly #db: ReferenceDatabase

  constructor(db: ReferenceDatabase) {
    this.#db = db
  }

  /**
   * What would go, and why the rest stays.
   *
   * @throws {CleanUpError} `CLEAN_UP_REFUSED` or `CLEAN_UP_STOPPED`
   */
  async plan({ storage }: MediaColumn, request: CleanUpPlanRequest): Promise<CleanUpPlanResponse> {
    const { planId, count, bytes, examples, report } = await storage.cleanUp.plan(this.#db, request)
    const { unused, examined, referenced, young } = report
    const { olderThan = DEFAULT_GRACE_PERIOD } = request
    const counts = { count, bytes, unused, examined, referenced, young }
    return { planId, ...counts, examples: examples.map(describe), olderThan, restorableFor: DEFAULT_PURGE_AFTER }
  }

  /**
   * Takes the next files of a plan.
   *
   * @throws {MediaError} `NOT_FOUND` when there is no such plan, or it was carried out
   */
  async carryOut(
    { storage }: MediaColumn,
    planId: string,
    onMove: (move: FileMove) => void,
  ): Promise<CleanUpRunResponse> {
    const progress = await storage.cleanUp.run(this.#db, planId, { onMove })
    if (progress === null) {
      throw new MediaError('NOT_FOUND', 'There is no such plan, or it was carried out: make a new one.')
    }
    const { runId, kept, remaining, report } = progress
    const { deleted, bytes, failed } = report
    return {
      runId,
      deleted,
      bytes,
      kept,
      failed,
      failures: report.failures.map(toCleanUpFailure).slice(0, MAX_FAILURES),
      remaining,
    }
  }

  /** Brings back what a run took. */
  async restore({ storage }: MediaColumn, runId: string, onMove: (move: FileMove) => void): Promise<RestoreResponse> {
    const report = await storage.trash?.restoreRun(runId, { onMove })
    if (report === undefined) throw new MediaError('NOT_FOUND', 'This storage has no trash.')
    return {
      restored: report.restored,
      failed: report.failed,
      failures: report.failures.map(toCleanUpFailure).slice(0, MAX_FAILURES),
    }
  }

  /** Rows that reference files which are not there: the first 200. */
  async missing(media: MediaColumn): Promise<MissingFilesResponse> {
    const missing: MissingFile[] = []
    for await (const file of media.storage.findMissingFiles(this.#db)) {
      if (missing.length === MAX_MISSING)
        return { missing: await labelMissing(this.#db, media, missing), isComplete: false }
      missing.push(file)
    }
    return { missing: await labelMissing(this.#db, media, missing), isComplete: true }
  }
}

function describe({ key, size, lastModified }: ListedFile): PlannedFile {
  return {
    fileKey: key,
    name: originalFileName(key),
    size,
    contentType: getContentType(key),
    lastModified: lastModified.toISOString(),
  }
}

function toCleanUpFailure({ key, error }: StorageFailure): CleanUpFailure {
  return { fileKey: key, message: error.message }
}
