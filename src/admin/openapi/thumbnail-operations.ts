import { THUMBNAIL_WIDTHS } from '../../storage/hidden/thumbnail-files.ts'
import { FILE_HEADERS } from './file-headers.ts'
import { type ApiOperation, jsonResponse, queryParameter } from './operation.ts'
import type { Parameter } from './openapi-types.ts'
import { reference } from './schema-builders.ts'

/** The operations on the thumbnails of stored files. */
export function thumbnailOperations({
  file,
  signature,
}: {
  file: Parameter[]
  signature: Parameter[]
}): ApiOperation[] {
  return [
    {
      method: 'get',
      path: '/api/media/{table}/{column}/{fileKey}/thumbnail',
      id: 'getThumbnail',
      tag: 'Media',
      summary: 'A small picture of a file',
      description:
        'Made when it is first asked for, as WebP, or as AVIF for who accepts that and no WebP. Without a session too, by the `expires` and `signature` of a signed address.',
      parameters: [...file, WIDTH, ...signature],
      responses: {
        200: { description: 'The picture.', headers: FILE_HEADERS, content: { 'image/*': {} } },
        204: { description: 'The file has none: show what kind of file it is.' },
        206: { description: 'The range that was asked for.', headers: FILE_HEADERS, content: { 'image/*': {} } },
        304: { description: 'The picture is the one that the client has.', headers: FILE_HEADERS },
        412: { description: 'The picture is not the one that was asked for.', headers: FILE_HEADERS },
        416: { description: 'The range is not inside the picture.', headers: FILE_HEADERS },
      },
      errors: ['NOT_FOUND', 'INVALID_REQUEST', 'NO_THUMBNAIL', 'FORBIDDEN', 'STORAGE_FAILURE'],
    },
    {
      method: 'put',
      path: '/api/media/{table}/{column}/{fileKey}/picture',
      id: 'uploadThumbnail',
      tag: 'Media',
      summary: 'Give a film or a PDF its picture',
      description:
        'Its thumbnails are made of it. At most 2 MB and 16 million pixels. It is encoded anew, no wider than 1280 pixels.',
      parameters: file,
      requestBody: { required: true, content: { 'image/webp': {}, 'image/jpeg': {}, 'image/png': {} } },
      responses: {
        200: jsonResponse('The file has a picture already, which stays.', reference('FilePreview')),
        201: jsonResponse('The picture is kept.', reference('FilePreview')),
      },
      errors: [
        ...(['NOT_FOUND', 'NO_THUMBNAIL', 'FILE_TYPE_NOT_ALLOWED', 'FILE_CONTENT_MISMATCH', 'FILE_TOO_LARGE'] as const),
        ...(['IMAGE_TOO_LARGE', 'INSUFFICIENT_SPACE', 'STORAGE_FAILURE', 'TOO_MANY_REQUESTS'] as const),
      ],
    },
  ]
}

const WIDTH: Parameter = {
  ...queryParameter('width', 'Widest, in pixels. A smaller picture stays as it is.', {
    type: 'integer',
    enum: [...THUMBNAIL_WIDTHS],
  }),
  required: true,
}
