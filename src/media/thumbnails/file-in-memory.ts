import { getContentType } from '../../storage/keys/file-types.ts'
import { StoredFile } from '../../storage/core/stored-file.ts'

/** Bytes as if they were stored under a path. */
export function fileInMemory(path: string, bytes: Uint8Array): StoredFile {
  const attributes = {
    key: path,
    size: bytes.byteLength,
    contentType: getContentType(path),
    lastModified: new Date(),
    // Once it is kept it has the tag of its place: what is asked for with this one is sent once more.
    etag: `"${crypto.randomUUID()}"`,
  }
  return new StoredFile(attributes, ({ start, end }) => new Blob([bytes.slice(start, end + 1)]).stream())
}
