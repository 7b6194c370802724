import { placesOf } from '../fallback.ts'
import { isFileKey } from '../file-key.ts'
import type { HiddenFiles } from '../hidden-files.ts'
import { MediaStorageError } from '../media-storage-error.ts'
import type { MediaStorage } from '../media-storage.ts'
import { removeCachedThumbnails } from '../thumbnail-files.ts'

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
export type TrashPlace = Pick<TrashedFile, 'key' | 'runId'>

/** The name of a run that begins now. The time in it is what the age of its files is counted from. */
export function newRunId(now: Date): string {
  const moment = now.toISOString().replaceAll(/[:-]/g, '').replace('.', '')
  return `${moment}-${crypto.randomUUID().slice(0, 8)}`
}

/** Where the trash is: in the storage and in its fallbacks. `null` when one of them has no place for it. */
export function trashPlacesOf(storage: MediaStorage): HiddenFiles[] | null {
  const places = placesOf(storage).map(({ hiddenFiles }) => hiddenFiles)
  const withTrash = places.filter((place) => place !== null)
  return withTrash.length === places.length ? withTrash : null
}

/** Every file in the trash of these places, or of one run. */
export async function* listTrash(places: readonly HiddenFiles[], runId?: string): AsyncGenerator<TrashedFile> {
  if (runId !== undefined && beginOf(runId) === null) return
  for (const place of places) {
    for await (const { path, size } of place.list(runId === undefined ? FOLDER : `${FOLDER}${runId}/`)) {
      const file = parsePath(path)
      if (file !== null) yield { ...file, size }
    }
  }
}

/**
 * Takes a file into the trash, in every place that has it. The old place comes first: a copy that is under way looks there
 * once more at its end, so that nothing comes back.
 */
export async function hideFile(places: readonly HiddenFiles[], { key, runId }: TrashPlace): Promise<boolean> {
  let isHidden = false
  for (const place of places.toReversed()) {
    isHidden = (await place.hide(key, `${FOLDER}${runId}/${key}`)) || isHidden
    // They are made again when the file is brought back.
    await removeCachedThumbnails(place, key)
  }
  return isHidden
}

/** Brings a file back, in every place whose trash has it. A key that has a file again has what it needs. */
export async function revealFile(places: readonly HiddenFiles[], { key, runId }: TrashPlace): Promise<boolean> {
  let isRevealed = false
  for (const place of places) isRevealed = (await place.reveal(`${FOLDER}${runId}/${key}`, key)) || isRevealed
  return isRevealed
}

/** Destroys a file of the trash. */
export async function destroyFile(places: readonly HiddenFiles[], { key, runId }: TrashPlace): Promise<void> {
  for (const place of places) await place.remove(`${FOLDER}${runId}/${key}`)
}

/** Whether an error says that another file has the key already. */
export function isTaken(error: unknown): boolean {
  return error instanceof MediaStorageError && error.code === 'FILE_EXISTS'
}

function parsePath(path: string): Omit<TrashedFile, 'size'> | null {
  const [, runId = '', key = '', ...rest] = path.split('/')
  const trashedAt = beginOf(runId)
  return trashedAt === null || rest.length > 0 || !isFileKey(key) ? null : { key, runId, trashedAt }
}

/** When a run began; `null` when it is no run's name. */
function beginOf(runId: string): Date | null {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-[0-9a-f]{8}$/.exec(runId)
  if (parts === null) return null
  const [, year, month, day, hours, minutes, seconds, milliseconds] = parts
  const begin = new Date(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}.${milliseconds}Z`)
  return Number.isNaN(begin.getTime()) ? null : begin
}
