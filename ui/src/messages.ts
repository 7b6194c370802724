import { PAGE_MESSAGES, type PageMessages } from '../../src/contract/messages/en/page.ts'
import { type FormatMessage, createMessageParser } from '../../src/contract/messages/format-message.ts'
import type { MessageParameters } from '../../src/contract/messages/message-parameters.ts'
import { pageConfig } from './page-config.ts'

const parse = createMessageParser(PAGE_MESSAGES, pageConfig.locale)

export type MessageKey = keyof PageMessages

/**
 * The sentence of a key, in the language of the page.
 *
 * @example
 * t('common.cancel')
 */
export const t: FormatMessage<PageMessages> = (key, ...[parameters]) => String(parse(key).format(parameters))

/** The parts of a sentence whose parameters or tags are elements. `<Message>` renders them. */
export function formatParts<TKey extends MessageKey>(
  key: TKey,
  values: MessageParameters<PageMessages[TKey]>,
): unknown {
  return parse(key).format(values)
}
