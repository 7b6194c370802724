import type { HiddenFile } from '../../storage/hidden/hidden-files.ts'
import type { UploadArea } from './upload-area.ts'
import { UploadError } from './upload-error.ts'
import { UPLOADS_FOLDER, getBytesPath, isUploadId, getRecordPath } from './upload-record.ts'

const ID_LENGTH = 36

/** Removes the uploads whose last byte came longer ago than `expiry`, in milliseconds, and files that belong to none. */
export async function sweepUploads(area: UploadArea, expiry: number): Promise<void> {
  const before = new Date(Date.now() - expiry)
  for await (const file of area.hiddenFiles.list(UPLOADS_FOLDER)) {
    // Nothing younger can belong to an upload past its time, or to none: one that begins has no record for a moment.
    if (file.lastModified > before) continue
    const id = file.path.slice(UPLOADS_FOLDER.length, UPLOADS_FOLDER.length + ID_LENGTH)
    if (isUploadId(id)) await sweepFile(area, { file, id, before })
  }
  await area.unfinishedFiles.sweep(async (path) => (await area.find(path.slice(UPLOADS_FOLDER.length))) !== null)
}

interface OldFile {
  file: HiddenFile
  id: string
  before: Date
}

async function sweepFile(area: UploadArea, { file, id, before }: OldFile): Promise<void> {
  const record = await area.find(id)
  if (file.path === getRecordPath(id) && record !== null) await endExpired(area, id, before)
  else if (record === null) await area.hiddenFiles.remove(file.path)
}

/** Under the lock, so that an upload that is being written is never taken away: whoever writes keeps it. */
async function endExpired(area: UploadArea, id: string, before: Date): Promise<void> {
  try {
    const lock = await area.locks.acquire(getBytesPath(id), { onWanted: () => {}, onLost: () => {} }, 0)
    try {
      const record = await area.find(id)
      if (record !== null && (await area.lastActive(record)) < before) await area.remove(record)
    } finally {
      await lock.release()
    }
  } catch (error) {
    if (!(error instanceof UploadError) || error.code !== 'UPLOAD_BUSY') throw error
  }
}
