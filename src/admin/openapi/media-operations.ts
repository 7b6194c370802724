import type { TableSchema } from '../../contract/tables.ts'
import type { ErrorCode } from '../../contract/error.ts'
import { cleanUpOperations } from './clean-up-operations.ts'
import { FILE_HEADERS, FILE_REQUEST_HEADERS } from './file-headers.ts'
import { thumbnailOperations } from './thumbnail-operations.ts'
import { type ApiOperation, jsonResponse, pathParameter, queryParameter } from './operation.ts'
import type { Parameter, RequestBody, ResponseDescription } from './openapi-types.ts'
import { directUploadOperations } from './direct-upload-operations.ts'
import { trashOperations } from './trash-operations.ts'
import { uploadOperations } from './upload-operations.ts'
import { list, nullable, object, reference, text, word } from './schema-builders.ts'

const FILES = '/api/media/{table}/{column}'
const FILE = '/api/media/{table}/{column}/{fileKey}'
const TAG = 'Media'

/** The operations on the files of media columns. */
export function mediaOperations(tables: readonly TableSchema[]): ApiOperation[] {
  const column = columnParameters(tables)
  const file = [...column, pathParameter('fileKey', 'The key, percent-encoded.')]
  return [
    listFiles(column),
    uploadFiles(column),
    uploadFromUrl(column),
    ...readFile(file),
    ...describeFile(file),
    deleteFile(file),
    ...uploadOperations(column),
    ...directUploadOperations(column),
    ...thumbnailOperations({ file, signature: SIGNATURE_QUERY }),
    ...cleanUpOperations(column),
    ...trashOperations(column),
  ]
}

function listFiles(parameters: Parameter[]): ApiOperation {
  return {
    method: 'get',
    path: FILES,
    id: 'listFiles',
    tag: TAG,
    summary: 'The stored files of a column, page by page',
    parameters: [...parameters, ...FILES_QUERY],
    responses: {
      200: jsonResponse(
        'One page, in the order of the keys.',
        object({
          files: list(reference('ListedFile')),
          next: nullable(text('Give it as `after`; `null` at the end.')),
        }),
      ),
    },
    errors: ['NOT_FOUND', 'INVALID_REQUEST', 'STORAGE_FAILURE'],
  }
}

function uploadFiles(parameters: Parameter[]): ApiOperation {
  return {
    method: 'post',
    path: FILES,
    id: 'uploadFiles',
    tag: TAG,
    summary: 'Upload one or more files',
    description: 'The bytes of one file with its name in the query, or a form with one or more parts named `file`.',
    parameters: [...parameters, queryParameter('name', 'The name of a file that is sent as it is.')],
    requestBody: UPLOAD_BODY,
    responses: {
      201: jsonResponse('All files are stored; otherwise none is.', object({ files: list(reference('UploadedFile')) })),
    },
    errors: UPLOAD_ERRORS,
  }
}

function uploadFromUrl(parameters: Parameter[]): ApiOperation {
  return {
    method: 'post',
    path: `${FILES}/from-url`,
    id: 'uploadFromUrl',
    tag: TAG,
    summary: 'Have the server fetch a file',
    description: 'Only where the admin allows it; otherwise it is answered with 404.',
    parameters,
    requestBody: {
      required: true,
      content: { 'application/json': { schema: object({ url: text('A public http or https address.') }) } },
    },
    responses: { 201: jsonResponse('The file is stored.', object({ files: list(reference('UploadedFile')) })) },
    errors: [...UPLOAD_ERRORS, 'REMOTE_FILE_UNAVAILABLE'],
  }
}

function readFile(parameters: Parameter[]): ApiOperation[] {
  const download = queryParameter('download', 'Save the file in place of showing it. Any value counts.')
  const common = { path: FILE, tag: TAG, errors: FILE_ERRORS }
  return [
    {
      ...common,
      method: 'get',
      id: 'getFile',
      summary: 'The bytes of a file',
      description:
        'Without a session too, by the `expires` and `signature` of a signed address. Files of a bucket are redirected to.',
      parameters: [...parameters, download, ...SIGNATURE_QUERY, ...FILE_REQUEST_HEADERS],
      responses: FILE_RESPONSES,
      errors: [...FILE_ERRORS, 'FORBIDDEN'],
    },
    {
      ...common,
      method: 'head',
      id: 'headFile',
      summary: 'The headers of a file',
      parameters: [...parameters, download, ...SIGNATURE_QUERY, ...FILE_REQUEST_HEADERS],
      responses: HEAD_RESPONSES,
      errors: [...FILE_ERRORS, 'FORBIDDEN'],
    },
  ]
}

