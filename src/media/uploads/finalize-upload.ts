import { HEAD_SIZE, checkHead, isTextFile } from '../../storage/content/check-head.ts'
import type { CheckedFile } from '../../storage/content/content-rules.ts'
import { isoMediaOutline } from '../../storage/content/metadata/iso-media-outline.ts'
import { isIsoMedia } from '../../storage/content/metadata/rewriters.ts'
import { isRewritten, verifiedChunks } from '../../storage/content/verified-chunks.ts'
import { fileTooLarge } from '../../storage/core/file-body.ts'
import { validateExtension } from '../../storage/keys/file-name.ts'
import { getContentType, getExtension } from '../../storage/keys/file-types.ts'
import type { HiddenFiles } from '../../storage/hidden/hidden-files.ts'
import { MediaStorageError } from '../../storage/core/media-storage-error.ts'
import type { MediaStorage } from '../../storage/core/media-storage.ts'
import type { StoredFile } from '../../storage/core/stored-file.ts'
import type { UnfinishedFiles } from '../../storage/hidden/unfinished-files.ts'
import { StreamComparison } from '../../storage/content/stream-comparison.ts'
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
 * Makes a stored file of an upload that is found to be what its name says, and returns its size. Called again, as after a
 * crash, it goes on.
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
  refuseByRules(file, upload)
  await compareChecksum(file, record)
  const checked: CheckedFile = { fileKey, rules: storage.uploadRules.content }
  if (await canStayAsItIs(file, checked)) {
    await hiddenFiles.publish(path, fileKey)
    return file.size
  }
  let size = 0
  await storage.importFile(
    fileKey,
    counted(verifiedChunks(file.stream(), checked), (length) => (size += length)),
  )
  return size
}

/**
 * Checks a file where it lies. Most need no change, also of those types that may have something to be taken out: then no
 * byte is stored twice.
 */
async function canStayAsItIs(file: StoredFile, checked: CheckedFile): Promise<boolean> {
  if (isKnownFromHead(checked)) {
    await checkHead(await readHead(file), checked)
    return true
  }
  if (!isRewritten(checked)) return isUnchanged(file.stream(), checked)
  // The application's own check is to see what will be stored, and that once.
  const withoutHook = { ...checked, rules: { ...checked.rules, verifyFile: null } }
  if (!(await isUnchanged(await whatMayChange(file, checked), withoutHook))) return false
  return checked.rules.verifyFile === null || isUnchanged(file.stream(), checked)
}

/** Of a video all but its images and sound, so that a bucket is not asked for these. */
async function whatMayChange(file: StoredFile, checked: CheckedFile): Promise<AsyncIterable<Uint8Array>> {
  const outline = isIsoMedia(checked.fileKey) ? await isoMediaOutline(file) : null
  if (outline === null) return file.stream()
  // What is left out of an outline belongs to the beginning, too.
  await checkHead(await readHead(file), checked)
  return outline
}

async function isUnchanged(chunks: AsyncIterable<Uint8Array>, checked: CheckedFile): Promise<boolean> {
  const comparison = new StreamComparison(chunks)
  for await (const chunk of verifiedChunks(comparison.original(), checked)) {
    if (!comparison.continuesWith(chunk)) return false
  }
  return comparison.isAtEnd
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

/** The rules may have become stricter since the upload began, which can be a day ago and on another server. */
function refuseByRules({ size }: StoredFile, { storage, record }: WholeUpload): void {
  const { name, fileKey } = record
  const extension = getExtension(fileKey)
  if (extension !== null) validateExtension(name, extension, storage.allowedExtensions)
  const most = storage.uploadRules.getMaxFileSize(fileKey)
  if (most !== null && size > most) throw fileTooLarge(most)
}

/** @throws {UploadError} `CHECKSUM_MISMATCH` */
async function compareChecksum(file: StoredFile, record: UploadRecord): Promise<void> {
  const checksum = parseChecksum(record.checksum)
  if (checksum === null) return
  for await (const _chunk of verifyChecksum(file.stream(), checksum)) continue
}

/** Whether the beginning of a file alone decides: then a bucket is not asked for the rest. */
function isKnownFromHead(file: CheckedFile): boolean {
  const { contentCheck, verifyFile } = file.rules
  // A JPEG tells its size behind its metadata, a TIFF anywhere.
  const isReadFurther = isTextFile(file.fileKey)
    ? contentCheck === 'refuse'
    : ['image/jpeg', 'image/tiff'].includes(getContentType(file.fileKey))
  return verifyFile === null && !isRewritten(file) && !isReadFurther
}

async function readHead(file: StoredFile): Promise<Uint8Array> {
  if (file.size === 0) return new Uint8Array()
  const head = file.stream({ start: 0, end: Math.min(HEAD_SIZE, file.size) - 1 })
  return new Uint8Array(await new Response(head).arrayBuffer())
}
