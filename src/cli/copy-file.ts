import { createHash } from 'node:crypto'
import type { MediaStorage } from '../storage/core/media-storage.ts'
import type { ListedFile } from '../storage/core/media-storage-types.ts'
import type { StoredFile } from '../storage/core/stored-file.ts'

/** From where, to where, and how carefully. */
export interface CopyJob {
  readonly source: MediaStorage
  readonly target: MediaStorage
  /** Compares the bytes of what is there already, too. */
  readonly verify: boolean
  /** Only looks what there is to do. */
  readonly dryRun: boolean
  readonly signal: AbortSignal
}

/**
 * What became of a file: `copied` and compared; `present` in the target before, with the same size; `verified` the same,
 * with the same bytes; `gone` from the source while it was being copied.
 */
export type CopyOutcome = 'copied' | 'present' | 'verified' | 'gone'

/** In the target itself: what its fallback has is the very file that is to be copied. */
const HERE = { fallback: false }

/**
 * Copies a file under its key, and reads the copy back: it counts when size and SHA-256 are those of the original.
 *
 * @throws {Error} when it cannot be copied, or differs
 */
export async function copyFile(job: CopyJob, { key, size }: ListedFile): Promise<CopyOutcome> {
  const present = await job.target.getFile(key, HERE)
  if (present !== null) return comparePresent(job, present, size)
  if (job.dryRun) return 'copied'
  const original = await job.source.getFile(key)
  if (original === null) return 'gone'
  const hashed = new HashedStream(original.stream())
  try {
    await job.target.importFile(key, hashed, { signal: job.signal })
  } catch (error) {
    // Somebody else was faster: what is there is looked at by the next run.
    if (isExisting(error)) return 'present'
    throw error
  }
  return reconcile(job, original, hashed.digest())
}

/** A copy that cannot be trusted, or whose original was deleted meanwhile, is taken away again. */
async function reconcile(job: CopyJob, original: StoredFile, digest: string): Promise<CopyOutcome> {
  try {
    await compareCopy(job, original, digest)
  } catch (error) {
    await removeCopy(job, original.key)
    throw error
  }
  // A deletion begins in the source: whoever finds the original gone here must not leave a copy to come back.
  if ((await job.source.getFile(original.key)) !== null) return 'copied'
  await removeCopy(job, original.key)
  return 'gone'
}

async function compareCopy(job: CopyJob, { key, size }: StoredFile, digest: string): Promise<void> {
  const copy = await job.target.getFile(key, HERE)
  // The application may have deleted it, from both.
  if (copy === null && (await job.source.getFile(key)) === null) return
  if (copy === null) throw new Error('The copy cannot be found after it was stored.')
  if (copy.size !== size) throw new Error(`The copy has ${copy.size} bytes instead of ${size}.`)
  if ((await getDigest(copy, job.signal)) !== digest) throw new Error('The copy has other bytes than the original.')
}

async function removeCopy({ target }: CopyJob, key: string): Promise<void> {
  try {
    await target.deleteFile(key, HERE)
  } catch (error) {
    throw new Error('The copy in the target is not to be trusted and could not be deleted: delete it by hand.', {
      cause: error,
    })
  }
}

async function comparePresent(job: CopyJob, present: StoredFile, size: number): Promise<CopyOutcome> {
  const advice = 'Compare the two, delete the wrong one, and run this again.'
  if (present.size !== size) {
    throw new Error(`The target has a file of ${present.size} bytes under this key instead of ${size}. ${advice}`)
  }
  if (!job.verify) return 'present'
  const original = await job.source.getFile(present.key)
  if (original === null) return 'gone'
  const [own, other] = await Promise.all([getDigest(original, job.signal), getDigest(present, job.signal)])
  if (own !== other) throw new Error(`The target has other bytes under this key. ${advice}`)
  return 'verified'
}

/** Passes bytes on and takes their SHA-256 on the way. */
class HashedStream implements AsyncIterable<Uint8Array> {
  readonly #hash = createHash('sha256')
  readonly #chunks: AsyncIterable<Uint8Array>

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.#chunks) {
      this.#hash.update(chunk)
      yield chunk
    }
  }

  digest(): string {
    return this.#hash.digest('hex')
  }
}

async function getDigest(file: StoredFile, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of file.stream()) {
    signal.throwIfAborted()
    hash.update(chunk)
  }
  return hash.digest('hex')
}

/** By its code and not its class: the configuration may bring a copy of Vitrine of its own. */
function isExisting(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'FILE_EXISTS'
}
