import type {
  TrashedFile,
  TrashedFileLocation,
  TrashedFilesResponse,
  TrashFailure,
  TrashRequest,
  TrashResponse,
  TrashRun,
  TrashRunLocation,
  TrashRunsResponse,
} from '../contract/trash.ts'
import { type CleanUpFailure, DEFAULT_PURGE_AFTER, type FileMove } from '../storage/clean-up/clean-up-options.ts'
import type { TrashedFile as StorageFile, TrashLocation } from '../storage/clean-up/trash-files.ts'
import type { Trash } from '../storage/clean-up/trash.ts'
import { getContentType } from '../storage/keys/file-types.ts'
import type { StoredFile } from '../storage/core/stored-file.ts'
import { originalFileName } from '../storage/keys/file-key.ts'
import type { ReferenceDatabase } from '../storage/references/referenced-file-keys.ts'
import type { MediaColumn, MediaColumns } from './media-columns.ts'
import { MediaError } from './media-error.ts'
import type { Thumbnails } from './thumbnails/thumbnails.ts'
import { type ListedTrashedFile, listTrashedFiles, type ListedTrashRun, listTrashRuns } from './trash-listing.ts'
import { formatPosition, type TrashQuery } from './trash-query.ts'
import type { UnsavedUploads } from './unsaved-uploads.ts'
import type { Uploader } from './uploads/tus-store.ts'

const MAX_FAILURES = 100

const NOT_IN_TRASH = 'This file is not in the trash.'

/** A file that came out of the trash, with its media column. */
export type TrashMove = FileMove & { table: string; column: string }

/** What a {@link TrashService} works with. */
export interface TrashServiceOptions {
  columns: MediaColumns
  db: ReferenceDatabase
  unsaved: UnsavedUploads
  thumbnails: Thumbnails
}

/** The trash of all media columns: what is in it, and how it gets out. */
export class TrashService {
  readonly #options: TrashServiceOptions

  constructor(options: TrashServiceOptions) {
    this.#options = options
  }

  /** One page of files, as far as a user may see them. */
  async listFiles(query: TrashQuery, user: Uploader): Promise<TrashedFilesResponse> {
    const { entries, next } = await listTrashedFiles(this.#getColumns(query), query)
    const files = await Promise.all(
      [...new Set(entries.map(({ media }) => media))].map((media) =>
        this.#describe(
          media,
          entries.filter((entry) => entry.media === media),
          user,
        ),
      ),
    )
    const byPosition = new Map(files.flat().map((file) => [formatPosition(file), file]))
    return {
      files: entries.flatMap((entry) => byPosition.get(formatPosition(entry)) ?? []),
      next: next === null ? null : formatPosition(next),
    }
  }

