import type { Parameter, ResponseDescription } from './openapi-types.ts'

/** The headers that tell about a file. */
export const FILE_HEADERS: NonNullable<ResponseDescription['headers']> = {
  'Content-Type': header('The media type, by the extension; `text/plain` for tables.'),
  'Content-Disposition': header('`inline` for what a browser may show, else `attachment`; and the name.'),
  'Content-Security-Policy': header('What the file may do where it is opened directly: nothing, or play.'),
  'Accept-Ranges': header('`bytes`'),
  ETag: header('A strong tag of these bytes.'),
  'Last-Modified': header('When the file was stored.'),
}

/** The headers that a client may send with the request for a file (RFC 9110, sections 13 and 14). */
export const FILE_REQUEST_HEADERS: Parameter[] = [
  requestHeader('Range', 'One range, such as `bytes=0-1023`. Several are answered with the whole file.'),
  requestHeader(
    'If-Range',
    'An entity tag or a date: the range is sent only of that file, else all of the present one.',
  ),
  requestHeader('If-Match', 'Entity tags; another file is answered with 412.'),
  requestHeader('If-None-Match', 'Entity tags; one of these files is answered with 304.'),
  requestHeader('If-Modified-Since', 'A date; an older file is answered with 304.'),
  requestHeader('If-Unmodified-Since', 'A date; a younger file is answered with 412.'),
]

function header(description: string): NonNullable<ResponseDescription['headers']>[string] {
  return { description, schema: { type: 'string' } }
}

function requestHeader(name: string, description: string): Parameter {
  return { name, in: 'header', description, schema: { type: 'string' } }
}
