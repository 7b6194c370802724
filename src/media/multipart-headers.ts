import { MediaError } from './media-error.ts'

/** What the header of a part tells. */
export interface PartHeaders {
  readonly name: string
  readonly fileName: string | null
}

/**
 * Reads the header lines of a part (RFC 7578, section 4).
 *
 * @throws {MediaError} when there is no `Content-Disposition: form-data` with a name
 */
export function parsePartHeaders(header: string): PartHeaders {
  const line = header.split('\r\n').find((candidate) => /^content-disposition\s*:/i.test(candidate))
  const disposition = line?.slice(line.indexOf(':') + 1).trim() ?? ''
  const name = parameterOf(disposition, 'name')
  if (!/^form-data\s*(;|$)/i.test(disposition) || name === null) {
    throw new MediaError('INVALID_REQUEST', 'The multipart body cannot be read: a part has no form-data name.')
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
