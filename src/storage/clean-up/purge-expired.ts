import type { HiddenFiles } from '../hidden-files.ts'
import { batchesOf, forEachOf } from './batches-of.ts'
import { type DeleteUnusedFilesOptions, type DeleteUnusedFilesReport, addFailure } from './clean-up-options.ts'
import { removeThumbnails } from '../thumbnail-files.ts'
import type { References } from './references.ts'
import { asStorageError } from './storage-error.ts'
import { type TrashedFile, destroyFile, isTaken, listTrash, revealFile } from './trash-files.ts'
import { unlessAborted } from './unless-aborted.ts'
import { watched } from './watched.ts'

/** Files of the trash that are looked up in the database right before they are destroyed, and moves at a time. */
const BATCH_SIZE = 500
const CONCURRENCY = 8

/** What a pass is told. */
type TrashPassOptions = Pick<DeleteUnusedFilesOptions, 'signal' | 'onProgress' | 'onMove'>

/** A pass over the trash. */
export interface TrashPass {
  places: readonly HiddenFiles[]
  references: References
  options: TrashPassOptions
  report: DeleteUnusedFilesReport
}

/**
 * Brings back what a row references again. No look at the database can rule out that a transaction which took a key
 * commits after it: this is where such a file comes back.
 */
export async function restoreReferenced({ places, references, options, report }: TrashPass): Promise<void> {
  for await (const batch of batchesOf(watched(listTrash(places), 'restoring', options), references.batchSize)) {
    const keys = batch.map(({ key }) => key)
    const referenced = await unlessAborted(references.among(keys), options.signal)
    const wanted = batch.filter(({ key }) => referenced.has(key))
    await forEachOf(wanted, CONCURRENCY, async (file) => void (await restore({ places, options, report }, file)))
  }
}

/** Destroys what came into the trash before a moment, unless a row references it. */
export async function purgeExpired(pass: TrashPass & { before: number }): Promise<void> {
  const { places, references, options, report, before } = pass
  for await (const batch of batchesOf(watched(listTrash(places), 'purging', options), BATCH_SIZE)) {
    const expired = batch.filter(({ trashedAt }) => trashedAt.getTime() <= before)
    const keys = expired.map(({ key }) => key)
    const referenced = await unlessAborted(references.among(keys), options.signal)
    await forEachOf(expired, CONCURRENCY, async (file) => {
      const isWanted = referenced.has(file.key) && (await restore({ places, options, report }, file)) !== 'taken'
      if (!isWanted) await destroy({ places, options, report }, file)
    })
  }
}

type Moving = Pick<TrashPass, 'places' | 'options' | 'report'>

/** `taken` when the key has a file again, which leaves nothing to restore. */
async function restore(
  { places, options, report }: Moving,
  file: TrashedFile,
): Promise<'restored' | 'gone' | 'taken' | 'failed'> {
  try {
    if (!(await revealFile(places, file))) return 'gone'
    report.restored += 1
    options.onMove?.({ action: 'restored', key: file.key, size: file.size, runId: file.runId })
    return 'restored'
  } catch (error) {
    if (isTaken(error)) return 'taken'
    addFailure(report, { key: file.key, error: asStorageError(error) })
    return 'failed'
  }
}

async function destroy({ places, options, report }: Moving, file: TrashedFile): Promise<void> {
  try {
    await destroyFile(places, file)
    for (const place of places) await removeThumbnails(place, [file.key])
    report.purged += 1
    options.onMove?.({ action: 'purged', key: file.key, size: file.size, runId: file.runId })
  } catch (error) {
    addFailure(report, { key: file.key, error: asStorageError(error) })
  }
}
