import { MissingValueError } from 'intl-messageformat'
import { ERROR_MESSAGES } from '../../src/contract/messages/en/errors.ts'
import { createMessageParser } from '../../src/contract/messages/format-message.ts'
import { pageConfig } from './page-config.ts'

const parse = createMessageParser(ERROR_MESSAGES, pageConfig.locale)

/** The reason that tells the cases of a code apart, and the parameters of its sentence. */
export type ErrorDetails = Readonly<Record<string, unknown>>

/**
 * The sentence for a code of the server, in the language of the page; `null` for codes of the application, and when the
 * server did not send the parameters that the sentence needs.
 */
export function formatServerError(code: string, details: ErrorDetails | null): string | null {
  if (details === null) return null
  const { reason } = details
  const keys = typeof reason === 'string' ? [`${code}.${reason}`, code] : [code]
  const key = keys.find((candidate) => Object.hasOwn(ERROR_MESSAGES, candidate))
  if (key === undefined) return null
  try {
    return String(parse(key).format(details))
  } catch (error) {
    if (error instanceof MissingValueError) return null
    throw error
  }
}
