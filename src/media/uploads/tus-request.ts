import { fileTooLarge } from '../../storage/core/file-body.ts'
import type { TusExchange } from './tus-store.ts'
import { UploadError } from './upload-error.ts'

/** The version of the protocol. */
export const TUS_VERSION = '1.0.0'

/** A request of the protocol, and who sends it. */
export interface TusRequest extends Omit<TusExchange, 'checksum' | 'metadata'> {
  method: string
  headers: Headers
  /** The path of the uploads of the column, as browsers find it. */
  path: string
  /** The upload that the request is about; `null` for all of them. */
  id: string | null
}

/**
 * Refuses what the protocol has a status for and its library another one.
 *
 * @throws {UploadError} {@link MediaStorageError}
 */
export function checkTusRequest({ method, headers, area }: TusRequest): void {
  if (method === 'OPTIONS') return
  if (headers.get('tus-resumable') !== TUS_VERSION) {
    throw new UploadError('PROTOCOL_VERSION', `Tus-Resumable must be ${TUS_VERSION}.`)
  }
  if (headers.has('upload-concat')) {
    throw new UploadError('INVALID_REQUEST', 'Uploads cannot be put together of parts: send one after the other.')
  }
  if (method === 'PATCH') checkPatch(headers)
  const length = headers.get('upload-length') ?? ''
  const { maxFileSize } = area.storage
  // Longer than a number can tell is too long, and no malformed number.
  if (/^\d+$/.test(length) && Number(length) > (maxFileSize ?? Number.MAX_SAFE_INTEGER)) {
    throw fileTooLarge(maxFileSize ?? Number.MAX_SAFE_INTEGER)
  }
}

function checkPatch(headers: Headers): void {
  if (headers.get('content-type') !== 'application/offset+octet-stream') {
    throw new UploadError('UNSUPPORTED_BODY', 'The Content-Type must be application/offset+octet-stream.')
  }
  if (!headers.has('upload-offset')) throw new UploadError('INVALID_REQUEST', 'Upload-Offset is missing.')
}
