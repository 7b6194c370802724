import type { DirectUpload, SignedPart, UploadedFile } from '../../../src/contract/media.ts'
import {
  ApiError,
  startDirectUpload,
  completeDirectUpload,
  directUploadUrl,
  getDirectUpload,
  removeDirectUpload,
  signDirectParts,
} from '../api.ts'
import { getCrc32 } from './crc32.ts'
import { getFailure, isOver, isPassing } from './direct-failure.ts'
import { PartRefused, putPart } from './put-part.ts'
import { forget, getId, isDirect, remember, rememberedFor, type UploadLocation } from './remembered-uploads.ts'
import { RETRY_DELAYS } from './retry-delays.ts'
import { UploadFailure } from './upload-failure.ts'
import { whileUploading } from './upload-locks.ts'
import { UPLOAD_CANCELLED, type UploadTransport, type UploadTransportOptions } from './upload-transport.ts'

/** Parts under way at a time. */
const PARTS_AT_A_TIME = 4

/** Parts for which leave is asked in one request. */
const PARTS_AT_ONCE = 4

/** Tries before the first part of an upload got through: a storage that lets nobody in will not change its mind. */
const FIRST_TRIES = 3

/** Uploads of this tab. The same file given twice must not be sent twice to the same place. */
const inUse = new Set<string>()

/** Sends a file to the storage itself, in parts: those that are there are not sent again, also on another day. */
export function sendDirectly(position: UploadLocation): UploadTransport {
  return (file, options) => new Sending(position, file, options).send()
}

/** One file under way. */
class Sending {
  readonly #position: UploadLocation
  readonly #file: File
  readonly #options: UploadTransportOptions
  /** Fires for whoever stops the upload, and when one part fails for good. */
  readonly #signal: AbortSignal
  readonly #failure = new AbortController()
  /** By part: how much of it was sent. */
  readonly #sent = new Map<number, number>()
  #hasStoredPart = false

  constructor(position: UploadLocation, file: File, options: UploadTransportOptions) {
    this.#position = position
    this.#file = file
    this.#options = options
    this.#signal = AbortSignal.any([options.signal, this.#failure.signal])
  }

