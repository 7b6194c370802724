import { THUMBNAIL_WIDTHS } from '../../storage/thumbnail-files.ts'
import { FILE_HEADERS } from './file-headers.ts'
import { type ApiOperation, queryParameter } from './operation.ts'
import type { Parameter } from './openapi-types.ts'

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
  ]
}

const WIDTH: Parameter = {
  ...queryParameter('width', 'Widest, in pixels. A smaller picture stays as it is.', {
    type: 'integer',
    enum: [...THUMBNAIL_WIDTHS],
  }),
  required: true,
}
