import { ERRORS, Server } from '@tus/server'
import { MediaStorageError } from '../../storage/core/media-storage-error.ts'
import { MediaError } from '../media-error.ts'
import { type TusRequest, checkTusRequest } from './tus-request.ts'
import { ALGORITHMS_HEADER, TusStore } from './tus-store.ts'
import { tooManyBytes } from './upload-body.ts'
import { parseChecksum } from './upload-checksum.ts'
import { UploadError } from './upload-error.ts'
import { type UploadRecord, isUploadId } from './upload-record.ts'

/**
 * Answers a request of tus 1.0 by the protocol's library, and mends what it does otherwise than the protocol says or the
 * admin allows: statuses, and headers for other origins.
 *
 * @throws {UploadError} {@link MediaError} {@link MediaStorageError} for every answer that is no success
 */
export async function respondToTus(request: TusRequest): Promise<Response> {
  const { method, headers, path, id } = request
  checkTusRequest(request)
  const checksum = parseChecksum(headers.get('upload-checksum'))
  const store = new TusStore({ ...request, checksum, metadata: headers.get('upload-metadata') })
  const failure: { error: unknown } = { error: null }
  const server = new Server({
    path,
    datastore: store,
    locker: store.locker,
    namingFunction: () => crypto.randomUUID(),
    generateUrl: (_request, { id: newId }) => `${path}/${newId}`,
    getFileIdFromRequest: () => (id !== null && isUploadId(id) ? id : undefined),
    onIncomingRequest: async () => {
      if (id !== null) await store.require(id)
    },
    onResponseError: (_request, error) => {
      failure.error = error
      return undefined
    },
  })
  // The library reads no byte of the body: the store does.
  const response = await server.handleWeb(
    new Request(`http://localhost${path}/${id ?? ''}`, { method, headers: ownHeaders(headers) }),
  )
  if (failure.error !== null) throw expectedError(failure.error)
  if (response.status >= 400) throw new UploadError('INVALID_REQUEST', `${(await response.text()).trim()}.`)
  return withHeaders(response, { method, record: store.record, maxFileSize: request.area.storage.maxFileSize })
}

/** The headers that the protocol knows: of the others the library has an opinion of its own. */
function ownHeaders(headers: Headers): Headers {
  const names = ['content-length', 'content-type', 'tus-resumable']
  return new Headers([...headers].filter(([name]) => names.includes(name) || name.startsWith('upload-')))
}

/** The library throws objects of its own for what is wrong with a request. */
function expectedError(error: unknown): unknown {
  if (error instanceof UploadError || error instanceof MediaError || error instanceof MediaStorageError) return error
  return LIBRARY_ERRORS.get(error)?.() ?? error
}

const LIBRARY_ERRORS: ReadonlyMap<unknown, () => Error> = new Map<unknown, () => Error>([
  [ERRORS.FILE_NOT_FOUND, () => new UploadError('NOT_FOUND', 'There is no such upload.')],
  [ERRORS.FILE_NO_LONGER_EXISTS, () => new UploadError('UPLOAD_EXPIRED', 'The upload has expired: begin again.')],
  [
    ERRORS.INVALID_OFFSET,
    () => new UploadError('CONFLICT', 'Upload-Offset is not where the upload stands: ask again.'),
  ],
  [
    ERRORS.INVALID_LENGTH,
    () => new UploadError('INVALID_REQUEST', 'Give Upload-Length, or Upload-Defer-Length: 1, once.'),
  ],
  [ERRORS.INVALID_METADATA, () => new UploadError('INVALID_REQUEST', 'Upload-Metadata cannot be read.')],
  [ERRORS.ABORTED, () => new UploadError('UPLOAD_ABORTED', 'The request broke off: what came before is kept.')],
  [ERRORS.ERR_SIZE_EXCEEDED, tooManyBytes],
  [ERRORS.ERR_MAX_SIZE_EXCEEDED, tooManyBytes],
])

interface Finishing {
  method: string
  record: UploadRecord | null
  maxFileSize: number | null
}

function withHeaders({ status, headers: given }: Response, { method, record, maxFileSize }: Finishing): Response {
  // Pages of other origins have no business here, whatever the library says to them.
  const headers = new Headers([...given].filter(([name]) => !name.startsWith('access-control-')))
  if (method === 'OPTIONS') {
    headers.delete('Tus-Resumable')
    headers.set('Tus-Checksum-Algorithm', ALGORITHMS_HEADER)
    if (maxFileSize !== null) headers.set('Tus-Max-Size', String(maxFileSize))
  }
  if (method === 'HEAD' && record?.metadata != null) headers.set('Upload-Metadata', record.metadata)
  if (record?.outcome?.kind === 'stored') {
    headers.set('Upload-File-Key', encodeURIComponent(record.outcome.file.fileKey))
  }
  return new Response(null, { status, headers })
}