  async send(): Promise<UploadedFile> {
    let url: string | null = null
    try {
      const upload = await this.#retried(() => this.#find())
      url = directUploadUrl(this.#position, upload.id)
      return upload.file ?? (await this.#sendAndComplete(upload, url))
    } catch (error) {
      if (this.#options.signal.aborted) this.#abort(url)
      const failure = getFailure(error)
      if (url !== null && isOver(error, failure)) forget(url)
      throw failure
    }
  }

  /** The upload that this file belongs to since an earlier visit, or a new one. */
  async #find(): Promise<DirectUpload> {
    const url = rememberedFor(this.#position, this.#file)?.url
    if (url !== undefined && isDirect(url) && !inUse.has(url)) {
      const upload = await this.#ask(getId(url))
      if (upload !== null && upload.error === null) return upload
      forget(url)
    }
    return startDirectUpload(this.#position, { name: this.#file.name, size: this.#file.size }, this.#signal)
  }

  async #ask(id: string): Promise<DirectUpload | null> {
    try {
      return await getDirectUpload(this.#position, id, this.#signal)
    } catch (error) {
      if (error instanceof ApiError && (error.status === 404 || error.status === 410)) return null
      throw error
    }
  }

  async #sendAndComplete(upload: DirectUpload, url: string): Promise<UploadedFile> {
    const { id, partSize } = upload
    inUse.add(url)
    // One part is sent again as quickly as it is found.
    if (this.#file.size > partSize) remember(this.#position, this.#file, url)
    try {
      return await whileUploading(
        url,
        this.#sendParts(upload).then(() => this.#complete(id)),
      )
    } finally {
      inUse.delete(url)
    }
  }

  async #complete(id: string): Promise<UploadedFile> {
    const { files } = await this.#retried(() => completeDirectUpload(this.#position, id, this.#signal))
    forget(directUploadUrl(this.#position, id))
    const [stored] = files
    if (stored === undefined) throw new UploadFailure('The file was not stored.', true)
    return stored
  }

  async #sendParts(upload: DirectUpload): Promise<void> {
    const { partSize, storedParts } = upload
    for (const number of storedParts) this.#count(number, this.#slice(partSize, number).size)
    this.#hasStoredPart = storedParts.length > 0
    // Each next part goes to whoever of them is free; the first that fails ends all.
    const parts = this.#signedParts(upload)
    const sendRemaining = async () => {
      try {
        for await (const part of parts) await this.#sendPart(upload, part)
      } catch (error) {
        this.#failure.abort(error)
        throw error
      }
    }
    await Promise.all(Array.from({ length: PARTS_AT_A_TIME }, sendRemaining))
  }

  async *#signedParts({ id, partSize, storedParts }: DirectUpload): AsyncGenerator<SignedPart> {
    const stored = new Set(storedParts)
    const all = Array.from({ length: Math.ceil(this.#file.size / partSize) }, (_, index) => index + 1)
    const missing = all.filter((number) => !stored.has(number))
    for (let start = 0; start < missing.length; start += PARTS_AT_ONCE) {
      yield* await this.#retried(() => this.#sign({ id, partSize }, missing.slice(start, start + PARTS_AT_ONCE)))
    }
  }

  async #sign({ id, partSize }: Pick<DirectUpload, 'id' | 'partSize'>, numbers: number[]): Promise<SignedPart[]> {
    const parts: { number: number; crc32: string }[] = []
    for (const number of numbers) {
      const bytes = new Uint8Array(await this.#slice(partSize, number).arrayBuffer())
      parts.push({ number, crc32: getCrc32(bytes) })
    }
    return (await signDirectParts({ ...this.#position, id }, parts, this.#signal)).parts
  }

  async #sendPart(upload: DirectUpload, part: SignedPart): Promise<void> {
    const { number } = part
    const bytes = this.#slice(upload.partSize, number)
    let signed: SignedPart | undefined = part
    await this.#retried(async () => {
      // Leave for a part that was not taken may have expired, or the file has changed.
      signed ??= (await this.#sign(upload, [number]))[0]
      if (signed === undefined) throw new UploadFailure('The upload was given up by the server.', true)
      const attempt = signed
      signed = undefined
      await putPart(attempt, bytes, {
        signal: this.#signal,
        onProgress: (sentBytes) => this.#count(number, sentBytes),
      })
    })
    this.#hasStoredPart = true
    this.#count(number, bytes.size)
  }

  #count(number: number, sentBytes: number): void {
    this.#sent.set(number, sentBytes)
    this.#options.onProgress([...this.#sent.values()].reduce((sum, bytes) => sum + bytes, 0))
  }

  #slice(partSize: number, number: number): Blob {
    return this.#file.slice((number - 1) * partSize, number * partSize)
  }

  async #retried<Result>(operation: () => Promise<Result>): Promise<Result> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await operation()
      } catch (error) {
        this.#signal.throwIfAborted()
        const delay = RETRY_DELAYS[tries]
        if (delay === undefined || !this.#isWorthAnotherTry(error, tries)) throw error
        this.#options.onInterrupted()
        await wait(delay, this.#signal)
      }
    }
  }

  #isWorthAnotherTry(error: unknown, tries: number): boolean {
    if (error instanceof PartRefused) {
      return error.status !== 404 && (this.#hasStoredPart || tries < FIRST_TRIES)
    }
    return error instanceof ApiError && isPassing(error.status)
  }

  /** The server gives up by itself what it cannot be told to. */
  #abort(url: string | null): void {
    if (url === null || this.#options.signal.reason !== UPLOAD_CANCELLED) return
    forget(url)
    removeDirectUpload(this.#position, getId(url)).catch(() => {})
  }
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(new UploadFailure('The upload was stopped.', true))
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    signal.addEventListener('abort', stop, { once: true })
  })
}
