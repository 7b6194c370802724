import type { HiddenFiles } from '../../storage/hidden/hidden-files.ts'
import { MediaStorageError } from '../../storage/core/media-storage-error.ts'
import type { MediaStorage } from '../../storage/core/media-storage.ts'
import type { StoredFile } from '../../storage/core/stored-file.ts'
import type { UnfinishedFiles } from '../../storage/hidden/unfinished-files.ts'
import { parseChecksum, verifyChecksum } from './upload-checksum.ts'
import type { UploadRecord } from './upload-record.ts'

/** An upload whose bytes are all there. */
export interface WholeUpload {
  storage: MediaStorage
  hiddenFiles: HiddenFiles
  unfinishedFiles: Pick<UnfinishedFiles, 'finish'>
  /** The hidden path of the bytes. */
  path: string
  /** Its key was made for this upload and given to no other file. */
  record: UploadRecord
}

/**
 * Makes a stored file of an upload whose content passes the storage's checks, and returns its size. The rules may have
 * become stricter since the upload started, a day ago or on another server. Called again, as after a crash, it continues.
 *
 * @throws {MediaStorageError} when the file is refused
 */
export async function finalizeUpload(upload: WholeUpload): Promise<number> {
  const { storage, hiddenFiles, unfinishedFiles, path, record } = upload
  const { fileKey } = record
  const stored = await storage.getFile(fileKey, { fallback: false })
  if (stored !== null) return stored.size
  await unfinishedFiles.finish(path)
  const file = await hiddenFiles.open(path)
  if (file === null) throw new MediaStorageError('STORAGE_FAILURE', 'The bytes of the upload are missing: begin again.')
  refuseOtherSize(file, record)
  await compareChecksum(file, record)
  const rewritten = await storage.content.accept(fileKey, file)
  if (rewritten === null) {
    await hiddenFiles.publish(path, fileKey)
    return file.size
  }
  let size = 0
  await storage.importFile(
    fileKey,
    counted(rewritten, (length) => (size += length)),
  )
  return size
}

async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  count: (length: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    count(chunk.byteLength)
    yield chunk
  }
}

/** Attack: a part is sent twice, or left out, so that the file is not the one whose size was allowed. */
function refuseOtherSize({ size }: StoredFile, { name, length }: UploadRecord): void {
  if (length === null || size === length) return
  throw new MediaStorageError('FILE_CONTENT_MISMATCH', `${name} was to have ${length} bytes, and has ${size}.`)
}

/** @throws {UploadError} `CHECKSUM_MISMATCH` */
async function compareChecksum(file: StoredFile, record: UploadRecord): Promise<void> {
  const checksum = parseChecksum(record.checksum)
  if (checksum === null) return
  for await (const _chunk of verifyChecksum(file.stream(), checksum)) continue
}
