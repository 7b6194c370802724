import { type CSSToken, TokenType } from '@csstools/css-tokenizer'
import { FILTER_FUNCTIONS } from './css-allow-list.ts'
import { type CssTokens, findEndOfBlock } from './css-tokens.ts'

/** What a style sheet makes an element draw besides itself. */
export interface StyleReference {
  /** The elements: `.class`, `#id`, `type`, or `*` for all. Those that match are among them. */
  selector: string
  /** The property, in lower case. */
  property: string
  /** The id that it refers to; `null` for a function that filters. */
  id: string | null
}

/** References of a style sheet that was made safe, each with the elements that it may apply to. */
export function findStyleReferences(css: string, tokens: CssTokens): StyleReference[] {
  if (!css.includes('(')) return []
  const references: StyleReference[] = []
  const blocks: string[][] = []
  let statement: CSSToken[] = []
  for (const token of tokens.read(css)) {
    if (token[0] === TokenType.OpenCurly) {
      blocks.push(getSelectors(statement, blocks.at(-1)))
      statement = []
    } else if (token[0] === TokenType.CloseCurly) {
      blocks.pop()
      statement = []
    } else if (token[0] === TokenType.Semicolon) {
      statement = []
    } else {
      statement.push(token)
      references.push(...getReferences(token, statement, blocks.at(-1) ?? ['*']))
    }
  }
  return references
}

/** The references of the declarations of one element. */
export function findReferences(declarations: string, tokens: CssTokens): StyleReference[] {
  if (!declarations.includes('(')) return []
  return findStyleReferences(`.own{${declarations}`, tokens)
}

function getReferences(token: CSSToken, statement: readonly CSSToken[], selectors: string[]): StyleReference[] {
  const id = getReferencedId(token, statement)
  if (id === undefined) return []
  const first = statement.find(([type]) => type !== TokenType.Whitespace && type !== TokenType.Comment)
  const property = first?.[0] === TokenType.Ident ? first[4].value.toLowerCase() : ''
  // A variable is inherited, and any element may use it for anything.
  const targets = property.startsWith('--') ? ['*'] : selectors
  return targets.map((selector) => ({ selector, property, id }))
}

/** `undefined` for a token that refers to nothing. */
function getReferencedId(token: CSSToken, statement: readonly CSSToken[]): string | null | undefined {
  if (token[0] === TokenType.URL && token[4].value.length > 1) return token[4].value.slice(1)
  if (token[0] === TokenType.Function && FILTER_FUNCTIONS.has(token[4].value.toLowerCase())) return null
  const before = statement.at(-2)
  const isQuoted = token[0] === TokenType.String && before?.[0] === TokenType.Function && before[4].value === 'url'
  return isQuoted ? token[4].value.slice(1) : undefined
}

/** The elements of a rule; all of them where it does not matter, or cannot be known from a name. */
function getSelectors(prelude: readonly CSSToken[], outer: string[] | undefined): string[] {
  const first = prelude.find(([type]) => type !== TokenType.Whitespace && type !== TokenType.Comment)
  // Frames of an animation, and what stands in it, are of the element that is animated.
  if (outer?.includes('@') === true) return ['*', '@']
  if (first?.[0] !== TokenType.AtKeyword) return splitSelectors(prelude).map(getLastName)
  return first[4].value.endsWith('keyframes') ? ['*', '@'] : (outer ?? ['*'])
}

/** The selectors of a list, without what stands in brackets: a condition is no name. */
function splitSelectors(prelude: readonly CSSToken[]): CSSToken[][] {
  const selectors: CSSToken[][] = [[]]
  for (let index = 0; index < prelude.length; index += 1) {
    const token = prelude[index]
    if (token === undefined || token[0] === TokenType.Comment) continue
    if (token[0] === TokenType.Function || token[0] === TokenType.OpenSquare) index = findEndOfBlock(prelude, index)
    else if (token[0] === TokenType.Comma) selectors.push([])
    else selectors.at(-1)?.push(token)
  }
  return selectors
}

/** What the last part of a selector names for certain: an id, a class or a type. */
function getLastName(selector: readonly CSSToken[]): string {
  const end = selector.findLastIndex(([type]) => type !== TokenType.Whitespace) + 1
  const start = selector.slice(0, end).findLastIndex(isCombinator) + 1
  let type = '*'
  let className = ''
  for (let index = start; index < end; index += 1) {
    const token = selector[index]
    const before = index > start ? selector[index - 1] : undefined
    if (token?.[0] === TokenType.Hash) return `#${token[4].value}`
    if (token?.[0] !== TokenType.Ident || before?.[0] === TokenType.Colon) continue
    if (before?.[1] === '.') className = `.${token[4].value}`
    else type = token[4].value
  }
  return className === '' ? type : className
}

function isCombinator(token: CSSToken): boolean {
  return token[0] === TokenType.Whitespace || (token[0] === TokenType.Delim && '>+~|&'.includes(token[1]))
}
