import { PAGE_MESSAGES, type PageMessages } from '../../src/contract/messages/en/page.ts'
import { type FormatMessage, createFormatMessage } from '../../src/contract/messages/format-message.ts'

/**
 * The sentence of a key, in the language of the page.
 *
 * @example
 * t('common.cancel')
 */
export const t: FormatMessage<PageMessages> = createFormatMessage(PAGE_MESSAGES, 'en')
