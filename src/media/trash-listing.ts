import { originalFileName } from '../storage/keys/file-key.ts'
import type { TrashedFile } from '../storage/clean-up/trash-files.ts'
import type { MediaColumn } from './media-columns.ts'
import { comparePositions, type TrashPosition } from './trash-position.ts'
import type { TrashQuery } from './trash-query.ts'

/** A file in the trash of a media column. */
export interface ListedTrashedFile extends TrashPosition {
  media: MediaColumn
  file: TrashedFile
}

/** A run with the files that it has in the trash of a media column. */
export interface ListedTrashRun extends TrashPosition {
  trashedAt: Date
  count: number
  bytes: number
}

/** One page of the trash. */
export interface TrashPage<TEntry> {
  entries: TEntry[]
  next: TEntry | null
}

type ListingOptions = Pick<TrashQuery, 'runId' | 'search' | 'after' | 'limit'>

/** The first files after a position. A page walks the whole trash, and holds no more of it than ten pages. */
export async function listTrashedFiles(
  columns: readonly MediaColumn[],
  { runId, search, after, limit }: ListingOptions,
): Promise<TrashPage<ListedTrashedFile>> {
  const page = new Map<string, ListedTrashedFile>()
  const wanted = search?.toLowerCase() ?? ''
  for await (const entry of walk(columns, runId)) {
    if (after !== null && comparePositions(entry, after) <= 0) continue
    if (!originalFileName(entry.fileKey).toLowerCase().includes(wanted)) continue
    // A file that was in the storage and in its fallback is in the trash of both.
    page.set(getName(entry), entry)
    if (page.size >= limit * 10) keepFirst(page, limit + 1)
  }
  return toPage(page, limit)
}

/** The first runs after a position, with the number and size of their files. */
export async function listTrashRuns(
  columns: readonly MediaColumn[],
  { runId, after, limit }: ListingOptions,
): Promise<TrashPage<ListedTrashRun>> {
  const page = new Map<string, ListedTrashRun>()
  for await (const { file, ...position } of walk(columns, runId)) {
    const run = { ...position, fileKey: '' }
    if (after !== null && comparePositions(run, after) <= 0) continue
    const { count, bytes } = page.get(getName(run)) ?? { count: 0, bytes: 0 }
    page.set(getName(run), { ...run, trashedAt: file.trashedAt, count: count + 1, bytes: bytes + file.size })
    // A run that is dropped here is counted again from its next file on, but never gets back onto the page.
    if (page.size >= limit * 10) keepFirst(page, limit + 1)
  }
  return toPage(page, limit)
}

async function* walk(columns: readonly MediaColumn[], runId: string | null): AsyncGenerator<ListedTrashedFile> {
  for (const media of columns) {
    const { trash } = media.storage
    if (trash === null) continue
    for await (const file of trash.list(runId === null ? {} : { runId })) {
      yield { media, file, runId: file.runId, table: media.tableName, column: media.columnName, fileKey: file.key }
    }
  }
}

function getName({ runId, table, column, fileKey }: TrashPosition): string {
  return JSON.stringify([runId, table, column, fileKey])
}

function sort<TEntry extends TrashPosition>(page: ReadonlyMap<string, TEntry>): TEntry[] {
  return [...page.values()].toSorted(comparePositions)
}

function keepFirst<TEntry extends TrashPosition>(page: Map<string, TEntry>, count: number): void {
  for (const entry of sort(page).slice(count)) page.delete(getName(entry))
}

function toPage<TEntry extends TrashPosition>(page: ReadonlyMap<string, TEntry>, limit: number): TrashPage<TEntry> {
  const entries = sort(page)
  return { entries: entries.slice(0, limit), next: entries.length > limit ? (entries[limit - 1] ?? null) : null }
}
