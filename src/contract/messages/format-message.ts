import { IntlMessageFormat } from 'intl-messageformat'
import type { MessageParameters } from './message-parameters.ts'
import { PSEUDO_LOCALE } from './locales.ts'
import { pseudoTranslate } from './pseudo-translate.ts'

/** Sentences by key, in ICU message syntax. */
export type Catalogue = Readonly<Record<string, string>>

/** Parameters are required exactly when the message names some. */
export type MessageArguments<TMessage extends string> = keyof MessageParameters<TMessage> extends never
  ? []
  : [parameters: MessageParameters<TMessage>]

/** Returns the sentence of a key. */
export type FormatMessage<TCatalogue extends Catalogue> = <TKey extends keyof TCatalogue & string>(
  key: TKey,
  ...parameters: MessageArguments<TCatalogue[TKey]>
) => string

/** Returns the parsed message of a key. */
type ParseMessage = (key: string) => IntlMessageFormat

/**
 * Binds a catalogue to a language. Messages are parsed when they are first used.
 *
 * @example
 * const format = createFormatMessage(ERRORS, 'en')
 * format('FILE_TOO_LARGE', { maxSize: '20 MB' })
 */
export function createFormatMessage<TCatalogue extends Catalogue>(
  catalogue: TCatalogue,
  locale: string,
): FormatMessage<TCatalogue> {
  const parse = createMessageParser(catalogue, locale)
  return (key, ...[parameters]) => String(parse(key).format(parameters))
}

/** Parses each message of a catalogue once. */
export function createMessageParser(catalogue: Catalogue, locale: string): ParseMessage {
  const parsed = new Map<string, IntlMessageFormat>()
  return (key) => {
    const message = parsed.get(key) ?? parseMessage(catalogue[key] ?? key, locale)
    parsed.set(key, message)
    return message
  }
}

function parseMessage(text: string, locale: string): IntlMessageFormat {
  const message = new IntlMessageFormat(text, locale)
  return locale === PSEUDO_LOCALE ? new IntlMessageFormat(pseudoTranslate(message.getAst()), locale) : message
}
