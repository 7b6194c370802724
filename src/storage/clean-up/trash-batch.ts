import type { HiddenFiles } from '../hidden/hidden-files.ts'
import type { ListedFile } from '../core/media-storage-types.ts'
import { forEachConcurrently } from '../core/batches.ts'
import { type DeleteUnusedFilesOptions, addFailure } from './clean-up-options.ts'
import type { Search } from './find-unused.ts'
import { asStorageError } from './storage-error.ts'
import { hideFile, restoreFile } from './trash-files.ts'
import { unlessAborted } from './unless-aborted.ts'

/** Moves at a time. */
const CONCURRENCY = 8

/** How files are taken away. */
export interface Taking extends Search {
  options: DeleteUnusedFilesOptions
  /** `null` for good. */
  trash: { locations: readonly HiddenFiles[]; runId: string } | null
}

/**
 * Takes files away that were found to be unused. The database is asked once more right before, so that what was saved since
 * then is kept; and once more after, so that what was saved in the moment between comes back at once.
 */
export async function trashBatch(taking: Taking, batch: readonly ListedFile[]): Promise<void> {
  const keys = batch.map(({ key }) => key)
  const referenced = await unlessAborted(taking.references.filterReferenced(keys), taking.options.signal)
  const unused = batch.filter(({ key }) => !referenced.has(key))
  if (taking.trash === null) await destroy(taking, unused)
  else await restore(taking, await hide(taking, unused))
}

async function destroy({ storage, options, report }: Taking, files: readonly ListedFile[]): Promise<void> {
  const sizes = new Map(files.map(({ key, size }) => [key, size]))
  const { deleted, failed } = await storage.bulkDeleteFiles(sizes.keys())
  report.deleted += deleted.length
  for (const key of deleted) {
    const size = sizes.get(key) ?? 0
    report.bytes += size
    options.onMove?.({ action: 'deleted', key, size, runId: null })
  }
  for (const failure of failed) addFailure(report, failure)
}

async function hide({ trash, options, report }: Taking, files: readonly ListedFile[]): Promise<ListedFile[]> {
  const hidden: ListedFile[] = []
  if (trash === null) return hidden
  await forEachConcurrently(files, CONCURRENCY, async (file) => {
    const { key, size } = file
    try {
      if (!(await hideFile(trash.locations, { key, runId: trash.runId }))) return
    } catch (error) {
      addFailure(report, { key, error: asStorageError(error) })
      return
    }
    hidden.push(file)
    report.runId = trash.runId
    report.deleted += 1
    report.bytes += size
    options.onMove?.({ action: 'trashed', key, size, runId: trash.runId })
  })
  return hidden
}

async function restore({ trash, references, options, report }: Taking, hidden: readonly ListedFile[]): Promise<void> {
  if (trash === null) return
  const referenced = await references.filterReferenced(hidden.map(({ key }) => key))
  const wanted = hidden.filter(({ key }) => referenced.has(key))
  await forEachConcurrently(wanted, CONCURRENCY, async ({ key, size }) => {
    try {
      await restoreFile(trash.locations, { key, runId: trash.runId })
      report.restored += 1
      report.deleted -= 1
      report.bytes -= size
      options.onMove?.({ action: 'restored', key, size, runId: trash.runId })
    } catch (error) {
      addFailure(report, { key, error: asStorageError(error) })
    }
  })
}
