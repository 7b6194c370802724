import type { PgColumn } from 'drizzle-orm/pg-core'
import type { HiddenFiles } from '../hidden/hidden-files.ts'
import { columnPath } from '../core/media-column.ts'
import type { StoredFile } from '../core/stored-file.ts'
import type { ReferenceDatabase } from '../references/referenced-file-keys.ts'
import { inBatches, forEachConcurrently } from '../core/batches.ts'
import { CleanUpError } from './clean-up-error.ts'
import type { CleanUpStorage } from './clean-up-storage.ts'
import {
  type CleanUpFailure,
  DEFAULT_PURGE_AFTER,
  type DeleteUnusedFilesOptions,
  addFailure,
  emptyReport,
} from './clean-up-options.ts'
import { purgeExpired, purgeFiles } from './purge-expired.ts'
import { References } from '../references/references.ts'
import { asStorageError } from './storage-error.ts'
import { getStorageTime } from './storage-clock.ts'
import {
  type TrashedFile,
  type TrashLocation,
  findTrashedFile,
  getTrashLocations,
  hideFile,
  listTrash,
  newRunId,
  openTrashedFile,
  restoreFile,
} from './trash-files.ts'

/** Moves at a time, and files of the trash that are listed for them. */
const CONCURRENCY = 8
const BATCH_SIZE = 500

/** What became of files that were to be restored. */
export interface RestoreReport {
  restored: number
  failed: number
  /** The first 1000 failures. */
  failures: CleanUpFailure[]
}

/** What became of the trash. */
export interface PurgeReport extends RestoreReport {
  purged: number
  /** Whether `signal` stopped it. */
  interrupted: boolean
}

/** Which files of the trash are destroyed. */
export interface PurgeOptions extends Pick<
  DeleteUnusedFilesOptions,
  'purgeAfter' | 'allowEmpty' | 'signal' | 'onProgress' | 'onMove'
> {
  /** As in {@link DeleteUnusedFilesOptions}: what a row references again comes back instead. */
  references?: readonly PgColumn[]
}

/** What {@link Trash} needs of a storage. */
export type TrashStorage = Pick<CleanUpStorage, 'column' | 'references' | 'locations'>

/** The trash of a storage; `null` when the storage, or its fallback, has no hidden files. */
export function getTrash(storage: TrashStorage): Trash | null {
  const locations = getTrashLocations(storage.locations)
  return locations === null ? null : new Trash(storage, locations)
}

/**
 * Where clean-ups put files: inside the storage, seen by nobody, until they are brought back or destroyed.
 *
 * @example
 * const { runId } = await posterMedia.deleteUnusedFiles(db)
 * if (runId !== null) await posterMedia.trash?.restoreRun(runId)
 */
export class Trash {
  readonly #storage: Omit<TrashStorage, 'locations'>
  readonly #locations: readonly HiddenFiles[]

  /** Use `storage.trash`. */
  constructor(storage: Omit<TrashStorage, 'locations'>, locations: readonly HiddenFiles[]) {
    this.#storage = storage
    this.#locations = locations
  }

