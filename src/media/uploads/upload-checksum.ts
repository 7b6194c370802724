import { createHash } from 'node:crypto'
import { UploadError } from './upload-error.ts'

/** The algorithms that a client may choose among for the checksum of a request's bytes. */
export const CHECKSUM_ALGORITHMS = ['sha1', 'sha256', 'sha512', 'md5'] as const

/** A checksum that a client sends along with bytes. */
export interface UploadChecksum {
  algorithm: string
  digest: Buffer
}

/**
 * Reads the header `Upload-Checksum`: an algorithm, a space, and the digest in Base64.
 *
 * @throws {UploadError} `INVALID_REQUEST`
 */
export function parseChecksum(header: string | null): UploadChecksum | null {
  if (header === null) return null
  const [algorithm = '', digest = '', ...rest] = header.split(' ')
  const isKnown = CHECKSUM_ALGORITHMS.some((known) => known === algorithm)
  if (!isKnown || rest.length > 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(digest)) {
    throw new UploadError(
      'INVALID_REQUEST',
      `Upload-Checksum must be one of ${CHECKSUM_ALGORITHMS.join(', ')}, a space, and the digest in Base64.`,
    )
  }
  return { algorithm, digest: Buffer.from(digest, 'base64') }
}

/**
 * Passes chunks on, and throws at their end when they are not what the client has sent.
 *
 * @throws {UploadError} `CHECKSUM_MISMATCH`
 */
export async function* verifyChecksum(
  chunks: AsyncIterable<Uint8Array>,
  { algorithm, digest }: UploadChecksum,
): AsyncGenerator<Uint8Array> {
  const hash = createHash(algorithm)
  for await (const chunk of chunks) {
    hash.update(chunk)
    yield chunk
  }
  if (hash.digest().equals(digest)) return
  throw new UploadError('CHECKSUM_MISMATCH', 'The bytes arrived damaged and were not kept: send them again.')
}
