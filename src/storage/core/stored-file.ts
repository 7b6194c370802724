/** Which bytes to read: `start` and `end` are offsets from the first byte, and `end` is included, as in HTTP. */
export interface ByteRange {
  /** Defaults to 0. */
  start?: number
  /** Defaults to the last byte. */
  end?: number
}

/** What a storage knows of a file without reading it. */
export interface FileAttributes {
  readonly key: string
  /** In bytes. */
  readonly size: number
  /** A media type, by the key's extension. */
  readonly contentType: string
  readonly lastModified: Date
  /** A strong entity tag in its quotes (RFC 9110, section 8.8.3): it changes whenever a byte of the file does. */
  readonly etag: string
}

/** Opens the bytes of a file. `start` and `end` are inside the file, and `end` is included. */
export type OpenByteRange = (range: Required<ByteRange>) => ReadableStream<Uint8Array>

/** A file that was opened to read pieces of it into memory of the reader's own. */
export interface FileReader {
  /**
   * Reads bytes from an offset on, and returns how many: at least one, and at most what fits into the buffer.
   *
   * @throws {Error} when the file ends before the offset, or cannot be read any more
   */
  read(buffer: Uint8Array, offset: number): Promise<number>
  /** To be called once, when no `read` is under way. */
  close(): Promise<void>
}

/** Shorter ways to the bytes of a file than a stream, where a storage has them. */
export interface FileShortcuts {
  /** All bytes of a small file. */
  readWhole?: () => Promise<Uint8Array>
  openReader?: () => Promise<FileReader>
}

/** A file in a storage. Reading it again gives the same bytes, or an error once it was deleted. */
export class StoredFile implements FileAttributes {
  readonly key: string
  readonly size: number
  readonly contentType: string
  readonly lastModified: Date
  readonly etag: string
  readonly #open: OpenByteRange
  readonly #shortcuts: FileShortcuts

  constructor(attributes: FileAttributes, open: OpenByteRange, shortcuts: FileShortcuts = {}) {
    this.key = attributes.key
    this.size = attributes.size
    this.contentType = attributes.contentType
    this.lastModified = attributes.lastModified
    this.etag = attributes.etag
    this.#open = open
    this.#shortcuts = shortcuts
  }

  /** All bytes of a small file, when the storage has a shorter way to them than {@link stream}; else `null`. */
  async bytesAtHand(): Promise<Uint8Array | null> {
    return (await this.#shortcuts.readWhole?.()) ?? null
  }

  /** The file opened to read pieces of it, when the storage can do that; else `null`. Whoever asks closes it. */
  async openReader(): Promise<FileReader | null> {
    return (await this.#shortcuts.openReader?.()) ?? null
  }

  /**
   * The file's bytes, or some of them, as they are asked for: nothing is read ahead of the reader.
   *
   * @throws {RangeError} when the range is not inside the file
   */
  stream(range: ByteRange = {}): ReadableStream<Uint8Array> {
    const { start = 0, end = this.size - 1 } = range
    if (this.size === 0 && start === 0 && end === -1) return emptyStream()
    const isInside =
      Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 0 && start <= end && end < this.size
    if (!isInside) throw new RangeError(`Bytes ${start} to ${end} are not inside a file of ${this.size} bytes.`)
    return this.#open({ start, end })
  }

  /** All bytes at once. Only for files that are known to be small: it takes as much memory as the file has bytes. */
  arrayBuffer(): Promise<ArrayBuffer> {
    return new Response(this.stream()).arrayBuffer()
  }

  /** The whole file as UTF-8 text. Only for files that are known to be small. */
  text(): Promise<string> {
    return new Response(this.stream()).text()
  }
}

function emptyStream(): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.close() })
}