function describeFile(parameters: Parameter[]): ApiOperation[] {
  const download = queryParameter('download', 'An address that saves the file in place of showing it.')
  return [
    {
      method: 'get',
      path: `${FILE}/url`,
      id: 'getFileUrl',
      tag: TAG,
      summary: 'An address of a file for a browser',
      parameters: [...parameters, download],
      responses: { 200: jsonResponse('The address.', reference('FileUrl')) },
      errors: FILE_ERRORS,
    },
    {
      method: 'get',
      path: `${FILE}/info`,
      id: 'getFileInformation',
      tag: TAG,
      summary: 'What is known of a file, and where it is used',
      parameters,
      responses: { 200: jsonResponse('The file.', reference('FileInformation')) },
      errors: FILE_ERRORS,
    },
  ]
}

function deleteFile(parameters: Parameter[]): ApiOperation {
  return {
    method: 'delete',
    path: FILE,
    id: 'deleteFile',
    tag: TAG,
    summary: 'Delete a file that no row references',
    description: '`FILE_IN_USE` names the rows that do.',
    parameters,
    responses: { 204: { description: 'The file is gone, for good.' } },
    errors: [...FILE_ERRORS, 'FILE_IN_USE'],
  }
}

function columnParameters(tables: readonly TableSchema[]): Parameter[] {
  const withMedia = tables.filter(({ hasMedia }) => hasMedia)
  const columns = withMedia.flatMap((table) => table.columns.filter(({ media }) => media !== null))
  const names = [...new Set(columns.map(({ name }) => name))]
  return [
    pathParameter('table', 'The name of a table.', choice(withMedia.map(({ name }) => name))),
    pathParameter('column', 'The name of one of its media columns.', choice(names)),
  ]
}

function choice(names: readonly string[]) {
  return names.length === 0 ? text() : word(names)
}

const FILE_ERRORS: ErrorCode[] = ['NOT_FOUND', 'STORAGE_FAILURE']

const UPLOAD_ERRORS: ErrorCode[] = [
  'NOT_FOUND',
  'INVALID_REQUEST',
  'UPLOAD_ABORTED',
  'INVALID_FILE_NAME',
  'FILE_TYPE_NOT_ALLOWED',
  'FILE_CONTENT_MISMATCH',
  'FILE_TOO_LARGE',
  'IMAGE_TOO_LARGE',
  'FILE_REFUSED',
  'FILE_NOT_VERIFIED',
  'FILE_EXISTS',
  'INSUFFICIENT_SPACE',
  'STORAGE_FAILURE',
  'TOO_MANY_REQUESTS',
]

const FILES_QUERY: Parameter[] = [
  queryParameter('after', 'The `next` of the page before.'),
  queryParameter('limit', 'Files on a page.', { type: 'integer', minimum: 1, maximum: 200, default: 50 }),
  queryParameter('search', 'Part of the name, in any case.'),
  queryParameter('extension', 'Without the dot, in any case.'),
  queryParameter('use', 'Only files that a row references, or that none does.', word(['used', 'unused'])),
]

const SIGNATURE_QUERY: Parameter[] = [
  queryParameter('expires', 'Of a signed address: when it expires, in seconds since 1970.', { type: 'integer' }),
  queryParameter('signature', 'Of a signed address.'),
]

const UPLOAD_BODY: RequestBody = {
  required: true,
  content: {
    '*/*': { schema: { description: 'The bytes of one file; `name` is needed.' } },
    'multipart/form-data': {
      schema: {
        ...object({ file: list({ type: 'string', format: 'binary' }, 'One or more files.') }),
        additionalProperties: true,
      },
    },
  },
}

const HEAD_RESPONSES: Record<string, ResponseDescription> = {
  200: { description: 'The headers of the whole file.', headers: FILE_HEADERS },
  304: { description: 'The file is the one that the client has.', headers: FILE_HEADERS },
  412: { description: 'The file is not the one that was asked for.', headers: FILE_HEADERS },
}

const FILE_RESPONSES: Record<string, ResponseDescription> = {
  200: { description: 'The whole file.', headers: FILE_HEADERS, content: { '*/*': {} } },
  206: { description: 'The range that was asked for.', headers: FILE_HEADERS, content: { '*/*': {} } },
  302: {
    description: 'The file is in a bucket; its signed address.',
    headers: { Location: { description: 'The address.', schema: { type: 'string' } } },
  },
  304: { description: 'The file is the one that the client has.', headers: FILE_HEADERS },
  412: { description: 'The file is not the one that was asked for.', headers: FILE_HEADERS },
  416: { description: 'The range is not inside the file.', headers: FILE_HEADERS },
}
