import type { PartToSign } from '../../storage/hidden/direct-files.ts'
import type { NewDirectUpload } from './direct-uploads.ts'
import { parseChecksum } from './upload-checksum.ts'
import { UploadError } from './upload-error.ts'

/** Most parts that are signed in one request. */
const MAX_PARTS = 100

/**
 * The body of a request to begin a direct upload.
 *
 * @throws {UploadError} `INVALID_REQUEST`
 */
export function parseNewUpload(body: object): Pick<NewDirectUpload, 'name' | 'size' | 'checksum'> {
  const name = 'name' in body ? body.name : null
  const size = 'size' in body ? body.size : null
  const checksum = 'checksum' in body ? body.checksum : null
  if (typeof name !== 'string' || !isSize(size) || !(checksum === null || typeof checksum === 'string')) {
    throw new UploadError('INVALID_REQUEST', 'Give the name and the size in bytes: {"name":"a.mp4","size":1000000}.')
  }
  parseChecksum(checksum)
  return { name, size, checksum }
}

/**
 * The body of a request for leave to send parts.
 *
 * @throws {UploadError} `INVALID_REQUEST`
 */
export function parsePartsToSign(body: object): PartToSign[] {
  const parts: unknown = 'parts' in body ? body.parts : null
  if (Array.isArray(parts) && parts.length <= MAX_PARTS) {
    const parsed = parts.map(parsePart)
    const whole = parsed.filter((part) => part !== null)
    if (whole.length === parts.length) return whole
  }
  throw new UploadError(
    'INVALID_REQUEST',
    `Give at most ${MAX_PARTS} parts, each with its number and the CRC32 of its bytes in Base64: {"parts":[{"number":1,"crc32":"r/zBbw=="}]}.`,
  )
}

/** Attack: a value with a line break would put headers of the client's own into what is signed. */
const CRC32 = /^[A-Za-z0-9+/]{6}==$/

function parsePart(part: unknown): PartToSign | null {
  if (typeof part !== 'object' || part === null || !('number' in part)) return null
  const { number } = part
  const crc32 = 'crc32' in part ? part.crc32 : null
  if (typeof number !== 'number' || !Number.isInteger(number)) return null
  if (crc32 === null) return { number, crc32 }
  return typeof crc32 === 'string' && CRC32.test(crc32) ? { number, crc32 } : null
}

function isSize(size: unknown): size is number {
  return typeof size === 'number' && Number.isSafeInteger(size) && size >= 0
}
