import { type CSSToken, type TokenFunction, TokenType } from '@csstools/css-tokenizer'
import { ALLOWED_AT_RULES, ALLOWED_FUNCTIONS } from './css-allow-list.ts'
import { type CssTokens, findEndOfAtRule, findEndOfBlock } from './css-tokens.ts'
import { isEmbeddedFont, isEmbeddedImage, isOwnReference } from './own-references.ts'

/** Stands where something was removed. What is on both sides of a comment never becomes one token. */
const REMOVED = '/**/'

/** What a reference to another location becomes. */
const NO_REFERENCE = 'url(#)'

const NEVER_KEPT: ReadonlySet<TokenType> = new Set([
  TokenType.Comment,
  TokenType.BadString,
  TokenType.BadURL,
  TokenType.CDO,
  TokenType.CDC,
])

/** How often the result is cleaned again before the CSS is taken for one that never becomes stable. */
const MAX_PASSES = 4

/** Values that are everywhere, and that are as they should be. */
const PLAIN =
  /^\s*(?:(?:url\(#[\w.-]+\)|(?:matrix|translate|scale|rotate|skewX|skewY|rgba?)\([\d\s,.%eE+-]*\))[\s,]*)+$/

/**
 * CSS without what leads out of the file. Fonts and images that are in it stay, so do names within it.
 *
 * Attack: `@import`, `url(…)` and `image-set(…)` tell another server who looks at the image; escapes such as `\75rl(` and
 * comments hide them, and removing one part makes another (`@im@import x;port`). The CSS is read into the tokens that
 * browsers read, what is on no list is replaced by what joins nothing, and the result is read again until it is stable.
 *
 * @param onRemoved - called when something was left out that may lead out of the file
 */
export function safeCss(css: string, tokens: CssTokens, onRemoved: () => void): string {
  // Without these two no token of CSS loads anything.
  if (!/[@(]/.test(css) || PLAIN.test(css)) return css
  let current = css
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const cleaned = clean(tokens.read(current), onRemoved)
    if (cleaned === current) return current
    current = cleaned
  }
  return ''
}

function clean(tokens: readonly CSSToken[], onRemoved: () => void): string {
  const parts: string[] = []
  for (let index = 0; index < tokens.length; index += 1) {
    const { text, end, isRemoved = false } = cleanAt(tokens, index)
    if (isRemoved) onRemoved()
    // Two marks say no more than one.
    if (text !== REMOVED || parts.at(-1) !== REMOVED) parts.push(text)
    index = end
  }
  return parts.join('')
}

interface Cleaned {
  text: string
  /** The index of the last token that is read. */
  end: number
  /** It may have led out of the file. */
  isRemoved?: boolean
}

function cleanAt(tokens: readonly CSSToken[], index: number): Cleaned {
  const token = tokens[index]
  if (token === undefined) return { text: '', end: index }
  if (NEVER_KEPT.has(token[0])) return { text: REMOVED, end: index }
  if (token[0] === TokenType.URL) return { ...referenceTo(token[4].value, ''), end: index }
  if (token[0] === TokenType.Function) return cleanFunction(tokens, index, token)
  if (token[0] !== TokenType.AtKeyword) return { text: token[1], end: index }
  const name = token[4].value.toLowerCase()
  return ALLOWED_AT_RULES.has(name)
    ? { text: `@${name}`, end: index }
    : { text: REMOVED, end: findEndOfAtRule(tokens, index), isRemoved: name === 'import' }
}

function cleanFunction(tokens: readonly CSSToken[], index: number, token: TokenFunction): Cleaned {
  const name = token[4].value
  if (ALLOWED_FUNCTIONS.has(name.toLowerCase())) return { text: `${name}(`, end: index }
  const end = findEndOfBlock(tokens, index)
  if (name.toLowerCase() !== 'url') return { text: REMOVED, end, isRemoved: true }
  const [value, ...others] = tokens
    .slice(index + 1, end + 1)
    .filter(([type]) => ![TokenType.Whitespace, TokenType.Comment, TokenType.CloseParen].includes(type))
  const isOne = value?.[0] === TokenType.String && others.length === 0
  return isOne
    ? { ...referenceTo(value[4].value, value[1].charAt(0)), end }
    : { text: NO_REFERENCE, end, isRemoved: true }
}

/** Written anew from its value, so that no escape is left in it. */
function referenceTo(value: string, quote: string): Omit<Cleaned, 'end'> {
  const isOwn = isOwnReference(value) || isEmbeddedImage(value) || isEmbeddedFont(value)
  return isOwn
    ? { text: `url(${quote}${value.replace(/\s/g, '')}${quote})` }
    : { text: NO_REFERENCE, isRemoved: value.trim() !== '' }
}
