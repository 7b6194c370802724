import * as cssTree from 'css-tree'
import * as fc from 'fast-check'
import { SaxesParser, type SaxesAttributeNS } from 'saxes'
import { expect, it } from 'vitest'
import { SvgRefusal } from '../../src/storage/content/svg/svg-refusal.ts'
import { SvgSanitiser } from '../../src/storage/content/svg/svg-sanitiser.ts'
import { printFigure } from '../storage/print-figure.ts'

/** What the library has and its types have not. */
interface CssTokenizer {
  tokenize(css: string, onToken: (type: number, start: number, end: number) => void): void
  tokenTypes: Readonly<
    Record<'Url' | 'BadUrl' | 'AtKeyword' | 'String' | 'Function' | 'WhiteSpace' | 'Comment', number>
  >
}

const { ident, string, url } = cssTree
const cssTokenizer = cssTree as unknown as CssTokenizer
const { tokenTypes } = cssTokenizer

const DOCUMENTS = 10_000

/** Text that no reader takes for CSS. */
const WORDS = new Set(['id', 'class', 'title', 'begin', 'attributeName', 'xml:lang'])

const ACTIVE =
  /^(?:url|src|image|element|paint|attr|expression|cross-fade|(?:-[a-z]+-)?(?:image-set|cross-fade|element)|document|domain|regexp)$/i

function isOwn(reference: string): boolean {
  return /^\s*#/.test(reference) || /^\s*data:(?:image\/png|font\/woff2);base64,/.test(reference)
}

/** What leads out of a document in CSS, read by another tokenizer than that of the sanitiser. */
function cssLeaks(css: string): string[] {
  const leaks: string[] = []
  let functionName = ''
  cssTokenizer.tokenize(css, (type, start, end) => {
    const token = css.slice(start, end)
    if (isLeak(type, token, functionName)) leaks.push(token)
    if (type === tokenTypes.Function) functionName = ident.decode(token.slice(0, -1)).toLowerCase()
    else if (type !== tokenTypes.WhiteSpace && type !== tokenTypes.Comment) functionName = ''
  })
  return leaks
}

function isLeak(type: number, token: string, functionName: string): boolean {
  if (type === tokenTypes.Url) return !isOwn(url.decode(token))
  if (type === tokenTypes.BadUrl) return true
  if (type === tokenTypes.AtKeyword) return /^(?:import|namespace|document)$/i.test(ident.decode(token.slice(1)))
  if (type === tokenTypes.String) return functionName === 'url' && !isOwn(string.decode(token))
  if (type !== tokenTypes.Function) return false
  const name = ident.decode(token.slice(0, -1)).toLowerCase()
  return name !== 'url' && ACTIVE.test(name)
}

/** What leads out of a document, or acts. */
function leaksOf(svg: string): string[] {
  const leaks: string[] = []
  let style = ''
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => leaks.push(error.message))
  parser.on('processinginstruction', ({ target }) => leaks.push(target))
  parser.on('opentag', ({ local, attributes }) => {
    if (/^(?:script|foreignObject|iframe|handler|image\/svg)$/i.test(local)) leaks.push(local)
    for (const attribute of Object.values(attributes)) leaks.push(...attributeLeaks(attribute))
  })
  parser.on('text', (text) => (style += text))
  parser.on('closetag', ({ local }) => {
    if (local === 'style') leaks.push(...cssLeaks(style))
    style = ''
  })
  parser.write(svg).close()
  return leaks
}

function attributeLeaks({ name, local, prefix, value }: SaxesAttributeNS): string[] {
  if (prefix === 'xmlns' || name === 'xmlns' || WORDS.has(name)) return []
  if (/^on/i.test(local) || name === 'xml:base') return [name]
  if (local === 'href') return isOwn(value) ? [] : [value]
  return cssLeaks(value)
}

const EVIL = '//evil.example/x'
const CONSTRUCT = fc.constantFrom(
  `@import "${EVIL}";`,
  `@import url(${EVIL});`,
  `@import ${EVIL};`,
  '@import x;',
  `@namespace url(${EVIL});`,
  `@charset "x";`,
  `url(${EVIL})`,
  `url("${EVIL}")`,
  `url( '${EVIL}' )`,
  'url(#a)',
  'url("data:image/png;base64,iVBORw0KGgo=")',
  'url(data:image/svg+xml,<svg/>)',
  `image-set("${EVIL}" 1x)`,
  `-webkit-image-set(url(${EVIL}) 1x)`,
  `src("${EVIL}")`,
  `image("${EVIL}")`,
  `cross-fade(url(${EVIL}), red)`,
  `--x: "${EVIL}";fill:image-set(var(--x))`,
  'expression(alert(1))',
  'a{fill:',
  '@media print{',
  '@font-face{src:',
  'rgb(1,2,3)',
  'calc(',
  '/*',
  '*/',
  '"',
  "'",
  ')',
  '}',
  ';',
  '\\',
  '\n',
  '<!--',
  '-->',
  '\\0 ',
  'rl(',
  'port ',
  '@im',
  'u',
)

