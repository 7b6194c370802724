import { type HiddenFile, HiddenFiles, MediaStorageError, type StoredFile, getContentType } from 'vitrine/storage'
import { type MemoryFile, gather, newFile, getStoredFile } from './memory-file.ts'

/** Hidden files in memory, beside the stored ones. */
export class MemoryHiddenFiles extends HiddenFiles {
  readonly #stored: Map<string, MemoryFile>
  readonly #hidden = new Map<string, MemoryFile>()

  constructor(stored: Map<string, MemoryFile>) {
    super()
    this.#stored = stored
  }

  protected override async writeFile(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    this.#hidden.set(path, newFile(await gather(chunks), getContentType(path)))
  }

  protected override async openFile(path: string): Promise<StoredFile | null> {
    return getStoredFile(path, this.#hidden.get(path))
  }

  protected override async *listFiles(folder: string): AsyncGenerator<HiddenFile> {
    for (const [path, { content, lastModified }] of this.#hidden) {
      if (path.startsWith(folder)) yield { path, size: content.size, lastModified }
    }
  }

  protected override async removeFile(path: string): Promise<void> {
    this.#hidden.delete(path)
  }

  protected override async hideFile(key: string, path: string): Promise<boolean> {
    const file = this.#stored.get(key)
    if (file === undefined) return false
    this.#hidden.set(path, file)
    this.#stored.delete(key)
    return true
  }

  protected override async publishFile(path: string, key: string): Promise<boolean> {
    const file = this.#hidden.get(path)
    if (file === undefined) return false
    if (this.#stored.has(key)) throw new MediaStorageError('FILE_EXISTS', 'There is a file with the same key.')
    this.#stored.set(key, { ...file, contentType: getContentType(key), lastModified: new Date() })
    this.#hidden.delete(path)
    return true
  }
}
