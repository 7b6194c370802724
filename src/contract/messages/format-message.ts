import { IntlMessageFormat } from 'intl-messageformat'
import type { MessageParameters } from './message-parameters.ts'

/** Sentences by key, in ICU message syntax. */
export type Catalogue = Readonly<Record<string, string>>

/** Parameters are asked for exactly when the message names some. */
export type MessageArguments<TMessage extends string> = keyof MessageParameters<TMessage> extends never
  ? []
  : [parameters: MessageParameters<TMessage>]

/** Gives the sentence of a key. */
export type FormatMessage<TCatalogue extends Catalogue> = <TKey extends keyof TCatalogue & string>(
  key: TKey,
  ...parameters: MessageArguments<TCatalogue[TKey]>
) => string

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
  const parsed = new Map<string, IntlMessageFormat>()
  return (key, ...[parameters]) => {
    const message = parsed.get(key) ?? new IntlMessageFormat(catalogue[key] ?? key, locale)
    parsed.set(key, message)
    return String(message.format(parameters))
  }
}