/** One construct in another, as if removing the inner one made the outer one. */
const NESTED = fc
  .tuple(CONSTRUCT, CONSTRUCT, fc.nat(40))
  .map(([outer, inner, at]) => outer.slice(0, at % (outer.length + 1)) + inner + outer.slice(at % (outer.length + 1)))

const SPLIT = fc
  .tuple(CONSTRUCT, fc.constantFrom('/**/', '/*x*/', '\\\n', ' ', '\t', '\\', '"', '&', '@import x;'), fc.nat(40))
  .map(([text, by, at]) => text.slice(0, at % text.length) + by + text.slice(at % text.length))

const ESCAPED = fc.tuple(fc.oneof(CONSTRUCT, NESTED), fc.nat(60), fc.nat(5)).map(([text, at, form]) => {
  const index = at % text.length
  const hex = text.charCodeAt(index).toString(16)
  const escape = [
    `\\${hex} `,
    `\\0000${hex}`.slice(0, 7),
    `\\${text[index]}`,
    `\\5c ${hex} `,
    `\\${hex}\n`,
    `\\${hex}/**/`,
  ]
  return text.slice(0, index) + (escape[form] ?? '') + text.slice(index + 1)
})

const CSS = fc
  .array(fc.oneof(CONSTRUCT, NESTED, SPLIT, ESCAPED), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join(''))

const PLACE = fc.constantFrom(
  (css: string) => `<style>${escapeText(css)}</style>`,
  (css: string) => `<style><![CDATA[${css.replaceAll(']]>', '')}]]></style>`,
  (css: string) =>
    `<style>${escapeText(css.slice(0, 4))}<!-- x --><![CDATA[${css.slice(4).replaceAll(']]>', '')}]]></style>`,
  (css: string) => `<style>${escapeText(css.slice(0, 3))}<script>x</script>${escapeText(css.slice(3))}</style>`,
  (css: string) => `<rect style="${escapeText(css)}"/>`,
  (css: string) => `<rect style="${references(css)}"/>`,
  (css: string) => `<rect fill="${escapeText(css)}"/>`,
  (css: string) => `<rect filter="${references(css)}" marker="${escapeText(css)}"/>`,
  (css: string) => `<rect><animate attributeName="fill" values="${escapeText(css)}"/></rect>`,
  (css: string) => `<rect><set attributeName="mask" to="${escapeText(css)}"/></rect>`,
  (css: string) => `<image href="${escapeText(css)}"/><use xlink:href="#${escapeText(css)}"/>`,
  (css: string) => `<text title="${escapeText(css)}" onclick="${escapeText(css)}">${escapeText(css)}</text>`,
)

const DOCUMENT = fc
  .array(fc.tuple(PLACE, CSS), { minLength: 1, maxLength: 4 })
  .map(
    (places) =>
      `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><g id="a"/>${places
        .map(([place, css]) => place(css))
        .join('')}</svg>`,
  )

function escapeText(css: string): string {
  return css.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}

function references(css: string): string {
  return Array.from(css, (character) => `&#x${character.codePointAt(0)?.toString(16)};`).join('')
}

function sanitise(svg: string): string {
  const sanitiser = new SvgSanitiser(() => {})
  return sanitiser.push(svg) + sanitiser.end()
}

it(`of ${DOCUMENTS} documents of nested, split and escaped constructs none leads out of itself or changes again`, () => {
  let accepted = 0
  let slowest = 0
  fc.assert(
    fc.property(DOCUMENT, (svg) => {
      const begun = process.cpuUsage()
      let output: string
      try {
        output = sanitise(svg)
      } catch (error) {
        if (error instanceof SvgRefusal) return
        throw error
      }
      const { user, system } = process.cpuUsage(begun)
      slowest = Math.max(slowest, (user + system) / 1000)
      accepted += 1
      expect(leaksOf(output)).toEqual([])
      expect(sanitise(output)).toBe(output)
    }),
    { numRuns: DOCUMENTS },
  )
  printFigure(
    `${accepted} of ${DOCUMENTS} documents accepted, 0 leaks, 0 changes; the slowest took ${slowest.toFixed(1)} ms`,
  )
  expect(accepted).toBeGreaterThan(DOCUMENTS * 0.9)
})

it.each([
  `<style>@import "${EVIL}"</style>`,
  `<style>a{fill:url(${EVIL})}</style>`,
  `<rect fill="\\75 rl('${EVIL}')"/>`,
  `<rect style="fill:image-set('${EVIL}' 1x)"/>`,
  `<use href="${EVIL}"/>`,
])('the fuzz would notice %s', (inner) => {
  expect(leaksOf(`<svg xmlns="http://www.w3.org/2000/svg">${inner}</svg>`)).not.toEqual([])
})