  /** One page of runs. */
  async listRuns(query: TrashQuery): Promise<TrashRunsResponse> {
    const { entries, next } = await listTrashRuns(this.#getColumns(query), query)
    return { runs: entries.map(describeRun), next: next === null ? null : formatPosition(next) }
  }

  /** Restores files or deletes them for good. */
  async change(request: TrashRequest, onMove: (move: TrashMove) => void): Promise<TrashResponse> {
    if (request.action === 'deleteExpired') return this.#deleteExpired(this.#getExpiringColumns(request), onMove)
    const change = request.action === 'restore' ? this.#restore.bind(this) : this.#delete.bind(this)
    if ('run' in request) return change(this.#getTarget(request.run, onMove), { runId: request.run.runId })
    for (const { table, column } of request.files) this.#requireColumn(table, column)
    const responses: TrashResponse[] = []
    for (const files of groupByColumn(request.files)) {
      responses.push(await change(this.#getTarget(files[0], onMove), { files }))
    }
    return responses.reduce(add, emptyResponse())
  }

  /**
   * A file in the trash, which a user may see.
   *
   * @throws {MediaError} `NOT_FOUND`
   */
  async requireFile(location: TrashedFileLocation, user: Uploader): Promise<{ media: MediaColumn; file: StoredFile }> {
    const media = this.#requireColumn(location.table, location.column)
    const file = (await media.storage.trash?.open({ key: location.fileKey, runId: location.runId })) ?? null
    const isVisible = file !== null && (await this.#options.unsaved.isVisible(media.storage, location.fileKey, user.id))
    if (!isVisible) throw new MediaError('NOT_FOUND', NOT_IN_TRASH)
    return { media, file }
  }

  async #describe(media: MediaColumn, entries: readonly ListedTrashedFile[], { id }: Uploader): Promise<TrashedFile[]> {
    const { unsaved, thumbnails } = this.#options
    const fileKeys = entries.map(({ fileKey }) => fileKey)
    const [visible, previews] = await Promise.all([
      unsaved.filterVisible(media.storage, fileKeys, id),
      thumbnails.previews(media.storage, fileKeys),
    ])
    const shown = new Set(visible)
    return entries
      .filter(({ fileKey }) => shown.has(fileKey))
      .map(({ table, column, runId, fileKey, file: { size, trashedAt } }) => ({
        table,
        column,
        runId,
        fileKey,
        name: originalFileName(fileKey),
        size,
        contentType: getContentType(fileKey),
        trashedAt: trashedAt.toISOString(),
        expiresAt: getExpiry(trashedAt),
        preview: previews.get(fileKey) ?? null,
      }))
  }

  async #restore({ trash, onMove }: Target, { runId, files }: Chosen): Promise<TrashResponse> {
    if (files === undefined) return toResponse(await trash.restoreRun(runId, { onMove }))
    const found = new Set<string>()
    const report = await trash.restoreFiles(noteFound(trash.find(files.map(toLocation)), found), { onMove })
    const missing = files.filter((file) => !found.has(getName(toLocation(file))))
    return add(toResponse(report), {
      ...emptyResponse(),
      failed: missing.length,
      failures: missing.map(({ fileKey }) => ({ fileKey, code: 'NOT_FOUND', message: NOT_IN_TRASH })),
    })
  }

  async #delete({ trash, onMove }: Target, { runId, files }: Chosen): Promise<TrashResponse> {
    const chosen = files === undefined ? trash.list({ runId }) : trash.find(files.map(toLocation))
    return toResponse(await trash.purgeFiles(this.#options.db, chosen, { onMove }))
  }

  async #deleteExpired(columns: MediaColumn[], onMove: (move: TrashMove) => void): Promise<TrashResponse> {
    const responses: TrashResponse[] = []
    for (const { storage, tableName, columnName } of columns) {
      const report = await storage.trash?.purge(this.#options.db, {
        onMove: (move) => onMove({ ...move, table: tableName, column: columnName }),
      })
      if (report !== undefined) responses.push(toResponse(report))
    }
    return responses.reduce(add, emptyResponse())
  }

  #getColumns({ column }: Pick<TrashQuery, 'column'>): MediaColumn[] {
    return column === null ? [...this.#options.columns] : [this.#requireColumn(column.table, column.column)]
  }

  #getExpiringColumns({ table, column }: { table?: string; column?: string }): MediaColumn[] {
    return this.#getColumns({ column: table === undefined || column === undefined ? null : { table, column } })
  }

  #getTarget({ table, column }: TrashRunLocation, onMove: (move: TrashMove) => void): Target {
    const { trash } = this.#requireColumn(table, column).storage
    if (trash === null) throw new MediaError('NOT_FOUND', 'This storage has no trash.')
    return { trash, onMove: (move) => onMove({ ...move, table, column }) }
  }

  #requireColumn(table: string, column: string): MediaColumn {
    const media = this.#options.columns.get(table, column)
    if (media === null) throw new MediaError('NOT_FOUND', 'There is no such media column.')
    return media
  }
}

interface Target {
  trash: Trash
  onMove: (move: FileMove) => void
}

/** Some files, or a whole run. */
type Chosen = { files: readonly TrashedFileLocation[]; runId?: never } | { runId: string; files?: never }

function describeRun({ table, column, runId, trashedAt, count, bytes }: ListedTrashRun): TrashRun {
  return {
    table,
    column,
    runId,
    trashedAt: trashedAt.toISOString(),
    expiresAt: getExpiry(trashedAt),
    count,
    bytes,
  }
}

function getExpiry(trashedAt: Date): string {
  return new Date(trashedAt.getTime() + DEFAULT_PURGE_AFTER * 1000).toISOString()
}

interface Report {
  restored: number
  purged?: number
  failed: number
  failures: readonly CleanUpFailure[]
}

function toResponse({ restored, purged = 0, failed, failures }: Report): TrashResponse {
  return { restored, deleted: purged, failed, failures: failures.slice(0, MAX_FAILURES).map(toFailure) }
}

function toFailure({ key, error }: CleanUpFailure): TrashFailure {
  return { fileKey: key, code: error.code, message: error.message }
}

function emptyResponse(): TrashResponse {
  return { restored: 0, deleted: 0, failed: 0, failures: [] }
}

function add(one: TrashResponse, other: TrashResponse): TrashResponse {
  return {
    restored: one.restored + other.restored,
    deleted: one.deleted + other.deleted,
    failed: one.failed + other.failed,
    failures: [...one.failures, ...other.failures].slice(0, MAX_FAILURES),
  }
}

type NonEmpty<TEntry> = [TEntry, ...TEntry[]]

function groupByColumn(files: readonly TrashedFileLocation[]): NonEmpty<TrashedFileLocation>[] {
  const groups = new Map<string, NonEmpty<TrashedFileLocation>>()
  for (const file of files) {
    const name = JSON.stringify([file.table, file.column])
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [file])
    else group.push(file)
  }
  return [...groups.values()]
}

function toLocation({ fileKey, runId }: TrashedFileLocation): TrashLocation {
  return { key: fileKey, runId }
}

function getName({ key, runId }: TrashLocation): string {
  return `${runId}/${key}`
}

async function* noteFound(files: AsyncIterable<StorageFile>, found: Set<string>): AsyncGenerator<StorageFile> {
  for await (const file of files) {
    found.add(getName(file))
    yield file
  }
}
