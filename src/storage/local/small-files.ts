/** Largest content that is kept, in bytes. */
export const MAX_SMALL_FILE_BYTES: number = 128 * 1024

/** Most bytes that are kept in all. */
const ROOM = 16 * 1024 * 1024

/** What tells a file's content from every other one. */
export interface FileVersion {
  path: string
  etag: string
  size: number
}

/**
 * Contents of small files that were read lately, so that a page of images costs one look at each file and no more. Who
 * asks has looked at the file before: what was deleted or replaced is not served from here.
 */
export class SmallFiles {
  readonly #contents = new Map<string, { etag: string; size: number; bytes: Promise<Uint8Array> }>()
  #size = 0

  /** The content, which `read` brings when it is not here. */
  getContent({ path, etag, size }: FileVersion, read: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const known = this.#contents.get(path)
    if (known?.etag === etag) {
      // The one that was asked for last stands last, and the first is the first to go.
      this.#contents.delete(path)
      this.#contents.set(path, known)
      return known.bytes
    }
    this.#forget(path)
    const bytes = read()
    this.#contents.set(path, { etag, size, bytes })
    this.#size += size
    bytes.catch(() => {
      if (this.#contents.get(path)?.bytes === bytes) this.#forget(path)
    })
    for (const oldest of this.#contents.keys()) {
      if (this.#size <= ROOM) break
      this.#forget(oldest)
    }
    return bytes
  }

  #forget(path: string): void {
    this.#size -= this.#contents.get(path)?.size ?? 0
    this.#contents.delete(path)
  }
}
