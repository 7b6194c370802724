import { getLocations } from '../core/fallback.ts'
import type { HiddenFiles } from '../hidden/hidden-files.ts'
import { MediaStorageError } from '../core/media-storage-error.ts'
import type { MediaStorage } from '../core/media-storage.ts'

/**
 * The moment by the clock that also tells the ages of the files: that of the server or disk, not of this machine. A
 * fallback has a clock of its own; the one that is behind counts, which keeps files.
 */
export async function storageNow(storage: MediaStorage): Promise<Date> {
  const moments = await Promise.all(getLocations(storage).map(({ hiddenFiles }) => getLocationTime(hiddenFiles)))
  return new Date(Math.min(...moments))
}

/** Written anew for each look. One name, so that a process that is killed leaves nothing more behind. */
const CLOCK = 'clock/now'

/** A file that is written now has the time of now, or of a moment later, when another process wrote it since then. */
async function getLocationTime(hiddenFiles: HiddenFiles | null): Promise<number> {
  if (hiddenFiles === null) return Date.now()
  await hiddenFiles.write(CLOCK, new Blob(['now']))
  const file = await hiddenFiles.open(CLOCK)
  if (file !== null) return file.lastModified.getTime()
  throw new MediaStorageError('STORAGE_FAILURE', 'The time of the storage cannot be told: it loses what it is given.')
}
