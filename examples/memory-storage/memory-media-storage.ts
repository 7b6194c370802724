import type { PgColumn } from 'drizzle-orm/pg-core'
import {
  type ListedFile,
  MediaStorage,
  MediaStorageError,
  type StoredFile,
  type WriteFileOptions,
} from 'vitrine/storage'
import { type MemoryFile, gather, newFile, getStoredFile } from './memory-file.ts'
import { MemoryHiddenFiles } from './memory-hidden-files.ts'

/** Keeps files in memory, for as long as the process lives. */
export class MemoryMediaStorage<TColumn extends PgColumn = PgColumn> extends MediaStorage<TColumn> {
  override readonly location: string = `memory:///${crypto.randomUUID()}/`
  readonly #files = new Map<string, MemoryFile>()
  override readonly hiddenFiles: MemoryHiddenFiles = new MemoryHiddenFiles(this.#files)

  protected override async writeFile(
    key: string,
    chunks: AsyncIterable<Uint8Array>,
    { contentType }: WriteFileOptions,
  ): Promise<void> {
    const content = await gather(chunks)
    // Looked at after the last byte and before the file is set, with no `await` between: nothing can come in the way.
    if (this.#files.has(key)) throw new MediaStorageError('FILE_EXISTS', 'There is a file with the same key.')
    this.#files.set(key, newFile(content, contentType))
  }

  protected override async openFile(key: string): Promise<StoredFile | null> {
    return getStoredFile(key, this.#files.get(key))
  }

  protected override async removeFile(key: string): Promise<void> {
    this.#files.delete(key)
  }

  protected override async *listEntries(): AsyncGenerator<ListedFile> {
    for (const [key, { content, lastModified }] of this.#files) yield { key, size: content.size, lastModified }
  }
}
