import { parseHeaderParameters } from './header-parameters.ts'
import { MediaError } from './media-error.ts'

/** What the header of a part tells. */
export interface PartHeaders {
  readonly name: string
  readonly fileName: string | null
}

/**
 * `Name: value`, the name being a token of RFC 9110, section 5.6.2, and the value without control characters but the tab.
 *
 * Attack: a bare line feed or carriage return within a header, which other programs take for the end of a line.
 */
// oxlint-disable-next-line no-control-regex
const HEADER_LINE = /^[!#$%&'*+.^_`|~\w-]+:[^\u0000-\u0008\u000a-\u001f\u007f]*$/

/**
 * Reads the header lines of a part (RFC 7578, section 4).
 *
 * Attack: a part without a header, or with two names, is read as one thing by one program and as another by the next.
 * What is not one clear header is refused.
 *
 * @throws {MediaError} when there is no single `Content-Disposition: form-data` with a name
 */
export function parsePartHeaders(header: string): PartHeaders {
  const lines = header.split('\r\n')
  if (!lines.every((line) => HEADER_LINE.test(line))) throw malformed('the header of a part is malformed')
  const [line = '', ...others] = lines.filter((candidate) => /^content-disposition:/i.test(candidate))
  const [, disposition = ''] = /^[^:]+:\s*form-data(.*)$/i.exec(line) ?? []
  const parameters = parseHeaderParameters(disposition)
  if (parameters === null) throw malformed('a disposition is malformed')
  const name = parameters.get('name')
  if (name === undefined || others.length > 0) throw malformed('a part has no form-data name')
  const fileName = parameters.get('filename')
  return { name: unescape(name), fileName: fileName === undefined ? null : unescape(fileName) }
}

/** Browsers escape quotes and line ends as `%22`, `%0D` and `%0A` (HTML standard), others with a backslash. */
function unescape(value: string): string {
  return value
    .replace(/\\"|%22/g, '"')
    .replace(/%0D/gi, '\r')
    .replace(/%0A/gi, '\n')
}

function malformed(why: string): MediaError {
  return new MediaError('INVALID_REQUEST', `The multipart body cannot be read: ${why}.`)
}
