import { References } from '../storage/references/references.ts'
import type { MediaStorage } from '../storage/core/media-storage.ts'
import type { ReferenceDatabase } from '../storage/references/referenced-file-keys.ts'

/** Keys that a committed change has put into a row, or taken out of it. */
export interface KeyChange {
  added: readonly string[]
  removed: readonly string[]
}

/**
 * Brings the files in line with a row that has changed. It comes after the commit: before it, the change could still fail,
 * and other transactions do not see it.
 *
 * - A key that the row has come to hold had its file when the form was checked. A clean-up may have taken it since then,
 *   before it could see the row: it comes back.
 * - A key that the row has given up goes into the trash where the storage is told so, unless something else references it.
 */
export async function reconcileFileKeys(
  storage: MediaStorage,
  db: ReferenceDatabase,
  { added, removed }: KeyChange,
): Promise<void> {
  const { trash } = storage
  if (trash === null) return
  for (const key of added) if ((await storage.getFile(key)) === null) await trash.restoreFile(key)
  if (storage.whenUnreferenced === 'keep' || removed.length === 0) return
  const references = new References(db, storage)
  const held = await references.filterReferenced(removed)
  for (const key of removed.filter((candidate) => !held.has(candidate))) {
    const runId = await trash.add(key)
    // A row may have come to hold it between the check and the move.
    if (runId !== null && (await references.filterReferenced([key])).size > 0) await trash.restoreFile(key, { runId })
  }
}
