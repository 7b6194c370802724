import { hasRandomPart, isGeneratedFileKey } from '../keys/file-key.ts'
import { columnPath } from '../core/media-column.ts'
import type { ListedFile } from '../core/media-storage-types.ts'
import { CleanUpError, type CleanUpRefusal } from './clean-up-error.ts'
import type { CleanUpStorage } from './clean-up-storage.ts'
import { DEFAULT_GRACE_PERIOD, type DeleteUnusedFilesReport, type UnusedFilesOptions } from './clean-up-options.ts'
import { FileFingerprints } from './file-fingerprints.ts'
import type { References } from '../references/references.ts'
import { getStorageTime } from './storage-clock.ts'
import { Watch, watchedPages } from './watched.ts'

/** One clean-up, or one look at what is unused. */
export interface Search {
  storage: CleanUpStorage
  references: References
  options: UnusedFilesOptions
  report: DeleteUnusedFilesReport
}

/** What was found out: ask {@link listUnused} for the files themselves. */
export interface Findings {
  readonly fingerprints: FileFingerprints
  /** Files that changed after this moment are young. */
  readonly newest: number
}

/**
 * Compares the files with the rows. The files are listed **first** and the rows are read afterwards: a row that is saved
 * in between keeps its file, and a file that comes in between is not known here and so is kept.
 *
 * @throws {CleanUpError} `CLEAN_UP_REFUSED` when what the database answers is not to be believed
 */
export async function compareWithRows({ storage, references, options, report }: Search): Promise<Findings> {
  const { olderThan = DEFAULT_GRACE_PERIOD, allowEmpty = false } = options
  const newest = (await getStorageTime(storage.locations)).getTime() - olderThan * 1000
  const fingerprints = new FileFingerprints()
  for await (const keys of watchedPages(storage.getFileKeyPages(), 'listing', options)) {
    report.examined += takeIn(fingerprints, keys)
  }
  let count = 0
  for await (const values of watchedPages(references.pages(), 'comparing', options)) {
    count += values.length
    markAll(fingerprints, values)
  }
  report.referenced = fingerprints.marked
  const refusal = allowEmpty ? null : getRefusal(report, count)
  if (refusal !== null) throw refuse(storage, refusal, report)
  return { fingerprints, newest }
}

/** How many files were taken in. A loop inside an asynchronous function runs slower than in one of its own. */
function takeIn(fingerprints: FileFingerprints, keys: readonly string[]): number {
  let count = 0
  for (const key of keys) {
    // Only files under keys of our own making are candidates: what else lies in the place is not ours to delete.
    if (!hasRandomPart(key)) continue
    count += 1
    fingerprints.add(key)
  }
  return count
}

function markAll(fingerprints: FileFingerprints, values: readonly string[]): void {
  for (const value of values) fingerprints.mark(value)
}

/** The unused files, found by a second listing. Only what no row references is asked for its age. */
export async function* listUnused(
  { storage, options, report }: Search,
  { fingerprints, newest }: Findings,
): AsyncGenerator<ListedFile> {
  if (!fingerprints.hasUnreferenced) return
  const watch = new Watch('choosing', options)
  const isCandidate = (key: string) => {
    const isUnreferenced = fingerprints.hasUnmarked(key) && isGeneratedFileKey(key)
    // One that is asked about may be asked about again; it is counted below.
    if (!isUnreferenced) watch.count(1)
    return isUnreferenced
  }
  try {
    for await (const file of storage.listFiles({ only: isCandidate })) {
      watch.count(1)
      if (file.lastModified.getTime() <= newest) yield file
      else report.young += 1
    }
  } catch (error) {
    // The signal is looked at inside the listing, where its reason becomes a failure of the storage.
    options.signal?.throwIfAborted()
    throw error
  }
  watch.end()
}

function getRefusal(report: DeleteUnusedFilesReport, values: number): CleanUpRefusal | null {
  if (report.examined > 0) return values === 0 ? 'no-references' : null
  return values > 0 ? 'no-files' : null
}

function refuse({ column }: CleanUpStorage, refusal: CleanUpRefusal, report: DeleteUnusedFilesReport): CleanUpError {
  const path = columnPath(column)
  const sentence =
    refusal === 'no-files'
      ? `Nothing was deleted: rows reference files in ${path} and the storage has none. Is its disk mounted, and its name right? If that is right, set allowEmpty.`
      : `Nothing was deleted: no row references a file in ${path} although there are files. If that is right, set allowEmpty.`
  return new CleanUpError(sentence, { refusal, report })
}
