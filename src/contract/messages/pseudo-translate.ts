import type { IntlMessageFormat } from 'intl-messageformat'

type MessageElements = ReturnType<IntlMessageFormat['getAst']>
type MessageElement = MessageElements[number]

/** Translations into German or Finnish are about this much longer than their English. */
const EXTRA_LENGTH = 0.4
const FILLER = 'łôṅĝèŕ '

/**
 * Makes a message of the pseudo-locale: letters get accents, the end is padded, brackets mark both ends. It works on the
 * parsed message, so that parameters, plurals and tags stay as they are.
 */
export function pseudoTranslate(message: MessageElements): MessageElements {
  const padding = getPadding(getLength(message))
  return [literal('⟦'), ...accentAll(message), literal(`${padding}⟧`)]
}

/** Replaces the letters of a text by accented ones. */
export function accent(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => ACCENTED[letter] ?? letter)
}

function accentAll(message: MessageElements): MessageElements {
  return message.map((element) => accentElement(element))
}

function accentElement(element: MessageElement): MessageElement {
  if (isLiteral(element)) return { ...element, value: accent(element.value) }
  if ('options' in element) {
    const options = Object.entries(element.options).map(([name, option]) => [
      name,
      { ...option, value: accentAll(option.value) },
    ])
    return { ...element, options: Object.fromEntries(options) }
  }
  return 'children' in element ? { ...element, children: accentAll(element.children) } : element
}

/** The characters of a message without its parameters; of a plural, those of its longest form. */
function getLength(message: MessageElements): number {
  return message.reduce((length, element) => length + getElementLength(element), 0)
}

function getElementLength(element: MessageElement): number {
  if (isLiteral(element)) return element.value.length
  if ('children' in element) return getLength(element.children)
  if (!('options' in element)) return 0
  return Math.max(...Object.values(element.options).map((option) => getLength(option.value)))
}

function getPadding(length: number): string {
  const extra = Math.ceil(length * EXTRA_LENGTH)
  return extra === 0
    ? ''
    : ` ${FILLER.repeat(Math.ceil(extra / FILLER.length))
        .slice(0, extra)
        .trim()}`
}

/** Literals are the only elements with a `value` and neither options nor children: their type is an enum that is not exported. */
function isLiteral(element: MessageElement): element is Extract<MessageElement, { type: typeof LITERAL }> {
  const type: number = element.type
  return type === LITERAL
}

const LITERAL = 0

function literal(value: string): MessageElement {
  return { type: LITERAL, value }
}

const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const WITH_ACCENTS = 'åƀçďéƒĝĥîĵķłɱñöþǫŕšţûṽŵẋýžÅƁÇĎÉƑĜĤÎĴĶŁṀÑÖÞǪŔŠŢÛṼŴẊÝŽ'

const ACCENTED: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from(PLAIN, (letter, index) => [letter, WITH_ACCENTS[index] ?? letter]),
)
