import { StoredFile } from 'vitrine/storage'

/** A file in memory. It is never changed, so that it can stand in two maps. */
export interface MemoryFile {
  content: Blob
  contentType: string
  lastModified: Date
  etag: string
}

/** A file that is stored now. */
export function newFile(content: Blob, contentType: string): MemoryFile {
  return { content, contentType, lastModified: new Date(), etag: `"${crypto.randomUUID()}"` }
}

/** The file, if there is one, as storages hand it out. */
export function getStoredFile(key: string, file: MemoryFile | undefined): StoredFile | null {
  if (file === undefined) return null
  const { content, ...attributes } = file
  // `end` is the last byte that is wanted, and `slice` stops before its end.
  return new StoredFile({ key, size: content.size, ...attributes }, ({ start, end }) =>
    content.slice(start, end + 1).stream(),
  )
}

/** All bytes. The only storage that may gather a file in memory is this one: it has nowhere else to put it. */
export async function gather(chunks: AsyncIterable<Uint8Array>): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  for await (const chunk of chunks) parts.push(new Uint8Array(chunk))
  return new Blob(parts)
}
