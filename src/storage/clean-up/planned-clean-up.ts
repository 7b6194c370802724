import type { ListedFile } from '../core/media-storage-types.ts'
import type { ReferenceDatabase } from '../references/referenced-file-keys.ts'
import type { CleanUpStorage } from './clean-up-storage.ts'
import { type DeleteUnusedFilesOptions, type DeleteUnusedFilesReport, emptyReport } from './clean-up-options.ts'
import { chooseForPlan, refuseWithoutTrash, stopped } from './delete-unused.ts'
import { References } from '../references/references.ts'
import { readPlan, removeOldPlans, removePlan, writePlan } from './stored-plan.ts'
import { trashBatch } from './trash-batch.ts'
import { getStorageTime } from './storage-clock.ts'
import { newRunId, getTrashLocations } from './trash-files.ts'

/** Files of one plan, and files that one call takes: a request must not last for minutes. */
const MAX_PLANNED = 10_000
const BATCH_SIZE = 500

/** Which files a plan may contain. */
export interface PlanOptions extends Pick<
  DeleteUnusedFilesOptions,
  'olderThan' | 'maxFraction' | 'allowEmpty' | 'signal'
> {}

/** A clean-up that can be confirmed. */
export interface PlannedCleanUp {
  planId: string
  report: DeleteUnusedFilesReport
  /** Files that would go. */
  count: number
  /** Their size together. */
  bytes: number
  /** At most ten of them. */
  examples: readonly ListedFile[]
}

/** A part of a plan that was carried out. */
export interface PlanProgress {
  runId: string
  report: DeleteUnusedFilesReport
  /** Planned files that were kept: something references them by now, or they were gone. */
  kept: number
  /** Planned files that are still to go: call again. */
  remaining: number
}

/**
 * Finds what would go, and keeps the list in the storage until somebody confirms it.
 *
 * @throws {CleanUpError} as `deleteUnusedFiles` does
 */
export async function planCleanUp(
  storage: CleanUpStorage,
  db: ReferenceDatabase,
  options: PlanOptions,
): Promise<PlannedCleanUp> {
  const report = emptyReport()
  const job = { storage, references: new References(db, storage), options: { ...options, limit: MAX_PLANNED }, report }
  const [hiddenFiles = null] = storage.locations
  if (hiddenFiles === null || getTrashLocations(storage.locations) === null) throw refuseWithoutTrash(job)
  try {
    const candidates = await chooseForPlan(job)
    const now = await getStorageTime(storage.locations)
    await removeOldPlans(hiddenFiles, now)
    const planId = crypto.randomUUID()
    const chosen: ListedFile[] = []
    for await (const file of candidates.files()) chosen.push(file)
    await writePlan(hiddenFiles, planId, { runId: newRunId(now), files: chosen.map(({ key, size }) => [key, size]) })
    return { planId, report, count: candidates.count, bytes: candidates.bytes, examples: chosen.slice(0, 10) }
  } catch (error) {
    throw stopped(report, error)
  }
}

/**
 * Puts the next files of a plan into the trash: none but those, and of those none that something references by now. `null`
 * when there is no such plan, or no more of it.
 *
 * @throws {CleanUpError} `CLEAN_UP_STOPPED` with what was done before
 */
export async function runPlan(
  storage: CleanUpStorage,
  db: ReferenceDatabase,
  { planId, ...options }: { planId: string } & Pick<DeleteUnusedFilesOptions, 'onMove'>,
): Promise<PlanProgress | null> {
  const locations = getTrashLocations(storage.locations)
  const [hiddenFiles = null] = storage.locations
  const plan = hiddenFiles === null ? null : await readPlan(hiddenFiles, planId)
  if (plan === null || hiddenFiles === null || locations === null) return null
  const report = emptyReport()
  const search = { storage, references: new References(db, storage), options, report }
  const [next, rest] = [plan.files.slice(0, BATCH_SIZE), plan.files.slice(BATCH_SIZE)]
  try {
    const files = next.map(([key, size]) => ({ key, size, lastModified: new Date(0) }))
    await trashBatch({ ...search, trash: { locations, runId: plan.runId } }, files)
    if (rest.length === 0) await removePlan(hiddenFiles, planId)
    else await writePlan(hiddenFiles, planId, { ...plan, files: rest })
  } catch (error) {
    throw stopped(report, error)
  }
  const kept = next.length - report.deleted - report.failed
  return { runId: plan.runId, report, kept, remaining: rest.length }
}
