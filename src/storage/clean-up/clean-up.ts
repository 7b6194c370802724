import type { ReferenceDatabase } from '../references/referenced-file-keys.ts'
import type { DeleteUnusedFilesOptions, DeleteUnusedFilesReport, UnusedFilesOptions } from './clean-up-options.ts'
import type { CleanUpStorage } from './clean-up-storage.ts'
import { deleteUnusedFiles, findUnusedFileKeys } from './delete-unused.ts'
import { type MissingFile, findMissingFiles } from './find-missing.ts'
import { type PlannedCleanUp, type PlanOptions, type PlanProgress, planCleanUp, runPlan } from './planned-clean-up.ts'

/**
 * Finds and removes the files that no row references. A plan is kept in the storage, so that one server can show it and
 * another one carry it out.
 *
 * @example
 * const { planId, count } = await posterMedia.cleanUp.plan(db)
 * if (count > 0) await posterMedia.cleanUp.run(db, planId)
 */
export class CleanUp {
  readonly #storage: CleanUpStorage

  /** Use `storage.cleanUp`. */
  constructor(storage: CleanUpStorage) {
    this.#storage = storage
  }

  /**
   * Finds at most 10,000 unused files and keeps the list in the storage for a day.
   *
   * @throws {CleanUpError} `CLEAN_UP_REFUSED` or `CLEAN_UP_STOPPED`
   */
  plan(db: ReferenceDatabase, options: PlanOptions = {}): Promise<PlannedCleanUp> {
    return planCleanUp(this.#storage, db, options)
  }

  /**
   * Moves the next files of a plan to the trash, at most 500, except those that a row references by now. Call it again
   * until none are `remaining`.
   *
   * @returns `null` when there is no such plan, or nothing left of it
   * @throws {CleanUpError} `CLEAN_UP_STOPPED` with a report of what was done
   */
  run(
    db: ReferenceDatabase,
    planId: string,
    options: Pick<DeleteUnusedFilesOptions, 'onMove'> = {},
  ): Promise<PlanProgress | null> {
    return runPlan(this.#storage, db, { ...options, planId })
  }

  /**
   * Every key that no row references, of files older than the grace period. The keys of each batch are compared with the
   * database right before they are yielded.
   *
   * @throws {CleanUpError} `CLEAN_UP_REFUSED`
   */
  findUnused(db: ReferenceDatabase, options: UnusedFilesOptions = {}): AsyncGenerator<string> {
    return findUnusedFileKeys(this.#storage, db, options)
  }

  /**
   * Moves every unused file to the trash, or deletes it for good.
   *
   * @throws {CleanUpError} `CLEAN_UP_REFUSED` when nothing was changed, `CLEAN_UP_STOPPED` with a report when it broke off
   */
  deleteUnused(db: ReferenceDatabase, options: DeleteUnusedFilesOptions = {}): Promise<DeleteUnusedFilesReport> {
    return deleteUnusedFiles(this.#storage, db, options)
  }

  /** Every row that references a file which the storage does not have. */
  findMissing(db: ReferenceDatabase): AsyncGenerator<MissingFile> {
    return findMissingFiles(this.#storage, db)
  }
}
