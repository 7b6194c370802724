import { describe, expect, it } from 'vitest'
import { PAGE_MESSAGES } from '../../src/contract/messages/en/page.ts'
import { createFormatMessage, createMessageParser } from '../../src/contract/messages/format-message.ts'
import { getTextDirection, PSEUDO_LOCALE } from '../../src/contract/messages/locales.ts'

const CATALOGUE = {
  plain: 'Close',
  parameter: 'No results for “{query}”.',
  plural: '{count, plural, one {# file} other {# files}} of {total, number}',
  tag: 'Pass tables to <code>createAdmin</code>.',
} as const

describe('the pseudo-locale', () => {
  const format = createFormatMessage(CATALOGUE, PSEUDO_LOCALE)

  it('marks both ends, accents the letters and adds 40 % to the length', () => {
    expect(format('plain')).toBe('⟦Çłöšé łô⟧')
  })

  it('leaves parameters as they are', () => {
    expect(format('parameter', { query: 'rain' })).toBe('⟦Ñö ŕéšûłţš ƒöŕ “rain”. łôṅĝèŕ ł⟧')
  })

  it('keeps plurals and numbers', () => {
    expect(format('plural', { count: 1, total: 2000 })).toBe('⟦1 ƒîłé öƒ 2,000 łôṅĝ⟧')
    expect(format('plural', { count: 5, total: 2000 })).toBe('⟦5 ƒîłéš öƒ 2,000 łôṅĝ⟧')
  })

  it('keeps tags', () => {
    const message = createMessageParser(CATALOGUE, PSEUDO_LOCALE)('tag')
    expect(message.format({ code: (text: unknown[]) => `[${text.join('')}]` })).toMatch(
      /^⟦Þåšš ţåƀłéš ţö \[çŕéåţéÅďɱîñ\]\. .*⟧$/,
    )
  })

  it('parses every message of the page', () => {
    const parse = createMessageParser(PAGE_MESSAGES, PSEUDO_LOCALE)
    const broken = Object.keys(PAGE_MESSAGES).filter((key) => parse(key).getAst().length < 2)
    expect(broken).toEqual([])
  })

  it('is laid out from right to left', () => {
    expect([getTextDirection('en'), getTextDirection(PSEUDO_LOCALE)]).toEqual(['ltr', 'rtl'])
  })
})
