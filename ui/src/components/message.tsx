import { Fragment, createElement, type ReactNode } from 'react'
import type { PageMessages } from '../../../src/contract/messages/en/page.ts'
import type { MessageParameters } from '../../../src/contract/messages/message-parameters.ts'
import { type MessageKey, formatParts } from '../messages.ts'

export interface MessageProps<TKey extends MessageKey> {
  id: TKey
  /** An element for each parameter, and a function from content to element for each tag. */
  values: MessageParameters<PageMessages[TKey]>
}

/**
 * A sentence of the catalogue with elements inside.
 *
 * @example
 * // 'form.referenced': 'Used by <link>{label}</link>.'
 * <Message id="form.referenced" values={{ label, link: (text: ReactNode) => <Link href={href}>{text}</Link> }} />
 */
export function Message<TKey extends MessageKey>({ id, values }: MessageProps<TKey>) {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a message is made of strings and of the given elements
  const parts = [formatParts(id, values)].flat() as ReactNode[]
  return createElement(Fragment, null, ...parts)
}
