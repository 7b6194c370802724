import type { PgColumn } from 'drizzle-orm/pg-core'
import { type ContentOptions, type ContentRules, getContentRules } from './content-rules.ts'
import { isRewritten, verifiedChunks } from './verified-chunks.ts'
import { fileTooLarge, limitSize } from '../core/file-body.ts'
import {
  AUDIO_EXTENSIONS,
  DATA_EXTENSIONS,
  DOCUMENT_EXTENSIONS,
  IMAGE_EXTENSIONS,
  TEXT_EXTENSIONS,
  getExtension,
} from '../keys/file-types.ts'
import { columnPath } from '../core/media-column.ts'
import { originalFileName } from '../keys/file-key.ts'
import { validateExtension } from '../keys/file-name.ts'
import type { StoredFile } from '../core/stored-file.ts'
import { acceptStoredFile, readHead } from './accept-file.ts'
import { checkHead } from './check-head.ts'

const MEGABYTE = 1_000_000

/** Longest file by default, in bytes, by extension. */
const DEFAULT_SIZES: readonly [extensions: readonly string[], maxSize: number][] = [
  [[...IMAGE_EXTENSIONS, 'avif', 'bmp', 'heic', 'heif', 'ico', 'tiff'], 100 * MEGABYTE],
  [[...DOCUMENT_EXTENSIONS, 'docx', 'epub', 'odp', 'ods', 'odt', 'pptx', 'xlsx'], 100 * MEGABYTE],
  [[...TEXT_EXTENSIONS, 'json', 'md', 'xml'], 100 * MEGABYTE],
  [[...AUDIO_EXTENSIONS, 'aac', 'flac', 'm4a', 'oga', 'ogg', 'opus', 'weba'], 1000 * MEGABYTE],
  [DATA_EXTENSIONS, 1000 * MEGABYTE],
]

/** The same for videos and every other extension. */
const DEFAULT_SIZE = 5000 * MEGABYTE

/** Images beyond today's limits may have been stored before. */
const TYPE_RULES = getContentRules({ imageLimits: null })

/** What {@link StorageContent} needs to know of a storage. */
export interface StorageContentOptions extends ContentOptions {
  column: PgColumn
  /** Lower-case and without the dot; `null` for all. */
  allowedExtensions: readonly string[] | null
  /** In bytes; `null` for no limit. Defaults to a size for each type. */
  maxFileSize?: number | null
}

/** What the files of a storage may contain: how long they may be, what they are checked for, and what is taken out. */
export class StorageContent {
  /** Longest file of any type, in bytes; `null` for no limit. */
  readonly maxFileSize: number | null
  readonly #rules: ContentRules
  readonly #allowedExtensions: readonly string[] | null
  /** As given; `undefined` when each type has its own. */
  readonly #maxFileSize: number | null | undefined

  /** @throws {TypeError} naming the option that makes no sense */
  constructor(options: StorageContentOptions) {
    const { column, allowedExtensions, maxFileSize } = options
    if (typeof maxFileSize === 'number' && !(maxFileSize > 0)) {
      throw new TypeError(`maxFileSize of ${columnPath(column)} must be a positive number of bytes, or null.`)
    }
    this.#maxFileSize = maxFileSize
    this.maxFileSize =
      maxFileSize === undefined ? Math.max(...(allowedExtensions ?? ['']).map(getDefaultSize)) : maxFileSize
    this.#allowedExtensions = allowedExtensions
    this.#rules = getContentRules(options)
  }

  /**
   * Checks the extension of a file that was accepted elsewhere, or earlier.
   *
   * @throws {MediaStorageError} `FILE_TYPE_NOT_ALLOWED`
   */
  validateExtension(fileKey: string): void {
    const extension = getExtension(fileKey)
    if (extension !== null) validateExtension(originalFileName(fileKey), extension, this.#allowedExtensions)
  }

  /** Longest file with the extension of a name, in bytes; `null` for no limit. */
  getMaxFileSize(fileName: string): number | null {
    return this.#maxFileSize === undefined ? getDefaultSize(getExtension(fileName) ?? '') : this.#maxFileSize
  }

  /**
   * The chunks of a new file, checked and rewritten as the rules say.
   *
   * @throws {MediaStorageError} `FILE_TOO_LARGE`, and the errors of {@link verifiedChunks}
   */
  receive(fileKey: string, chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    return verifiedChunks(limitSize(chunks, this.getMaxFileSize(fileKey)), { fileKey, rules: this.#rules })
  }

  /** The chunks of a file that another storage accepted: every byte stays, and only a `maxFileSize` that was given counts. */
  receiveAccepted(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    return limitSize(chunks, this.#maxFileSize ?? null)
  }

  /** Whether {@link receive} may change bytes. Other files can be checked where they are, and moved. */
  isRewritten(fileKey: string): boolean {
    return isRewritten({ fileKey, rules: this.#rules })
  }

  /**
   * Checks a file that is stored and not visible yet, such as a finished upload.
   *
   * @param fileKey - the key it will have
   * @returns `null` when its bytes can stay as they are; else the chunks to store in their place
   * @throws {MediaStorageError} `FILE_TYPE_NOT_ALLOWED`, `FILE_TOO_LARGE`, and the errors of {@link verifiedChunks}
   */
  async accept(fileKey: string, file: StoredFile): Promise<AsyncIterable<Uint8Array> | null> {
    this.validateExtension(fileKey)
    const maxFileSize = this.getMaxFileSize(fileKey)
    if (maxFileSize !== null && file.size > maxFileSize) throw fileTooLarge(maxFileSize)
    return acceptStoredFile(file, { fileKey, rules: this.#rules })
  }

  /**
   * Checks the type of a stored file by its first bytes, also where the storage's own rules do not.
   *
   * @throws {MediaStorageError} `FILE_CONTENT_MISMATCH`
   */
  async checkType(file: StoredFile): Promise<void> {
    await checkHead(await readHead(file), { fileKey: file.key, rules: TYPE_RULES })
  }
}

function getDefaultSize(extension: string): number {
  return DEFAULT_SIZES.find(([extensions]) => extensions.includes(extension))?.[1] ?? DEFAULT_SIZE
}
