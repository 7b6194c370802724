import { MediaError } from './media-error.ts'

/** What the header of a part tells. */
export interface PartHeaders {
  readonly name: string
  readonly fileName: string | null
}

/** `Name: value`, the name being a token of RFC 9110, section 5.6.2. */
const HEADER_LINE = /^[!#$%&'*+.^_`|~\w-]+:/

/**
 * Reads the header lines of a part (RFC 7578, section 4).
 *
 * Attack: a part without a header, or with two, is read as one part by one program and as another by the next. What is
 * not one clear header is refused.
 *
 * @throws {MediaError} when there is no single `Content-Disposition: form-data` with a name
 */
export function parsePartHeaders(header: string): PartHeaders {
  const lines = header.split('\r\n')
  if (!lines.every((line) => HEADER_LINE.test(line))) throw malformed('the header of a part is malformed')
  const [line = '', ...others] = lines.filter((candidate) => /^content-disposition:/i.test(candidate))
  const disposition = line.slice(line.indexOf(':') + 1).trim()
  const name = parameterOf(disposition, 'name')
  if (others.length > 0 || !/^form-data\s*(;|$)/i.test(disposition) || name === null) {
    throw malformed('a part has no form-data name')
  }
  return { name, fileName: parameterOf(disposition, 'filename') }
}

/** A quoted or bare parameter. Browsers escape quotes and line ends in it as `%22`, `%0D` and `%0A` (HTML standard). */
function parameterOf(disposition: string, parameter: string): string | null {
  const match = new RegExp(`;\\s*${parameter}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s;"]+))`, 'i').exec(disposition)
  const value = match?.[1] ?? match?.[2]
  if (value === undefined) return null
  return value.replace(/\\"/g, '"').replace(/%22/g, '"').replace(/%0D/gi, '\r').replace(/%0A/gi, '\n')
}

function malformed(why: string): MediaError {
  return new MediaError('INVALID_REQUEST', `The multipart body cannot be read: ${why}.`)
}
