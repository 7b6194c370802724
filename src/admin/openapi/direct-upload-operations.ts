import type { ErrorCode } from '../../contract/error.ts'
import { type ApiOperation, jsonBody, jsonResponse, pathParameter } from './operation.ts'
import type { Parameter } from './openapi-types.ts'
import { count, list, object, reference, text } from './schema-builders.ts'

const ALL = '/api/media/{table}/{column}/direct'
const ONE = '/api/media/{table}/{column}/direct/{upload}'
const TAG = 'Direct uploads'

/** The operations of uploads whose bytes go to the storage itself. */
export function directUploadOperations(column: Parameter[]): ApiOperation[] {
  const upload = [...column, pathParameter('upload', 'The `id` of the upload that was begun.')]
  return [startUpload(column), ...askAndEnd(upload), signParts(upload), completeUpload(upload)]
}

function startUpload(parameters: Parameter[]): ApiOperation {
  const size = count('In bytes: exactly as many are taken.')
  const checksum = text('Of all bytes, as `sha256`, a space, and the digest in Base64; also sha1, sha512, md5.')
  const required = object({ name: text('As the file is called.'), size })
  return {
    method: 'post',
    path: ALL,
    id: 'startDirectUpload',
    tag: TAG,
    summary: 'Begin an upload whose bytes go past the server',
    description: 'Only where `isDirect` of the column says so; otherwise it is answered with 404.',
    parameters,
    requestBody: jsonBody({ ...required, properties: { ...required.properties, checksum } }),
    responses: { 201: jsonResponse('It has begun.', reference('DirectUpload')) },
    errors: [...COMMON, 'INVALID_REQUEST', 'INVALID_FILE_NAME', 'FILE_TYPE_NOT_ALLOWED', 'FILE_TOO_LARGE', ...SLOTS],
  }
}

function askAndEnd(parameters: Parameter[]): ApiOperation[] {
  const common = { path: ONE, tag: TAG, parameters }
  return [
    {
      ...common,
      method: 'get',
      id: 'getDirectUpload',
      summary: 'How a direct upload stands, and what became of it',
      responses: { 200: jsonResponse('The upload.', reference('DirectUpload')) },
      errors: [...COMMON, 'UPLOAD_EXPIRED'],
    },
    {
      ...common,
      method: 'delete',
      id: 'endDirectUpload',
      summary: 'Give a direct upload up',
      description: 'A file that it has become stays.',
      responses: { 204: { description: 'Its parts are gone.' } },
      errors: COMMON,
    },
  ]
}

function signParts(parameters: Parameter[]): ApiOperation {
  const part = object({ number: count('From 1.') })
  const crc32 = text('Of the bytes of the part: four bytes, the highest first, in Base64.')
  const parts = list({ ...part, properties: { ...part.properties, crc32 } }, 'At most 100.')
  return {
    method: 'post',
    path: `${ONE}/parts`,
    id: 'signDirectParts',
    tag: TAG,
    summary: 'Ask for leave to send parts',
    description: 'Each part is then sent by PUT to its `url`, with its `headers` and with exactly its length.',
    parameters,
    requestBody: jsonBody(object({ parts })),
    responses: { 200: jsonResponse('Where they go.', object({ parts: list(reference('SignedPart')) })) },
    errors: [...COMMON, 'INVALID_REQUEST', 'UPLOAD_EXPIRED'],
  }
}

function completeUpload(parameters: Parameter[]): ApiOperation {
  return {
    method: 'post',
    path: `${ONE}/complete`,
    id: 'completeDirectUpload',
    tag: TAG,
    summary: 'Make a file of a direct upload whose parts are all there',
    description: 'It can be asked again when the answer got lost.',
    parameters,
    responses: { 201: jsonResponse('The file is stored.', object({ files: list(reference('UploadedFile')) })) },
    errors: [...COMMON, ...REFUSALS, 'CONFLICT', 'UPLOAD_EXPIRED', 'UPLOAD_BUSY', 'UPLOAD_ABORTED', ...SLOTS],
  }
}

const COMMON: ErrorCode[] = ['NOT_FOUND', 'STORAGE_FAILURE']

const SLOTS: ErrorCode[] = ['TOO_MANY_REQUESTS']

const REFUSALS: ErrorCode[] = [
  'FILE_CONTENT_MISMATCH',
  'FILE_TOO_LARGE',
  'IMAGE_TOO_LARGE',
  'FILE_REFUSED',
  'FILE_NOT_VERIFIED',
  'CHECKSUM_MISMATCH',
  'INSUFFICIENT_SPACE',
]
