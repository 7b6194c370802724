import type { ErrorCode } from '../../contract/error.ts'
import { type ApiOperation, jsonResponse, pathParameter } from './operation.ts'
import type { Parameter, RequestBody, ResponseDescription, Schema } from './openapi-types.ts'
import { reference } from './schema-builders.ts'

const UPLOADS = '/api/media/{table}/{column}/uploads'
const UPLOAD = '/api/media/{table}/{column}/uploads/{upload}'
const TAG = 'Resumable uploads'

/** The operations of resumable uploads: tus 1.0 (https://tus.io/protocols/resumable-upload). */
export function uploadOperations(column: Parameter[]): ApiOperation[] {
  const upload = [...column, pathParameter('upload', 'As it stands in the `Location` of the upload that was begun.')]
  return [
    startUpload(column),
    describeProtocol(UPLOADS, 'describeUploads', column),
    ...askForUpload(upload),
    continueUpload(upload),
    endUpload(upload),
    describeProtocol(UPLOAD, 'describeUploadMethods', upload),
  ]
}

function startUpload(parameters: Parameter[]): ApiOperation {
  return {
    method: 'post',
    path: UPLOADS,
    id: 'startUpload',
    tag: TAG,
    summary: 'Begin an upload that can go on after it broke off',
    description: 'Tell a length, or `Upload-Defer-Length: 1`. Bytes may come along.',
    parameters: [...parameters, VERSION, ...START_HEADERS, ...BYTES_HEADERS],
    requestBody: BYTES,
    responses: { 201: { description: 'It has begun.', headers: { ...RESPONSE_HEADERS, ...LOCATION } } },
    errors: [...PROTOCOL_ERRORS, ...FILE_ERRORS],
  }
}

function askForUpload(parameters: Parameter[]): ApiOperation[] {
  const common = { path: UPLOAD, tag: TAG }
  return [
    {
      ...common,
      method: 'get',
      id: 'getUpload',
      summary: 'How an upload stands, in JSON',
      description: 'Also after the answer to its last bytes was lost: the file, or why it was refused.',
      parameters,
      responses: { 200: jsonResponse('The upload.', reference('ResumableUpload')) },
      errors: ['NOT_FOUND', 'READ_ONLY', 'STORAGE_FAILURE'],
    },
    {
      ...common,
      method: 'head',
      id: 'headUpload',
      summary: 'How many bytes of an upload are stored',
      parameters: [...parameters, VERSION],
      responses: { 200: { description: 'It is under way, or done.', headers: { ...RESPONSE_HEADERS, ...STATUS } } },
      errors: [...PROTOCOL_ERRORS, ...FILE_ERRORS, 'READ_ONLY'],
    },
  ]
}

function continueUpload(parameters: Parameter[]): ApiOperation {
  return {
    method: 'patch',
    path: UPLOAD,
    id: 'continueUpload',
    tag: TAG,
    summary: 'Add bytes to an upload',
    description: 'With the last of them it becomes a file, unless it is refused.',
    parameters: [
      ...parameters,
      VERSION,
      header('Upload-Offset', 'Where the upload stands.', true),
      LATE_LENGTH,
      CHECKSUM,
    ],
    requestBody: { ...BYTES, required: true },
    responses: { 204: { description: 'The bytes are stored.', headers: RESPONSE_HEADERS } },
    errors: [...PROTOCOL_ERRORS, ...FILE_ERRORS, 'CONFLICT', 'UPLOAD_ABORTED', 'CHECKSUM_MISMATCH'],
  }
}

function endUpload(parameters: Parameter[]): ApiOperation {
  return {
    method: 'delete',
    path: UPLOAD,
    id: 'endUpload',
    tag: TAG,
    summary: 'Give an upload up',
    description: 'A file that it has become stays.',
    parameters: [...parameters, VERSION],
    responses: { 204: { description: 'Its bytes are gone.' } },
    errors: PROTOCOL_ERRORS,
  }
}

function describeProtocol(path: string, id: string, parameters: Parameter[]): ApiOperation {
  const headers = {
    'Tus-Version': responseHeader('The versions of the protocol.'),
    'Tus-Extension': responseHeader('The extensions.'),
    'Tus-Checksum-Algorithm': responseHeader('The algorithms for `Upload-Checksum`.'),
    'Tus-Max-Size': responseHeader('Longest file of the column, in bytes.'),
  }
  return {
    method: 'options',
    path,
    id,
    tag: TAG,
    summary: 'What of the protocol can be used',
    parameters,
    responses: { 204: { description: 'In its headers.', headers } },
    errors: ['NOT_FOUND', 'READ_ONLY'],
  }
}

const PROTOCOL_ERRORS: ErrorCode[] = [
  'NOT_FOUND',
  'INVALID_REQUEST',
  'PROTOCOL_VERSION',
  'UPLOAD_BUSY',
  'TOO_MANY_REQUESTS',
  'STORAGE_FAILURE',
]

const FILE_ERRORS: ErrorCode[] = [
  'UPLOAD_EXPIRED',
  'UNSUPPORTED_BODY',
  'INVALID_FILE_NAME',
  'FILE_TYPE_NOT_ALLOWED',
  'FILE_CONTENT_MISMATCH',
  'IMAGE_TOO_LARGE',
  'FILE_REFUSED',
  'FILE_NOT_VERIFIED',
  'FILE_TOO_LARGE',
  'INSUFFICIENT_SPACE',
]

const BYTES: RequestBody = { content: { 'application/offset+octet-stream': { schema: { description: 'Bytes.' } } } }

const VERSION = header('Tus-Resumable', '`1.0.0`', true)
const LATE_LENGTH = header('Upload-Length', 'In bytes; once, for an upload that was begun without.')
const CHECKSUM = header(
  'Upload-Checksum',
  'An algorithm, a space, and the digest of these bytes in Base64: damaged ones are answered with 460 and not kept.',
)

const START_HEADERS: Parameter[] = [
  header('Upload-Length', 'In bytes.'),
  header('Upload-Defer-Length', '`1`: the length is told later.'),
  header('Upload-Metadata', 'Keys and values in Base64; `filename` is needed.', true),
]

const BYTES_HEADERS: Parameter[] = [CHECKSUM]

const RESPONSE_HEADERS: NonNullable<ResponseDescription['headers']> = {
  'Upload-Offset': responseHeader('How many bytes are stored for good.'),
  'Upload-Expires': responseHeader('When the upload is given up unless more bytes come.'),
  'Upload-File-Key': responseHeader('Once the file is stored: its key, percent-encoded.'),
}

const LOCATION: NonNullable<ResponseDescription['headers']> = {
  Location: responseHeader('The path of the upload.'),
}

const STATUS: NonNullable<ResponseDescription['headers']> = {
  'Upload-Length': responseHeader('In bytes, once it is known.'),
  'Upload-Metadata': responseHeader('As it was given.'),
}

function header(name: string, description: string, required = false): Parameter {
  return { name, in: 'header', description, schema: { type: 'string' }, ...(required ? { required } : {}) }
}

function responseHeader(description: string): { description: string; schema: Schema } {
  return { description, schema: { type: 'string' } }
}
