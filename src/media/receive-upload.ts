import type { UploadedFile } from '../contract/media.ts'
import { originalFileName } from '../storage/keys/file-key.ts'
import { getContentType } from '../storage/keys/file-types.ts'
import { cleanFileName } from '../storage/keys/clean-file-name.ts'
import type { MediaStorage } from '../storage/core/media-storage.ts'
import { MediaError } from './media-error.ts'
import { multipartBoundary, readMultipart } from './multipart.ts'
import type { UnsavedUploads } from './unsaved-uploads.ts'
import type { Uploader } from './uploads/tus-store.ts'

/** What is done with a name that has characters the storage does not take. */
export type FileNameTreatment = 'clean' | 'strict'

/** An upload as it arrives: a raw body with a name, or a multipart body with files in it. */
export interface IncomingUpload {
  /** The `Content-Type` header. */
  contentType: string
  /** The name of a raw body. */
  fileName: string | null
  chunks: AsyncIterable<Uint8Array>
  fileNames: FileNameTreatment
  user: Uploader
  unsaved: UnsavedUploads
}

/**
 * Stores the files of a request while they arrive. When one is refused, those before it are taken back: a request is
 * stored as a whole or not at all.
 *
 * @throws {MediaError} when the request is malformed or breaks off
 * @throws {MediaStorageError} when a file is refused
 */
export async function receiveUpload(storage: MediaStorage, upload: IncomingUpload): Promise<UploadedFile[]> {
  const stored: UploadedFile[] = []
  try {
    for await (const { fileName, body } of getFiles(upload)) {
      stored.push(await storeOne(storage, upload, { fileName, body }))
    }
    if (stored.length === 0)
      throw new MediaError('INVALID_REQUEST', 'The upload holds no file: send one or more parts named "file".')
    return stored
  } catch (error) {
    const fileKeys = stored.map((file) => file.fileKey)
    await storage.bulkDeleteFiles(fileKeys)
    await upload.unsaved.remove(storage, fileKeys)
    throw error
  }
}

/** A file on its way in. */
export interface IncomingFile {
  fileName: string
  body: AsyncIterable<Uint8Array>
}

async function* getFiles({ contentType, fileName, chunks }: IncomingUpload): AsyncGenerator<IncomingFile> {
  const source = untilAborted(chunks)
  const boundary = multipartBoundary(contentType)
  if (boundary === null) {
    if (fileName === null) {
      throw new MediaError('INVALID_REQUEST', 'The upload has no name: give it as ?name=, or send multipart/form-data.')
    }
    yield { fileName, body: source }
    return
  }
  for await (const part of readMultipart(source, boundary)) {
    if (part.name === 'file' && part.fileName !== null) yield { fileName: part.fileName, body: part.body }
  }
}

/**
 * Stores one file while it arrives.
 *
 * @throws {MediaStorageError} when it is refused
 */
export async function storeOne(
  storage: MediaStorage,
  { fileNames, user, unsaved }: Pick<IncomingUpload, 'fileNames' | 'user' | 'unsaved'>,
  file: IncomingFile,
): Promise<UploadedFile> {
  const name = fileNames === 'clean' ? cleanFileName(file.fileName, storage) : file.fileName
  let size = 0
  async function* counted() {
    for await (const chunk of file.body) {
      size += chunk.byteLength
      yield chunk
    }
  }
  const recorded: string[] = []
  const onFileKey = async (key: string) => {
    await unsaved.add(storage, key, user.id)
    recorded.push(key)
  }
  const fileKey = await storage.storeFile(name, counted(), { user, onFileKey }).catch(async (error: unknown) => {
    await unsaved.remove(storage, recorded)
    throw error
  })
  // What was taken out of it is not there to be counted.
  const stored = storage.content.isRewritten(fileKey) ? await storage.getFile(fileKey) : null
  return { fileKey, name: originalFileName(fileKey), size: stored?.size ?? size, contentType: getContentType(fileKey) }
}

/** A connection that breaks is the client's doing, not the storage's failure. */
async function* untilAborted(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks
  } catch (error) {
    throw new MediaError('UPLOAD_ABORTED', 'The upload broke off before its end: nothing was stored.', { cause: error })
  }
}
