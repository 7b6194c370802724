import { MediaError } from './media-error.ts'

/** What the header of a part tells. */
export interface PartHeaders {
  readonly name: string
  readonly fileName: string | null
}

/** `Name: value`, the name being a token of RFC 9110, section 5.6.2. */
const HEADER_LINE = /^[!#$%&'*+.^_`|~\w-]+:/

/** `; name=value` or `; name="value"`, one behind the other. */
const PARAMETER = /^\s*;\s*([!#$%&'*+.^_`|~\w-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/

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
  const parameters = readParameters(line.slice(line.indexOf(':') + 1).trim())
  const name = parameters.get('name')
  if (name === undefined || others.length > 0) throw malformed('a part has no form-data name')
  return { name, fileName: parameters.get('filename') ?? null }
}

/** The parameters of a form-data disposition, by name in lower case; none of another disposition. */
function readParameters(disposition: string): Map<string, string> {
  const parameters = new Map<string, string>()
  let rest = /^form-data(.*)$/is.exec(disposition)?.[1] ?? ''
  while (rest !== '') {
    const [parameter = '', name = '', quoted, bare = ''] = PARAMETER.exec(rest) ?? []
    if (parameter === '' || parameters.has(name.toLowerCase())) throw malformed('a disposition is malformed')
    parameters.set(name.toLowerCase(), unescape(quoted ?? bare))
    rest = rest.slice(parameter.length)
  }
  return parameters
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
