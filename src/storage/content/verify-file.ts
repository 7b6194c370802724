import { originalFileName } from '../keys/file-key.ts'
import { getContentType } from '../keys/file-types.ts'
import { MediaStorageError } from '../core/media-storage-error.ts'
import { copyBytes } from '../core/bytes.ts'
import type { CheckedFile } from './content-rules.ts'

/** A file that is being stored and cannot be seen yet. */
export interface FileToVerify {
  /** As it was uploaded, without the random part of its key. */
  readonly name: string
  readonly fileKey: string
  readonly contentType: string
  /**
   * The bytes that are to be stored, as they arrive: who reads slowly slows the upload down. It is the same stream each
   * time. Reading all of it, or any of it, is not required.
   */
  readonly stream: () => ReadableStream<Uint8Array<ArrayBuffer>>
  /** Fires when nobody waits for the verdict any longer: the time is over, or the upload broke off. */
  readonly signal: AbortSignal
}

/**
 * Looks at a file before it can be seen. Returning nothing accepts it. Throwing a {@link MediaStorageError} with the code
 * `FILE_REFUSED` refuses it with that sentence; any other error, any value that is returned (such as `false`),
 * and silence beyond `verifyTimeout` refuse it as `FILE_NOT_VERIFIED`.
 */
export type VerifyFile = (file: FileToVerify) => Promise<void> | void

/**
 * Passes chunks on while the hook reads them too. The stream ends only after its verdict: what a storage makes visible
 * at the end of the stream cannot be read before.
 *
 * Attack: a file that a scanner refuses is fetched while it is being scanned; or a scanner that is down, or flooded, is
 * taken for one that found nothing.
 *
 * @throws {MediaStorageError} `FILE_REFUSED` or `FILE_NOT_VERIFIED`
 */
export async function* verifiedByHook(
  chunks: AsyncIterable<Uint8Array>,
  file: CheckedFile,
): AsyncGenerator<Uint8Array> {
  const { verifyFile, verifyTimeout } = file.rules
  if (verifyFile === null) {
    yield* chunks
    return
  }
  const verification = new Verification(file, verifyFile)
  try {
    for await (const chunk of chunks) {
      await withinTime(verification.send(chunk), { file, verifyTimeout })
      yield chunk
    }
    await withinTime(verification.finish(), { file, verifyTimeout })
  } finally {
    verification.stop()
  }
}

/** One call of the hook, and the stream it reads. */
class Verification {
  readonly #abort = new AbortController()
  readonly #verdict: Promise<void>
  readonly #writer: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>
  /** False when the hook has decided, or has let go of the stream: nobody reads it any longer. */
  #isReading = true

  constructor(file: CheckedFile, verifyFile: VerifyFile) {
    const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>()
    this.#writer = writable.getWriter()
    this.#writer.closed.catch(() => {
      this.#isReading = false
    })
    this.#verdict = askHook(verifyFile, fileToVerify(file, readable, this.#abort.signal)).finally(() => {
      this.#isReading = false
    })
    // It is awaited with the next chunk; without this a refusal before then would count as unhandled.
    this.#verdict.catch(() => {})
  }

  /** Resolves when the hook has taken the chunk, or has accepted the file without it. */
  async send(chunk: Uint8Array): Promise<void> {
    // A copy: the hook may hand it to a worker, and the storage would be left with an empty array.
    const taken = this.#isReading ? this.#writer.write(copyBytes(chunk)) : Promise.resolve()
    await Promise.race([taken.catch(() => this.#verdict), this.#verdict])
    if (!this.#isReading) await this.#verdict
  }

  async finish(): Promise<void> {
    // The hook may have let go of the stream: then there is nothing to close.
    if (this.#isReading) this.#writer.close().catch(() => {})
    await this.#verdict
  }

  stop(): void {
    this.#abort.abort()
    // It may be closed already, which is as good.
    this.#writer.abort(this.#abort.signal.reason).catch(() => {})
  }
}

function fileToVerify(
  { fileKey }: CheckedFile,
  readable: ReadableStream<Uint8Array<ArrayBuffer>>,
  signal: AbortSignal,
): FileToVerify {
  return {
    name: originalFileName(fileKey),
    fileKey,
    contentType: getContentType(fileKey),
    stream: () => readable,
    signal,
  }
}

async function askHook(verifyFile: VerifyFile, file: FileToVerify): Promise<void> {
  try {
    const response: unknown = await verifyFile(file)
    // A scanner's `false`, or its report on what it found, is no consent.
    if (response !== undefined)
      throw new TypeError('verifyFile returned a value: to refuse a file it throws, to accept it it returns nothing.')
  } catch (error) {
    if (error instanceof MediaStorageError && error.code === 'FILE_REFUSED') throw error
    throw notVerified(file.name, error)
  }
}

async function withinTime(
  waiting: Promise<void>,
  { file, verifyTimeout }: { file: CheckedFile; verifyTimeout: number },
): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    const cause = new Error(`verifyFile gave no answer within ${verifyTimeout} ms.`)
    timer = setTimeout(() => reject(notVerified(originalFileName(file.fileKey), cause)), verifyTimeout)
  })
  try {
    await Promise.race([waiting, late])
  } finally {
    clearTimeout(timer)
  }
}

function notVerified(name: string, cause: unknown): MediaStorageError {
  return new MediaStorageError(
    'FILE_NOT_VERIFIED',
    `${name} was not stored: it could not be checked. Try again later.`,
    {
      cause,
    },
  )
}
