import type { PgColumn } from 'drizzle-orm/pg-core'
import { checkHead } from './check-head.ts'
import { type ContentOptions, type ContentRules, getContentRules } from './content-rules.ts'
import { isRewritten, verifiedChunks } from './verified-chunks.ts'
import { limitSize } from '../core/file-body.ts'
import {
  AUDIO_EXTENSIONS,
  DATA_EXTENSIONS,
  DOCUMENT_EXTENSIONS,
  IMAGE_EXTENSIONS,
  TEXT_EXTENSIONS,
  getExtension,
} from '../keys/file-types.ts'
import { columnPath } from '../core/media-column.ts'
import type { MediaStorage } from '../core/media-storage.ts'
import type { MediaStorageOptions } from '../core/media-storage-types.ts'

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

/** What may be stored: how long a file may be, what may be in it, and what is done to it on its way. */
export class UploadRules {
  readonly content: ContentRules
  /** Longest file of any type, in bytes; `null` for no limit. */
  readonly maxFileSize: number | null
  readonly #options: Pick<MediaStorageOptions<PgColumn>, 'maxFileSize'>

  /** @throws {TypeError} naming the option that makes no sense */
  constructor(
    options: ContentOptions & { maxFileSize?: number | null },
    storage: Pick<MediaStorage, 'column' | 'allowedExtensions'>,
  ) {
    const { maxFileSize } = options
    if (typeof maxFileSize === 'number' && !(maxFileSize > 0)) {
      throw new TypeError(`maxFileSize of ${columnPath(storage.column)} must be a positive number of bytes, or null.`)
    }
    this.#options = maxFileSize === undefined ? {} : { maxFileSize }
    this.maxFileSize =
      maxFileSize === undefined ? Math.max(...(storage.allowedExtensions ?? ['']).map(getDefaultSize)) : maxFileSize
    this.content = getContentRules(options)
  }

  /** Longest file with the extension of a name, in bytes; `null` for no limit. */
  getMaxFileSize(fileName: string): number | null {
    const { maxFileSize = getDefaultSize(getExtension(fileName) ?? '') } = this.#options
    return maxFileSize
  }

  /**
   * A new file on its way into the storage, checked and rewritten as the rules say; see {@link verifiedChunks}.
   *
   * @throws {MediaStorageError} `FILE_TOO_LARGE` and what the content is refused with
   */
  received(fileKey: string, chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    return verifiedChunks(limitSize(chunks, this.getMaxFileSize(fileKey)), { fileKey, rules: this.content })
  }

  /** A file that was accepted elsewhere: of the limits only one that was given counts, and every byte stays. */
  imported(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    return limitSize(chunks, this.#options.maxFileSize ?? null)
  }

  /** Whether {@link received} may change bytes. Other files may be checked where they lie, and moved. */
  isRewritten(fileKey: string): boolean {
    return isRewritten({ fileKey, rules: this.content })
  }

  /**
   * Looks at the beginning of a file alone, before the rest has come.
   *
   * @param head - the first `HEAD_SIZE` bytes, or the whole file when it is shorter
   * @throws {MediaStorageError} `FILE_CONTENT_MISMATCH` or `IMAGE_TOO_LARGE`
   */
  checkHead(fileKey: string, head: Uint8Array): Promise<void> {
    return checkHead(head, { fileKey, rules: this.content })
  }
}

function getDefaultSize(extension: string): number {
  return DEFAULT_SIZES.find(([extensions]) => extensions.includes(extension))?.[1] ?? DEFAULT_SIZE
}
