import type { FilePreview } from '../../contract/media.ts'
import { isFileKey } from '../../storage/keys/file-key.ts'
import { getContentType } from '../../storage/keys/file-types.ts'
import type { MediaStorage } from '../../storage/core/media-storage.ts'
import { previewPath } from '../../storage/hidden/thumbnail-files.ts'
import { hasPreview, isRendered } from './thumbnail-sources.ts'

/** How many files' previews are remembered: some 5 MB. */
const MAX_KNOWN = 10_000

/** How long, in milliseconds, it is remembered that a file has a preview, or none: another server may have made one. */
const LIFE = { known: 600_000, absent: 20_000 }

/** How many are read at a time, and longest time, in milliseconds, that a list waits for them. */
const CONCURRENCY = 16
const TIMEOUT_MS = 150

/**
 * The previews of files, kept beside their thumbnails. A list asks for many at once and gets what is at hand: what a slow
 * bucket still has to say is there for the next list.
 */
export class Previews {
  readonly #known = new Map<string, { preview: FilePreview | null; until: number }>()
  readonly #onFailure: (error: unknown) => void

  /** @param onFailure - told when some could not be read */
  constructor(onFailure: (error: unknown) => void) {
    this.#onFailure = onFailure
  }

  /** Those of some files that have one, by their keys. */
  async findMany(storage: MediaStorage, fileKeys: Iterable<string>): Promise<Map<string, FilePreview>> {
    const wanted = [...new Set(fileKeys)].filter(mayHavePreview)
    const unknown = wanted.filter((fileKey) => this.#recall(storage, fileKey) === undefined)
    if (unknown.length > 0) {
      const reading = this.#readAll(storage, unknown).catch(this.#onFailure)
      await Promise.race([reading, new Promise((resolve) => setTimeout(resolve, TIMEOUT_MS).unref())])
    }
    const known = wanted.map((fileKey) => [fileKey, this.#recall(storage, fileKey)] as const)
    return new Map(known.filter((entry): entry is readonly [string, FilePreview] => entry[1] != null))
  }

  /** That of one file; `null` when it has none. */
  async of(storage: MediaStorage, fileKey: string): Promise<FilePreview | null> {
    if (!mayHavePreview(fileKey)) return null
    const known = this.#recall(storage, fileKey)
    if (known !== undefined) return known
    await this.#read(storage, fileKey)
    return this.#recall(storage, fileKey) ?? null
  }

  /** Keeps the preview of a file. */
  async keep(storage: MediaStorage, fileKey: string, preview: FilePreview): Promise<void> {
    this.#remember(storage, fileKey, preview)
    await storage.hiddenFiles?.write(previewPath(fileKey), new Blob([JSON.stringify(preview)]))
  }

  async #readAll(storage: MediaStorage, fileKeys: readonly string[]): Promise<void> {
    const remaining = fileKeys.values()
    const readOn = async () => {
      for (const fileKey of remaining) await this.#read(storage, fileKey)
    }
    await Promise.all(Array.from({ length: CONCURRENCY }, readOn))
  }

  async #read(storage: MediaStorage, fileKey: string): Promise<void> {
    const file = (await storage.hiddenFiles?.open(previewPath(fileKey))) ?? null
    this.#remember(storage, fileKey, file === null ? null : parsePreview(await file.text()))
  }

  #recall(storage: MediaStorage, fileKey: string): FilePreview | null | undefined {
    const known = this.#known.get(getName(storage, fileKey))
    return known !== undefined && known.until > performance.now() ? known.preview : undefined
  }

  #remember(storage: MediaStorage, fileKey: string, preview: FilePreview | null): void {
    const name = getName(storage, fileKey)
    this.#known.delete(name)
    this.#known.set(name, { preview, until: performance.now() + (preview === null ? LIFE.absent : LIFE.known) })
    const [oldest = name] = this.#known.keys()
    if (this.#known.size > MAX_KNOWN) this.#known.delete(oldest)
  }
}

function getName({ location }: MediaStorage, fileKey: string): string {
  return `${location}${fileKey}`
}

function mayHavePreview(fileKey: string): boolean {
  if (!isFileKey(fileKey)) return false
  const contentType = getContentType(fileKey)
  return isRendered(contentType) || hasPreview(contentType)
}

/** What is kept was written by us, but whoever has the storage may have changed it: it is believed only if it looks right. */
function parsePreview(text: string): FilePreview | null {
  const value: unknown = parseJson(text)
  if (typeof value !== 'object' || value === null) return null
  if (!('width' in value && 'height' in value && 'placeholder' in value)) return null
  const { width, height, placeholder } = value
  if (!isLength(width) || !isLength(height) || typeof placeholder !== 'string') return null
  return /^data:image\/webp;base64,[\w+/=]{1,400}$/.test(placeholder) ? { width, height, placeholder } : null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function isLength(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0
}
