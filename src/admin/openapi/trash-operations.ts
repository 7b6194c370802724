import { type ApiOperation, jsonBody, jsonResponse, pathParameter, queryParameter } from './operation.ts'
import type { Parameter, Schema } from './openapi-types.ts'
import { THUMBNAIL_WIDTHS } from '../../storage/hidden/thumbnail-files.ts'
import { count, list, moment, nullable, object, reference, text, word } from './schema-builders.ts'

const TRASH = '/api/media/trash'
const TAG = 'Media'

/** The operations on the trash of all media columns. */
export function trashOperations(column: Parameter[]): ApiOperation[] {
  return [
    {
      method: 'get',
      path: TRASH,
      id: 'listTrash',
      tag: TAG,
      summary: 'What is in the trash, page by page',
      description: 'Files or runs, the last one first, across all media columns or of one.',
      parameters: LISTING_QUERY,
      responses: {
        200: jsonResponse('One page.', { anyOf: [reference('TrashedFiles'), reference('TrashRuns')] }),
      },
      errors: ['NOT_FOUND', 'INVALID_REQUEST', 'STORAGE_FAILURE'],
    },
    {
      method: 'post',
      path: TRASH,
      id: 'changeTrash',
      tag: TAG,
      summary: 'Restore files of the trash, or delete them for good',
      description:
        'Up to 500 files, a whole run, or with `deleteExpired` what has been in the trash for 30 days. A file that a row references is restored instead of deleted.',
      requestBody: jsonBody({
        anyOf: [reference('TrashedFilesChange'), reference('TrashRunChange'), reference('ExpiredDeletion')],
      }),
      responses: { 200: jsonResponse('What was done.', reference('TrashChanged')) },
      errors: ['NOT_FOUND', 'INVALID_REQUEST', 'CLEAN_UP_REFUSED', 'STORAGE_FAILURE'],
    },
    {
      method: 'get',
      path: '/api/media/{table}/{column}/trash/{runId}/{fileKey}/thumbnail',
      id: 'getTrashThumbnail',
      tag: TAG,
      summary: 'A small image of a file in the trash',
      parameters: [
        ...column,
        pathParameter('runId', 'The run that moved the file to the trash.'),
        pathParameter('fileKey', 'The key, percent-encoded.'),
        {
          ...queryParameter('width', 'Widest, in pixels.', { type: 'integer', enum: [...THUMBNAIL_WIDTHS] }),
          required: true,
        },
      ],
      responses: {
        200: { description: 'The image.', content: { 'image/*': {} } },
        204: { description: 'The file has none.' },
        206: { description: 'A byte range of the image.', content: { 'image/*': {} } },
        304: { description: 'The client has this image.' },
      },
      errors: ['NOT_FOUND', 'INVALID_REQUEST', 'NO_THUMBNAIL', 'STORAGE_FAILURE'],
    },
  ]
}

const LISTING_QUERY: Parameter[] = [
  queryParameter('groupBy', '`file` by default.', { type: 'string', enum: ['file', 'run'] }),
  queryParameter('table', 'Only this table; with `column`.'),
  queryParameter('column', 'Only this media column.'),
  queryParameter('runId', 'Only files of this run.'),
  queryParameter('search', 'Part of the file name, in any case. For files.'),
  queryParameter('after', 'The `next` of the page before.'),
  queryParameter('limit', 'Files or runs on a page.', { type: 'integer', minimum: 1, maximum: 200, default: 50 }),
]

const RUN = { table: text(), column: text(), runId: text('The run that moved the files to the trash.') }
const FILE = { ...RUN, fileKey: text() }
const TIMES = { trashedAt: moment(), expiresAt: moment('From when on `deleteExpired` deletes it.') }
const CHANGE = { action: word(['restore', 'delete']) }
const NEXT = nullable(text('`after` of the next page; `null` on the last one.'))

/** The schemas of what these operations take and give. */
export const TRASH_SCHEMAS: Readonly<Record<string, Schema>> = {
  TrashedFileLocation: object(FILE),
  TrashRunLocation: object(RUN),
  TrashedFile: object({
    ...FILE,
    ...TIMES,
    name: text('The name the file was uploaded with.'),
    size: count('In bytes.'),
    contentType: text('A media type, by the extension.'),
    preview: nullable(reference('FilePreview')),
  }),
  TrashedFiles: object({ files: list(reference('TrashedFile')), next: NEXT }),
  TrashRun: object({ ...RUN, ...TIMES, count: count('Files of the run in the trash.'), bytes: count('Their size.') }),
  TrashRuns: object({ runs: list(reference('TrashRun')), next: NEXT }),
  TrashedFilesChange: object({ ...CHANGE, files: list(reference('TrashedFileLocation'), 'At most 500.') }),
  TrashRunChange: object({ ...CHANGE, run: reference('TrashRunLocation') }),
  ExpiredDeletion: {
    ...object({
      action: word(['deleteExpired']),
      table: text('With `column`; all media columns without.'),
      column: text(),
    }),
    required: ['action'],
  },
  TrashChanged: object({
    restored: count(),
    deleted: count(),
    failed: count(),
    failures: list(object({ fileKey: text(), code: text(), message: text() }), 'The first 100.'),
  }),
}
