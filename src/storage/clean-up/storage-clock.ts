import type { HiddenFiles } from '../hidden/hidden-files.ts'
import { MediaStorageError } from '../core/media-storage-error.ts'

/**
 * The time by the clock that also gives the files their ages: that of the server or disk, not of this machine. A fallback
 * has a clock of its own; the earlier one counts, which keeps files.
 */
export async function getStorageTime(locations: readonly (HiddenFiles | null)[]): Promise<Date> {
  const times = await Promise.all(locations.map(getLocationTime))
  return new Date(Math.min(...times))
}

/** Rewritten on each reading. One name, so that a killed process leaves no more than one file behind. */
const CLOCK = 'clock/now'

/** A file that is written now has the time of now, or of a moment later when another process wrote it since. */
async function getLocationTime(hiddenFiles: HiddenFiles | null): Promise<number> {
  if (hiddenFiles === null) return Date.now()
  await hiddenFiles.write(CLOCK, new Blob(['now']))
  const file = await hiddenFiles.open(CLOCK)
  if (file !== null) return file.lastModified.getTime()
  throw new MediaStorageError('STORAGE_FAILURE', 'The time of the storage cannot be told: it loses what it is given.')
}
