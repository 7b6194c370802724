import type { PgColumn } from 'drizzle-orm/pg-core'
import { type ListedFile, MediaStorage, MediaStorageError, StoredFile, type WriteFileOptions } from 'vitrine/storage'

interface MemoryFile {
  content: Blob
  contentType: string
  lastModified: Date
  etag: string
}

/** Keeps files in memory, for as long as the process lives. */
export class MemoryMediaStorage<TColumn extends PgColumn = PgColumn> extends MediaStorage<TColumn> {
  override readonly location: string = `memory:///${crypto.randomUUID()}/`
  readonly #files = new Map<string, MemoryFile>()

  protected override async writeFile(
    key: string,
    chunks: AsyncIterable<Uint8Array>,
    { contentType }: WriteFileOptions,
  ): Promise<void> {
    const content = await gather(chunks)
    // Looked at after the last byte and before the file is set, with no `await` between: nothing can come in the way.
    if (this.#files.has(key)) throw new MediaStorageError('FILE_EXISTS', 'There is a file with the same key.')
    this.#files.set(key, { content, contentType, lastModified: new Date(), etag: `"${crypto.randomUUID()}"` })
  }

  protected override async openFile(key: string): Promise<StoredFile | null> {
    const file = this.#files.get(key)
    if (file === undefined) return null
    const { content, ...attributes } = file
    // `end` is the last byte that is wanted, and `slice` stops before its end.
    return new StoredFile({ key, size: content.size, ...attributes }, ({ start, end }) =>
      content.slice(start, end + 1).stream(),
    )
  }

  protected override async removeFile(key: string): Promise<void> {
    this.#files.delete(key)
  }

  protected override async *listEntries(): AsyncGenerator<ListedFile> {
    for (const [key, { content, lastModified }] of this.#files) yield { key, size: content.size, lastModified }
  }
}

/** The only storage that may gather a file in memory: it has nowhere else to put it. */
async function gather(chunks: AsyncIterable<Uint8Array>): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  for await (const chunk of chunks) parts.push(new Uint8Array(chunk))
  return new Blob(parts)
}
