import type { HiddenFiles } from '../hidden/hidden-files.ts'
import { columnPath } from '../core/media-column.ts'
import type { ReferenceDatabase } from '../references/referenced-file-keys.ts'
import { inBatches } from '../core/batches.ts'
import { CleanUpError } from './clean-up-error.ts'
import type { CleanUpStorage } from './clean-up-storage.ts'
import {
  type CleanUpPlan,
  DEFAULT_MAX_FRACTION,
  DEFAULT_PURGE_AFTER,
  type DeleteUnusedFilesOptions,
  type DeleteUnusedFilesReport,
  type UnusedFilesOptions,
  emptyReport,
} from './clean-up-options.ts'
import { type Candidates, chooseCandidates } from './choose-candidates.ts'
import { type Search, compareWithRows, listUnused } from './find-unused.ts'
import { purgeExpired, restoreReferenced } from './purge-expired.ts'
import { References } from '../references/references.ts'
import { trashBatch } from './trash-batch.ts'
import { getStorageTime } from './storage-clock.ts'
import { newRunId, getTrashLocations } from './trash-files.ts'
import { unlessAborted } from './unless-aborted.ts'

/** Every unused key. Those of a batch were compared with the database right before they are given. */
export async function* findUnusedFileKeys(
  storage: CleanUpStorage,
  db: ReferenceDatabase,
  options: UnusedFilesOptions,
): AsyncGenerator<string> {
  const references = new References(db, storage, options.references)
  const search = { storage, references, options, report: emptyReport() }
  let remaining = options.limit ?? Infinity
  for await (const batch of inBatches(listUnused(search, await compareWithRows(search)), references.batchSize)) {
    const keys = batch.map(({ key }) => key)
    const referenced = await unlessAborted(references.filterReferenced(keys), options.signal)
    for (const { key } of batch) {
      if (referenced.has(key)) continue
      if (!(remaining > 0)) return
      remaining -= 1
      yield key
    }
  }
}

/** Puts the unused files into the trash, or destroys them, batch by batch. */
export async function deleteUnusedFiles(
  storage: CleanUpStorage,
  db: ReferenceDatabase,
  options: DeleteUnusedFilesOptions,
): Promise<DeleteUnusedFilesReport> {
  const references = new References(db, storage, options.references)
  const report = emptyReport()
  try {
    await cleanUp({ storage, references, options, report })
  } catch (error) {
    if (options.signal?.aborted !== true) throw stopped(report, error)
    report.interrupted = true
  }
  return report
}

/** A clean-up under way. */
export interface CleanUp extends Search {
  options: DeleteUnusedFilesOptions
}

async function cleanUp(job: CleanUp): Promise<void> {
  const { storage, options, report } = job
  if (options.dryRun === true) {
    report.bytes = (await chooseForPlan(job)).bytes
    return
  }
  const locations = getTrashLocations(storage.locations)
  if (locations === null && options.permanent !== true) throw refuseWithoutTrash(job)
  if (locations !== null) await restoreReferenced({ ...job, locations })
  const candidates = await chooseForPlan(job)
  if (candidates.count > 0 && (await isConfirmed(candidates, options))) {
    await deleteCandidates(job, candidates, options.permanent === true ? null : locations)
  }
  if (locations !== null) await purgeExpired({ ...job, locations, before: await getExpiry(job) })
}

/** Only `true` is consent: a question that was answered with anything else, or not at all, deletes nothing. */
async function isConfirmed(plan: CleanUpPlan, { confirm }: DeleteUnusedFilesOptions): Promise<boolean> {
  if (confirm === undefined) return true
  const response: unknown = await confirm(plan)
  return response === true
}

/** Finds what would go, and refuses what is not to be believed. */
export async function chooseForPlan(job: CleanUp): Promise<Candidates> {
  const candidates = await chooseCandidates(job, await compareWithRows(job))
  refuseTooMany(job)
  return candidates
}

async function getExpiry({ storage, options }: CleanUp): Promise<number> {
  return (await getStorageTime(storage.locations)).getTime() - (options.purgeAfter ?? DEFAULT_PURGE_AFTER) * 1000
}

async function deleteCandidates(
  job: CleanUp,
  candidates: Candidates,
  locations: readonly HiddenFiles[] | null,
): Promise<void> {
  const { storage, options, report } = job
  const runId = newRunId(await getStorageTime(storage.locations))
  const trash = locations === null ? null : { locations, runId }
  for await (const batch of inBatches(candidates.files(), job.references.batchSize)) {
    options.signal?.throwIfAborted()
    await trashBatch({ ...job, trash }, batch)
    options.onProgress?.({ stage: 'deleting', done: report.deleted + report.failed, total: candidates.count })
  }
}

/** The refusal of a storage that has nowhere to put what it should give back. */
export function refuseWithoutTrash({ storage, report }: CleanUp): CleanUpError {
  const message = `Nothing was deleted: the storage of ${columnPath(storage.column)} has no hidden files, and so no trash. Set permanent to delete for good.`
  return new CleanUpError(message, { refusal: 'no-trash', report })
}

/** Written so that a limit which is no number refuses. */
function refuseTooMany({ storage, options, report }: CleanUp): void {
  const { maxFraction = DEFAULT_MAX_FRACTION } = options
  if (report.unused <= maxFraction * report.examined) return
  const part = `${report.unused} of ${report.examined} files of ${columnPath(storage.column)} are unused`
  const message = `Nothing was deleted: ${part}, more than the ${percent(maxFraction)} that may go at once. Is it the right database? If that is right, raise maxFraction.`
  throw new CleanUpError(message, { refusal: 'too-many-unused', report })
}

/** `50 %`. Three digits are enough, and keep 0.07 from being 7.000000000000001. */
function percent(fraction: number): string {
  return `${Number((fraction * 100).toPrecision(3))} %`
}

/** The error of a clean-up that broke off; a refusal stays what it is. */
export function stopped(report: DeleteUnusedFilesReport, cause: unknown): CleanUpError {
  if (cause instanceof CleanUpError) return cause
  const failed = cause instanceof Error && cause.name.endsWith('MediaStorageError') ? 'storage' : 'database'
  const message = `The clean-up stopped: the ${failed} failed. Before that, ${report.deleted} files were deleted; nothing more was.`
  return new CleanUpError(message, { report, cause })
}
