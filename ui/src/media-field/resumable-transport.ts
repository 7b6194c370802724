import { DetailedError, Upload } from 'tus-js-client'
import type { UploadedFile } from '../../../src/contract/media.ts'
import { getResumableUpload, getUploadUrl } from '../api.ts'
import { forget, getId, isDirect, remember, rememberedFor, type UploadLocation } from './remembered-uploads.ts'
import { RETRY_DELAYS } from './retry-delays.ts'
import { UploadFailure } from './upload-failure.ts'
import { whileUploading } from './upload-locks.ts'
import {
  describeFailure,
  parseJson,
  RETRYABLE_STATUSES,
  UPLOAD_CANCELLED,
  type UploadTransport,
  type UploadTransportOptions,
} from './upload-transport.ts'

/** Bytes of a request: some proxies refuse longer ones. A whole number of the parts that a bucket is given. */
const CHUNK_SIZE = 32 * 1024 * 1024

/** Uploads of this tab. The same file given twice must not be sent twice to the same place. */
const inUse = new Set<string>()

/** Sends a file by tus 1.0: what breaks off goes on where it was, also with the same file given again another day. */
export function sendResumably(position: UploadLocation): UploadTransport {
  return async (file, options) => {
    const url = await new Sending(position, file, options).send()
    const { file: stored, error } = await getResumableUpload(position, getId(url), options.signal)
    forget(url)
    if (stored === null) throw new UploadFailure(error?.message ?? 'The file was not stored.', false)
    return stored satisfies UploadedFile
  }
}

/** One file under way. */
class Sending {
  readonly #position: UploadLocation
  readonly #file: File
  readonly #options: UploadTransportOptions

  constructor(position: UploadLocation, file: File, options: UploadTransportOptions) {
    this.#position = position
    this.#file = file
    this.#options = options
  }

  /** Resolves with the address of the upload when all bytes are stored and accepted. */
  async send(): Promise<string> {
    const known = rememberedFor(this.#position, this.#file)?.url
    const uploadUrl = known !== undefined && !isDirect(known) && !inUse.has(known) ? known : null
    let url = uploadUrl
    if (url !== null) inUse.add(url)
    try {
      return await new Promise<string>((resolve, reject) => {
        const upload = new Upload(this.#file, {
          ...this.#settings(uploadUrl),
          onUploadUrlAvailable: () => {
            url = upload.url ?? ''
            inUse.add(url)
            remember(this.#position, this.#file, url)
            void whileUploading(url, new Promise<void>((end) => (this.#end = end)))
          },
          onSuccess: () => resolve(upload.url ?? ''),
          onError: (error) => reject(this.#failure(error, upload.url)),
        })
        this.#stopWith(upload, reject)
        upload.start()
      })
    } finally {
      this.#end()
      if (url !== null) inUse.delete(url)
    }
  }

  #end: () => void = () => {}

  #settings(uploadUrl: string | null) {
    const { table, column } = this.#position
    return {
      endpoint: `${getUploadUrl(table, column)}/uploads`,
      uploadUrl,
      chunkSize: CHUNK_SIZE,
      retryDelays: RETRY_DELAYS,
      storeFingerprintForResuming: false,
      metadata: { filename: this.#file.name, filetype: this.#file.type },
      onProgress: this.#options.onProgress,
      onShouldRetry: (error: DetailedError) => this.#isWorthAnotherTry(error),
    }
  }

  #stopWith(upload: Upload, reject: (error: unknown) => void): void {
    const { signal } = this.#options
    signal.addEventListener('abort', () => {
      const isCancelled = signal.reason === UPLOAD_CANCELLED
      const { url } = upload
      if (isCancelled && url !== null) forget(url)
      // The server gives up by itself what it cannot be told to.
      upload.abort(isCancelled).catch(() => {})
      reject(new UploadFailure('The upload was stopped.', true))
    })
  }

  #isWorthAnotherTry({ originalResponse }: DetailedError): boolean {
    const status = originalResponse?.getStatus() ?? 0
    // Signed out: trying again changes nothing before the person has signed in.
    const isWorthIt =
      status === 0 || status >= 500 || (status !== 401 && status !== 403 && RETRYABLE_STATUSES.has(status))
    if (isWorthIt) this.#options.onInterrupted()
    return isWorthIt
  }

  #failure(error: unknown, url: string | null): UploadFailure {
    const response = error instanceof DetailedError ? error.originalResponse : null
    if (response == null)
      return new UploadFailure('The connection was lost, or the file was changed on this device.', true)
    const failure = describeFailure(response.getStatus(), parseJson(response.getBody()))
    if (!failure.canRetry && url !== null) forget(url)
    return failure
  }
}
