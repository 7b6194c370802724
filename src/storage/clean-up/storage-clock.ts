import { placesOf } from '../fallback.ts'
import type { HiddenFiles } from '../hidden-files.ts'
import type { MediaStorage } from '../media-storage.ts'

/**
 * The moment by the clock that also tells the ages of the files: that of the server or disk, not of this machine. A
 * fallback has a clock of its own; the one that is behind counts, which keeps files.
 */
export async function storageNow(storage: MediaStorage): Promise<Date> {
  const moments = await Promise.all(placesOf(storage).map(({ hiddenFiles }) => placeNow(hiddenFiles)))
  return new Date(Math.min(...moments))
}

/** A file that is written now has the time of now. */
async function placeNow(hiddenFiles: HiddenFiles | null): Promise<number> {
  if (hiddenFiles === null) return Date.now()
  const path = `clock/${crypto.randomUUID()}`
  await hiddenFiles.write(path, new Blob(['now']).stream())
  try {
    const file = await hiddenFiles.open(path)
    return file?.lastModified.getTime() ?? Date.now()
  } finally {
    await hiddenFiles.remove(path)
  }
}
