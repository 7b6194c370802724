import {
  type BulkDeleteReport,
  type FileBody,
  type FileUrlContext,
  MediaStorageError,
  type StoreFileContext,
  StoredFile,
  type WriteFileOptions,
} from 'vitrine/storage'
import { WatchedMemoryStorage } from './memory-harness.ts'

/** Storages in memory, each broken in one way that a real storage has been broken. */

export class Overwriting extends WatchedMemoryStorage {
  protected override async writeFile(key: string, chunks: AsyncIterable<Uint8Array>, options: WriteFileOptions) {
    const content = await gather(chunks)
    await super.removeFile(key)
    await super.writeFile(key, once(content), options)
  }
}

export class LosingTheLastByte extends WatchedMemoryStorage {
  protected override async writeFile(key: string, chunks: AsyncIterable<Uint8Array>, options: WriteFileOptions) {
    await super.writeFile(key, once((await gather(chunks)).subarray(0, -1)), options)
  }
}

/** Takes an empty chunk for the end. */
export class StoppingAtAnEmptyChunk extends WatchedMemoryStorage {
  protected override writeFile(key: string, chunks: AsyncIterable<Uint8Array>, options: WriteFileOptions) {
    return super.writeFile(key, untilEmpty(chunks), options)
  }
}

export class VisibleBeforeComplete extends WatchedMemoryStorage {
  protected override async writeFile(key: string, chunks: AsyncIterable<Uint8Array>, options: WriteFileOptions) {
    await super.writeFile(key, once(new Uint8Array()), options)
    try {
      const content = await gather(chunks)
      await super.removeFile(key)
      await super.writeFile(key, once(content), options)
    } catch (error) {
      await super.removeFile(key)
      throw error
    }
  }
}

export class KeepingPartialFiles extends WatchedMemoryStorage {
  protected override async writeFile(key: string, chunks: AsyncIterable<Uint8Array>, options: WriteFileOptions) {
    const received: Uint8Array[] = []
    try {
      for await (const chunk of chunks) received.push(chunk.slice())
    } finally {
      await super.writeFile(key, once(Buffer.concat(received)), options)
    }
  }
}

export class LeavingUnfinishedUploads extends WatchedMemoryStorage {
  protected override async writeFile(key: string, chunks: AsyncIterable<Uint8Array>, options: WriteFileOptions) {
    this.unfinished.push(key)
    await super.writeFile(key, chunks, options)
    this.unfinished.pop()
  }
}

/** Gives all unfinished uploads the same name. */
export class MixingUploads extends WatchedMemoryStorage {
  #unfinished: Uint8Array[] = []