  /** The files in the trash, or those of one run, in no particular order and without holding all in memory. */
  list({ runId }: { runId?: string } = {}): AsyncGenerator<TrashedFile> {
    return listTrash(this.#locations, runId)
  }

  /** Those of some files that are in the trash. */
  async *find(files: Iterable<TrashLocation>): AsyncGenerator<TrashedFile> {
    for (const file of files) {
      const found = await findTrashedFile(this.#locations, file)
      if (found !== null) yield found
    }
  }

  /** A file in the trash, ready to be read; `null` when it is not there. */
  open(file: TrashLocation): Promise<StoredFile | null> {
    return openTrashedFile(this.#locations, file)
  }

  /**
   * Moves a file to the trash, without checking whether a row references it.
   *
   * @param options.runId - the run that the file belongs to. Defaults to a run of its own
   * @returns the run by which the file can be restored; `null` when there is no such file
   * @throws {MediaStorageError} `INVALID_FILE_KEY` or `STORAGE_FAILURE`
   */
  async add(key: string, options: { runId?: string } = {}): Promise<string | null> {
    const { runId = (await this.startRun()).runId } = options
    return (await hideFile(this.#locations, { key, runId })) ? runId : null
  }

  /** A new run for {@link add}, and when it starts by the storage's clock. */
  async startRun(): Promise<{ runId: string; startedAt: Date }> {
    const startedAt = await getStorageTime(this.#locations)
    return { runId: newRunId(startedAt), startedAt }
  }

  /**
   * Brings a file back under its key. From now on it counts as a new file. `false` when it is not in the trash.
   *
   * @param options.runId - the run that moved it. Defaults to the last one, for which the whole trash is listed
   * @throws {MediaStorageError} `FILE_EXISTS` when the key has another file by now, or `STORAGE_FAILURE`
   */
  async restoreFile(key: string, { runId }: { runId?: string } = {}): Promise<boolean> {
    if (runId !== undefined) return restoreFile(this.#locations, { key, runId })
    let last = ''
    for await (const file of this.list()) if (file.key === key && file.runId > last) last = file.runId
    return last !== '' && restoreFile(this.#locations, { key, runId: last })
  }

  /** Brings back all that a run took. It can be done again, and goes on where it was interrupted. */
  restoreRun(runId: string, options: Pick<DeleteUnusedFilesOptions, 'onMove'> = {}): Promise<RestoreReport> {
    return this.restoreFiles(this.list({ runId }), options)
  }

  /** Restores files that {@link list} or {@link find} returned, each from its own run. */
  async restoreFiles(
    files: AsyncIterable<TrashedFile>,
    { onMove }: Pick<DeleteUnusedFilesOptions, 'onMove'> = {},
  ): Promise<RestoreReport> {
    const report = emptyReport()
    for await (const batch of inBatches(files, BATCH_SIZE)) {
      await forEachConcurrently(batch, CONCURRENCY, async (file) => {
        try {
          if (!(await restoreFile(this.#locations, file))) return
          report.restored += 1
          onMove?.({ action: 'restored', key: file.key, size: file.size, runId: file.runId })
        } catch (error) {
          addFailure(report, { key: file.key, error: asStorageError(error) })
        }
      })
    }
    const { restored, failed, failures } = report
    return { restored, failed, failures }
  }

  /**
   * Destroys what has been in the trash long enough. A file that a row references by now is brought back instead.
   *
   * @throws {CleanUpError} `CLEAN_UP_REFUSED` when no row references any file, unless `allowEmpty` says that this is right
   */
  async purge(db: ReferenceDatabase, options: PurgeOptions = {}): Promise<PurgeReport> {
    const { purgeAfter = DEFAULT_PURGE_AFTER, allowEmpty = false } = options
    const references = new References(db, this.#storage, options.references)
    const report = emptyReport()
    if (!allowEmpty && !(await references.hasAny()) && (await this.#hasAny())) {
      const message = `Nothing was destroyed: no row references a file in ${columnPath(this.#storage.column)}. If that is right, set allowEmpty.`
      throw new CleanUpError(message, { refusal: 'no-references', report })
    }
    const before = (await getStorageTime(this.#locations)).getTime() - purgeAfter * 1000
    try {
      await purgeExpired({ locations: this.#locations, references, before, options, report })
    } catch (error) {
      if (options.signal?.aborted !== true) throw error
      report.interrupted = true
    }
    const { purged, restored, failed, failures, interrupted } = report
    return { purged, restored, failed, failures, interrupted }
  }

  /**
   * Destroys files that {@link list} or {@link find} returned, however short they have been in the trash. A file that a row
   * references by now is restored instead.
   */
  async purgeFiles(
    db: ReferenceDatabase,
    files: AsyncIterable<TrashedFile>,
    options: Pick<PurgeOptions, 'onMove' | 'references' | 'signal'> = {},
  ): Promise<PurgeReport> {
    const references = new References(db, this.#storage, options.references)
    const report = emptyReport()
    try {
      await purgeFiles({ locations: this.#locations, references, options, report }, files)
    } catch (error) {
      if (options.signal?.aborted !== true) throw error
      report.interrupted = true
    }
    const { purged, restored, failed, failures, interrupted } = report
    return { purged, restored, failed, failures, interrupted }
  }

  async #hasAny(): Promise<boolean> {
    for await (const _file of this.list()) return true
    return false
  }
}
