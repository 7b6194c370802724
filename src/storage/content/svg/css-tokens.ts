import { type CSSToken, TokenType, tokenizer } from '@csstools/css-tokenizer'
import { SvgRefusal } from './svg-refusal.ts'

/** Most tokens of one file: room for 2 MB of CSS, read within a second. */
const MAX_TOKENS = 400_000

/** Reads CSS into tokens, as many as one file may have. */
export class CssTokens {
  #left = MAX_TOKENS

  /** @throws {SvgRefusal} when the file has too many */
  read(css: string): CSSToken[] {
    const tokens: CSSToken[] = []
    const reader = tokenizer({ css })
    while (!reader.endOfFile()) {
      const token = reader.nextToken()
      if (token[0] === TokenType.EOF) break
      if (this.#left === 0) throw new SvgRefusal(`its styles have more than ${MAX_TOKENS} parts`)
      this.#left -= 1
      tokens.push(token)
    }
    return tokens
  }
}

const CLOSERS: ReadonlyMap<string, TokenType> = new Map([
  [TokenType.Function, TokenType.CloseParen],
  [TokenType.OpenParen, TokenType.CloseParen],
  [TokenType.OpenSquare, TokenType.CloseSquare],
  [TokenType.OpenCurly, TokenType.CloseCurly],
])

/** The index of the token that closes the block or function which begins at `start`; that of the last token without one. */
export function findEndOfBlock(tokens: readonly CSSToken[], start: number): number {
  const closers: TokenType[] = []
  for (let index = start; index < tokens.length; index += 1) {
    const type = tokens[index]?.[0] ?? TokenType.EOF
    const closer = CLOSERS.get(type)
    if (closer !== undefined) closers.push(closer)
    else if (type === closers.at(-1)) closers.pop()
    if (closers.length === 0) return index
  }
  return tokens.length - 1
}

/** The index of the last token of the at-rule which begins at `start`: its semicolon, or the end of its block. */
export function findEndOfAtRule(tokens: readonly CSSToken[], start: number): number {
  for (let index = start + 1; index < tokens.length; index += 1) {
    const type = tokens[index]?.[0]
    if (type === TokenType.Semicolon) return index
    if (type === TokenType.CloseCurly) return index - 1
    if (type === TokenType.OpenCurly) return findEndOfBlock(tokens, index)
    if (type !== undefined && CLOSERS.has(type)) index = findEndOfBlock(tokens, index)
  }
  return tokens.length - 1
}
