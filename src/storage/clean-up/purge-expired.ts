import type { HiddenFiles } from '../hidden/hidden-files.ts'
import { inBatches, forEachConcurrently } from '../core/batches.ts'
import { type DeleteUnusedFilesOptions, type DeleteUnusedFilesReport, addFailure } from './clean-up-options.ts'
import { removeThumbnails } from '../hidden/thumbnail-files.ts'
import type { References } from '../references/references.ts'
import { asStorageError } from './storage-error.ts'
import { type TrashedFile, destroyFile, isTaken, listTrash, restoreFile } from './trash-files.ts'
import { unlessAborted } from './unless-aborted.ts'
import { watched } from './watched.ts'

/** Files of the trash that are looked up in the database right before they are destroyed, and moves at a time. */
const BATCH_SIZE = 500
const CONCURRENCY = 8

/** What a pass is told. */
type TrashPassOptions = Pick<DeleteUnusedFilesOptions, 'signal' | 'onProgress' | 'onMove'>

/** A pass over the trash. */
export interface TrashPass {
  locations: readonly HiddenFiles[]
  references: References
  options: TrashPassOptions
  report: DeleteUnusedFilesReport
}

/**
 * Brings back what a row references again. No look at the database can rule out that a transaction which took a key
 * commits after it: this is where such a file comes back.
 */
export async function restoreReferenced({ locations, references, options, report }: TrashPass): Promise<void> {
  for await (const batch of inBatches(watched(listTrash(locations), 'restoring', options), references.batchSize)) {
    const keys = batch.map(({ key }) => key)
    const referenced = await unlessAborted(references.filterReferenced(keys), options.signal)
    const wanted = batch.filter(({ key }) => referenced.has(key))
    await forEachConcurrently(
      wanted,
      CONCURRENCY,
      async (file) => void (await restore({ locations, options, report }, file)),
    )
  }
}

/** Destroys what came into the trash before a moment, unless a row references it. */
export async function purgeExpired(pass: TrashPass & { before: number }): Promise<void> {
  const expired = filterExpired(watched(listTrash(pass.locations), 'purging', pass.options), pass.before)
  await purgeFiles(pass, expired)
}

async function* filterExpired(files: AsyncIterable<TrashedFile>, before: number): AsyncGenerator<TrashedFile> {
  for await (const file of files) if (file.trashedAt.getTime() <= before) yield file
}

/** Destroys files of the trash; restores those that a row references. */
export async function purgeFiles(
  { locations, references, options, report }: TrashPass,
  files: AsyncIterable<TrashedFile>,
): Promise<void> {
  for await (const batch of inBatches(files, BATCH_SIZE)) {
    const keys = batch.map(({ key }) => key)
    const referenced = await unlessAborted(references.filterReferenced(keys), options.signal)
    await forEachConcurrently(batch, CONCURRENCY, async (file) => {
      const isWanted = referenced.has(file.key) && (await restore({ locations, options, report }, file)) !== 'taken'
      if (!isWanted) await destroy({ locations, options, report }, file)
    })
  }
}

type Moving = Pick<TrashPass, 'locations' | 'options' | 'report'>

/** `taken` when the key has a file again, which leaves nothing to restore. */
async function restore(
  { locations, options, report }: Moving,
  file: TrashedFile,
): Promise<'restored' | 'gone' | 'taken' | 'failed'> {
  try {
    if (!(await restoreFile(locations, file))) return 'gone'
    report.restored += 1
    options.onMove?.({ action: 'restored', key: file.key, size: file.size, runId: file.runId })
    return 'restored'
  } catch (error) {
    if (isTaken(error)) return 'taken'
    addFailure(report, { key: file.key, error: asStorageError(error) })
    return 'failed'
  }
}

async function destroy({ locations, options, report }: Moving, file: TrashedFile): Promise<void> {
  try {
    await destroyFile(locations, file)
    for (const location of locations) await removeThumbnails(location, [file.key])
    report.purged += 1
    options.onMove?.({ action: 'purged', key: file.key, size: file.size, runId: file.runId })
  } catch (error) {
    addFailure(report, { key: file.key, error: asStorageError(error) })
  }
}