  protected override async writeFile(key: string, chunks: AsyncIterable<Uint8Array>, options: WriteFileOptions) {
    this.#unfinished = []
    for await (const chunk of chunks) this.#unfinished.push(chunk.slice())
    await super.writeFile(key, once(Buffer.concat(this.#unfinished)), options)
  }
}

export class SwallowingBodyErrors extends WatchedMemoryStorage {
  override async storeFile(name: string, body: FileBody, context?: StoreFileContext) {
    try {
      return await super.storeFile(name, body, context)
    } catch (error) {
      if (error instanceof MediaStorageError && error.code !== 'FILE_CONTENT_MISMATCH') throw error
      return 'poster-3beac950-7721-46c9-9e7d-5e908ef51011.jpg'
    }
  }
}

export class DeafToSignals extends WatchedMemoryStorage {
  override storeFile(name: string, body: FileBody) {
    return super.storeFile(name, body)
  }
}

export class WithoutSizeLimit extends WatchedMemoryStorage {
  constructor(options: ConstructorParameters<typeof WatchedMemoryStorage>[0]) {
    super({ ...options, maxFileSize: null })
  }
}

export class RefusingAtTheLimit extends WatchedMemoryStorage {
  constructor(options: ConstructorParameters<typeof WatchedMemoryStorage>[0]) {
    super({ ...options, maxFileSize: options.maxFileSize ? options.maxFileSize - 1 : null })
  }
}

export class IgnoringTheRangeEnd extends WatchedMemoryStorage {
  protected override async openFile(key: string) {
    const file = await super.openFile(key)
    return file && new StoredFile(file, ({ start }) => file.stream({ start }))
  }
}

/** Takes `end` for the first byte that is not wanted, as `Blob.slice` and `Array.slice` do. */
export class ExcludingTheRangeEnd extends WatchedMemoryStorage {
  protected override async openFile(key: string) {
    const file = await super.openFile(key)
    return file && new StoredFile(file, ({ start, end }) => file.stream({ start, end: Math.max(start, end - 1) }))
  }
}

export class ConstantEtag extends WatchedMemoryStorage {
  protected override async openFile(key: string) {
    const file = await super.openFile(key)
    return file && new StoredFile({ ...getAttributes(file), etag: '"1"' }, (range) => file.stream(range))
  }
}

export class AlwaysNew extends WatchedMemoryStorage {
  protected override async openFile(key: string) {
    const file = await super.openFile(key)
    return file && new StoredFile({ ...getAttributes(file), lastModified: new Date() }, (range) => file.stream(range))
  }
}

export class WeakEtag extends WatchedMemoryStorage {
  protected override async openFile(key: string) {
    const file = await super.openFile(key)
    return file && new StoredFile({ ...getAttributes(file), etag: `W/${file.etag}` }, (range) => file.stream(range))
  }
}

export class OneContentType extends WatchedMemoryStorage {
  protected override writeFile(key: string, chunks: AsyncIterable<Uint8Array>, options: WriteFileOptions) {
    return super.writeFile(key, chunks, { ...options, contentType: 'image/jpeg' })
  }
}

export class ListingWrongSizes extends WatchedMemoryStorage {
  protected override async *listEntries() {
    for await (const file of super.listEntries()) yield { ...file, size: file.size + 1 }
  }
}

/** Asks for the first page only, as who forgets the continuation token. */
export class ListingOnePage extends WatchedMemoryStorage {
  protected override async *listEntries() {
    let count = 0
    for await (const file of super.listEntries()) {
      if (count === 30) return
      count += 1
      yield file
    }
  }
}

export class ListingHiddenFiles extends WatchedMemoryStorage {
  override async *listFiles() {
    for await (const file of super.listEntries()) yield file
  }

  override async *getFileKeys() {
    for await (const { key } of super.listEntries()) yield key
  }
}

export class ThrowingOnAbsentDeletes extends WatchedMemoryStorage {
  protected override async removeFile(key: string) {
    if ((await super.openFile(key)) === null) throw new Error('no such file')
    await super.removeFile(key)
  }
}

export class DeletingByPrefix extends WatchedMemoryStorage {
  protected override async removeFile(key: string) {
    const keys: string[] = []
    for await (const file of super.listEntries()) keys.push(file.key)
    for (const other of keys) if (other.startsWith(key)) await super.removeFile(other)
    await super.removeFile(key)
  }
}

export class ForgettingBulkFailures extends WatchedMemoryStorage {
  override async bulkDeleteFiles(keys: Iterable<string>): Promise<BulkDeleteReport> {
    await super.bulkDeleteFiles(keys)
    return { deleted: [...new Set(keys)], failed: [] }
  }
}

export class StoppingAtTheFirstBulkFailure extends WatchedMemoryStorage {
  override async bulkDeleteFiles(keys: Iterable<string>): Promise<BulkDeleteReport> {
    const report: BulkDeleteReport = { deleted: [], failed: [] }
    for (const key of new Set(keys)) {
      const one = await super.bulkDeleteFiles([key])
      report.deleted.push(...one.deleted)
      report.failed.push(...one.failed)
      if (one.failed.length > 0) break
    }
    return report
  }
}

/** Calls its own hooks without the check of the key. */
export class WithoutKeyCheck extends WatchedMemoryStorage {
  override getFile(key: string): Promise<StoredFile | null> {
    return super.openFile(key)
  }

  override deleteFile(key: string): Promise<void> {
    return this.removeFile(key)
  }
}

export class KeysWithoutRandomPart extends WatchedMemoryStorage {
  override generateFileKey(name: string): string {
    this.validateFileName(name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1))
    return name
  }
}

export class UnencodedUrls extends WatchedMemoryStorage {
  override async generateFileUrl(key: string, { rootUrl }: FileUrlContext = {}): Promise<string> {
    await super.generateFileUrl(key, { rootUrl: 'http://localhost' })
    return `${rootUrl ?? 'http://localhost'}/${key}`
  }
}

/** Gives the caller's own bytes back, which may have changed meanwhile. */
export class KeepingTheCallersArray extends WatchedMemoryStorage {
  readonly #arrays = new Map<string, Uint8Array>()

  protected override async writeFile(key: string, chunks: AsyncIterable<Uint8Array>, options: WriteFileOptions) {
    const received: Uint8Array[] = []
    for await (const chunk of chunks) received.push(chunk)
    const [first] = received
    if (received.length === 1 && first !== undefined) this.#arrays.set(key, first)
    await super.writeFile(key, once(Buffer.concat(received)), options)
  }

  protected override async openFile(key: string) {
    const file = await super.openFile(key)
    const array = this.#arrays.get(key)
    if (file === null || array === undefined) return file
    return new StoredFile(file, ({ start, end }) => new Blob([array.slice(start, end + 1)]).stream())
  }
}

export class FailingWithRawErrors extends WatchedMemoryStorage {
  override async deleteFile(key: string): Promise<void> {
    if (this.stuck.has(key)) throw new Error('EACCES: permission denied, unlink /srv/media/poster.jpg')
    await super.deleteFile(key)
  }
}

export class ImportingUnchecked extends WatchedMemoryStorage {
  override async importFile(key: string, body: FileBody): Promise<void> {
    const content = await gather(body instanceof Uint8Array ? once(body) : body instanceof Blob ? body.stream() : body)
    await super.removeFile(key)
    await super.writeFile(key, once(content), { contentType: 'application/octet-stream', signal: undefined })
  }
}

async function gather(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const received: Uint8Array[] = []
  for await (const chunk of chunks) received.push(chunk.slice())
  return Buffer.concat(received)
}

async function* once(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content
}

async function* untilEmpty(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    if (chunk.byteLength === 0) return
    yield chunk
  }
}

function getAttributes({ key, size, contentType, lastModified, etag }: StoredFile) {
  return { key, size, contentType, lastModified, etag }
}
