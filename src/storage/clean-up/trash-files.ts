import { isFileKey } from '../keys/file-key.ts'
import type { HiddenFiles } from '../hidden/hidden-files.ts'
import { MediaStorageError } from '../core/media-storage-error.ts'
import type { StoredFile } from '../core/stored-file.ts'
import { removeCachedThumbnails } from '../hidden/thumbnail-files.ts'

/** The hidden folder that the trash is. A file in it is `trash/<run>/<key>`. */
const FOLDER = 'trash/'

/** A file in the trash. */
export interface TrashedFile {
  readonly key: string
  /** The clean-up that put it there. */
  readonly runId: string
  /** When that began, by the storage's clock. */
  readonly trashedAt: Date
  /** In bytes. */
  readonly size: number
}

/** Which file of the trash. */
export type TrashLocation = Pick<TrashedFile, 'key' | 'runId'>

/** The name of a run that begins now. The time in it is what the age of its files is counted from. */
export function newRunId(now: Date): string {
  const moment = now.toISOString().replaceAll(/[:-]/g, '').replace('.', '')
  return `${moment}-${crypto.randomUUID().slice(0, 8)}`
}

/** Where the trash is: in the storage and in its fallbacks. `null` when one of them has no hidden files. */
export function getTrashLocations(locations: readonly (HiddenFiles | null)[]): HiddenFiles[] | null {
  const withTrash = locations.filter((location) => location !== null)
  return withTrash.length === locations.length ? withTrash : null
}

/** Every file in the trash of these places, or of one run. */
export async function* listTrash(locations: readonly HiddenFiles[], runId?: string): AsyncGenerator<TrashedFile> {
  if (runId !== undefined && getRunStart(runId) === null) return
  for (const location of locations) {
    for await (const { path, size } of location.list(runId === undefined ? FOLDER : `${FOLDER}${runId}/`)) {
      const file = parsePath(path)
      if (file !== null) yield { ...file, size }
    }
  }
}

/**
 * Takes a file into the trash, in every place that has it. The old place comes first: a copy that is under way looks there
 * once more at its end, so that nothing comes back.
 */
export async function hideFile(locations: readonly HiddenFiles[], { key, runId }: TrashLocation): Promise<boolean> {
  let isHidden = false
  for (const location of locations.toReversed()) {
    isHidden = (await location.hide(key, `${FOLDER}${runId}/${key}`)) || isHidden
    // They are made again when the file is brought back.
    await removeCachedThumbnails(location, key)
  }
  return isHidden
}

/** Brings a file back, in every place whose trash has it. A key that has a file again has what it needs. */
export async function restoreFile(locations: readonly HiddenFiles[], { key, runId }: TrashLocation): Promise<boolean> {
  let isRestored = false
  for (const location of locations) isRestored = (await location.publish(`${FOLDER}${runId}/${key}`, key)) || isRestored
  return isRestored
}

/** A file in the trash, ready to be read; `null` when it is in none of these. */
export async function openTrashedFile(
  locations: readonly HiddenFiles[],
  { key, runId }: TrashLocation,
): Promise<StoredFile | null> {
  if (getRunStart(runId) === null || !isFileKey(key)) return null
  for (const location of locations) {
    const file = await location.open(`${FOLDER}${runId}/${key}`)
    if (file !== null) return file
  }
  return null
}

/** A file in the trash as listings return it; `null` when it is in none of these. */
export async function findTrashedFile(
  locations: readonly HiddenFiles[],
  { key, runId }: TrashLocation,
): Promise<TrashedFile | null> {
  const trashedAt = getRunStart(runId)
  const file = await openTrashedFile(locations, { key, runId })
  return file === null || trashedAt === null ? null : { key, runId, trashedAt, size: file.size }
}

/** Destroys a file of the trash. */
export async function destroyFile(locations: readonly HiddenFiles[], { key, runId }: TrashLocation): Promise<void> {
  for (const location of locations) await location.remove(`${FOLDER}${runId}/${key}`)
}

/** Whether an error says that another file has the key already. */
export function isTaken(error: unknown): boolean {
  return error instanceof MediaStorageError && error.code === 'FILE_EXISTS'
}

function parsePath(path: string): Omit<TrashedFile, 'size'> | null {
  const [, runId = '', key = '', ...rest] = path.split('/')
  const trashedAt = getRunStart(runId)
  return trashedAt === null || rest.length > 0 || !isFileKey(key) ? null : { key, runId, trashedAt }
}

/** When a run began; `null` when it is no run's name. */
function getRunStart(runId: string): Date | null {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-[0-9a-f]{8}$/.exec(runId)
  if (parts === null) return null
  const [, year, month, day, hours, minutes, seconds, milliseconds] = parts
  const start = new Date(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}.${milliseconds}Z`)
  return Number.isNaN(start.getTime()) ? null : start
}
