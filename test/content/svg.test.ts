import { expect, describe, it } from 'vitest'
import { MediaStorageError, type ContentOptions } from 'vitrine/storage'
import { HOSTILE_DRAWINGS } from '../support/hostile-drawings.ts'
import { MemoryMediaStorage } from '../../examples/memory-storage/memory-media-storage.ts'
import { movie } from '../storage/media-tables.ts'
import { printFigure } from '../storage/print-figure.ts'

const NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'

/** What is stored of an SVG, or why it is refused. */
async function stored(svg: string | Uint8Array<ArrayBuffer>, options: ContentOptions = {}): Promise<string> {
  const storage = new MemoryMediaStorage({ column: movie.poster, ...options })
  try {
    const file = await storage.getFile(await storage.storeFile('logo.svg', new Blob([svg])))
    return (await file?.text()) ?? ''
  } catch (error) {
    if (error instanceof MediaStorageError) return `${error.code}: ${error.message}`
    throw error
  }
}

/** Of the processor, which other processes do not make longer. */
function milliseconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000
}

/** What is stored of the content of an SVG. */
async function content(inner: string, attributes = ''): Promise<string> {
  const result = await stored(`<svg ${NAMESPACES}${attributes}>${inner}</svg>`)
  return result.replace(`<svg ${NAMESPACES}>`, '').replace(/<\/svg>$/, '')
}

describe('an SVG', () => {
  it.each<[title: string, hostile: string, left: string]>([
    ['a script', '<script>alert(1)</script><path d="M0 0"/>', '<path d="M0 0"></path>'],
    ['a script in a CDATA section', '<script><![CDATA[alert(1)]]></script>', ''],
    ['a script of another place', '<script href="https://evil.example/x.js"/>', ''],
    ['a script by a prefix', '<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>', ''],
    ['a script of HTML', '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>', ''],
    ['a script in capitals', '<SCRIPT>alert(1)</SCRIPT>', ''],
    ['an event handler', '<rect onclick="alert(1)" width="1"/>', '<rect width="1"></rect>'],
    ['a handler in capitals', '<rect ONLOAD="alert(1)"/>', '<rect></rect>'],
    [
      'a handler of an animation',
      '<set attributeName="x" onbegin="alert(1)" to="1"/>',
      '<set attributeName="x" to="1"></set>',
    ],
    [
      'a page',
      '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="alert(1)"/></body></foreignObject>',
      '',
    ],
    ['a frame', '<iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:alert(1)"/>', ''],
    ['a link that acts', '<a href="javascript:alert(1)"><text>x</text></a>', '<a><text>x</text></a>'],
    ['a link that acts, hidden by entities', '<a xlink:href="&#106;ava&#x0A;script:alert(1)"/>', '<a></a>'],
    ['a link to another place', '<a href="https://evil.example/">x</a>', '<a>x</a>'],
    [
      'an animation that makes a link',
      '<a><animate attributeName="href" values="javascript:alert(1)"/></a>',
      '<a></a>',
    ],
    ['an animation of a prefixed link', '<set attributeName="xlink:href" to="javascript:alert(1)"/>', ''],
    ['an animation of a handler', '<set attributeName=" onmouseover" to="alert(1)"/>', ''],
    ['a picture of another place', '<image href="https://evil.example/x.png" width="1"/>', '<image width="1"></image>'],
    ['a picture that is an SVG', '<image href="data:image/svg+xml;base64,PHN2Zy8+"/>', '<image></image>'],
    ['a copy of another file', '<use href="https://evil.example/x.svg#a"/>', '<use></use>'],
    ['a copy of data', '<use xlink:href="data:image/svg+xml,%3Csvg/%3E#x"/>', '<use></use>'],
    ['a filter that fetches', '<feImage xlink:href="//evil.example/x"/>', '<feImage></feImage>'],
    [
      'a style sheet',
      '<style>@import url("https://evil.example/x.css"); a{fill:red}</style>',
      '<style>/**/ a{fill:red}</style>',
    ],
    ['an import without url', "<style>@import 'https://evil.example/x.css';</style>", '<style>/**/</style>'],
    ['an address in a style', '<style>a{fill:url(https://evil.example/#x)}</style>', '<style>a{fill:url(#)}</style>'],
    ['an escaped address', '<style>a{fill:\\75rl("https://evil.example/")}</style>', '<style>a{fill:url(#)}</style>'],
    [
      'an address escaped twice',
      '<style>a{fill:\\5c 75rl("https://evil.example/")}</style>',
      '<style>a{fill:/**/}</style>',
    ],
    [
      'an import that removing another would make',
      '<style>@im@import x;port "https://evil.example/x.css";</style>',
      '<style>/**/port "https://evil.example/x.css";</style>',
    ],
    [
      'an address that removing another would make',
      '<rect style="fill:u@import x;rl(//evil.example)"/>',
      '<rect style="fill:u/**/"></rect>',
    ],
    [
      'an image set by a vendor',
      '<style>a{fill:-webkit-image-set("//evil.example" 1x)}</style>',
      '<style>a{fill:/**/}</style>',
    ],
    [
      'an image set in a comment',
      '<style>a{fill:image-/**/set("//evil.example" 1x)}</style>',
      '<style>a{fill:image-/**/}</style>',
    ],
    ['an animation that changes a class', '<g><set attributeName="class" to="x"/></g>', '<g></g>'],
    ['an address in a comment', '<style>a{fill:u/*x*/rl(//evil.example)}</style>', '<style>a{fill:u/**/}</style>'],
    ['an image set', '<rect style="fill:image-set(\'https://evil.example/\' 1x)"/>', '<rect style="fill:/**/"></rect>'],
    ['an expression', '<rect style="width:expression(alert(1))"/>', '<rect style="width:/**/"></rect>'],
    ['an address in an attribute', '<rect fill="url(https://evil.example/#x)"/>', '<rect fill="url(#)"></rect>'],
    ['an unclosed address', '<rect fill="url(https://evil.example"/>', '<rect fill="url(#)"></rect>'],
    ['an element in a style', '<style>a{}<script>alert(1)</script></style>', '<style>a{}</style>'],
    [
      'markup in text',
      '<text>&lt;script&gt;alert(1)&lt;/script&gt;</text>',
      '<text>&lt;script&gt;alert(1)&lt;/script&gt;</text>',
    ],
    [
      'a quote in an attribute',
      '<text class="&quot; onload=&quot;x">a</text>',
      '<text class="&quot; onload=&quot;x">a</text>',
    ],
    ['a comment', '<!-- <script>alert(1)</script> --><g/>', '<g></g>'],
    ['a processing instruction', '<?xml-stylesheet href="https://evil.example/x.css"?><g/>', '<g></g>'],
    ['a base', '<g xml:base="https://evil.example/"/>', '<g></g>'],
    ["an editor's notes", '<metadata><r:RDF xmlns:r="r">x</r:RDF></metadata>', ''],
  ])('is stored without %s', async (_title, hostile, left) => {
    expect(await content(hostile)).toBe(left)
  })

  it('keeps what draws', async () => {
    const drawing =
      '<defs><linearGradient id="a" x1="0"><stop offset="1" stop-color="#f00"></stop></linearGradient>' +
      '<clipPath id="b"><circle r="1"></circle></clipPath><filter id="c"><feGaussianBlur stdDeviation="2"></feGaussianBlur></filter></defs>' +
      '<style>.x{fill:url(#a);font:1px serif}@font-face{font-family:F;src:url("data:font/woff2;base64,d09GMg==")}</style>' +
      '<g class="x" clip-path="url(#b)" filter="url(\'#c\')" style="fill:red;mask:url(#m)"><use xlink:href="#a"></use></g>' +
      '<image href="data:image/png;base64,iVBORw0KGgo="></image><text xml:space="preserve"> a &amp; b </text>' +
      '<rect width="1"><animate attributeName="width" values="1;2" dur="1s"></animate></rect>'
    expect(await content(drawing)).toBe(drawing)
    expect(await stored(`<svg ${NAMESPACES} viewBox="0 0 2 2" onload="alert(1)"/>`)).toBe(
      `<svg ${NAMESPACES} viewBox="0 0 2 2"></svg>`,
    )
  })

  it('keeps what draws under a prefix, and in every encoding that it may have', async () => {
    expect(await stored('<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:g id="é"/></s:svg>')).toBe(
      `<svg ${NAMESPACES}><g id="é"></g></svg>`,
    )
    const latin1 = Buffer.from(
      '<?xml version="1.0" encoding="ISO-8859-1"?><svg xmlns="http://www.w3.org/2000/svg"><g id="é"/></svg>',
      'latin1',
    )
    expect(await stored(new Uint8Array(latin1))).toBe(`<svg ${NAMESPACES}><g id="é"></g></svg>`)
    const utf16 = Buffer.from('\ufeff<svg xmlns="http://www.w3.org/2000/svg"><g id="é"/></svg>', 'utf16le')
    expect(await stored(new Uint8Array(utf16))).toBe(`<svg ${NAMESPACES}><g id="é"></g></svg>`)
  })

  it.each<[title: string, svg: string, refusal: string]>([
    ['text', 'no markup', 'FILE_CONTENT_MISMATCH: logo.svg is not an SVG image: its content is plain text.'],
    ['nothing', '', 'FILE_CONTENT_MISMATCH: logo.svg is not an SVG image: it is empty.'],
    ['a page', '<html><svg/></html>', 'FILE_CONTENT_MISMATCH: logo.svg is not an SVG image: its content is HTML.'],
    [
      'another root',
      '<svg xmlns="urn:other"/>',
      'FILE_CONTENT_MISMATCH: logo.svg is not an SVG image: its root is not svg.',
    ],
    [
      'broken XML',
      '<svg xmlns="http://www.w3.org/2000/svg"><g></svg>',
      'FILE_CONTENT_MISMATCH: logo.svg is not an SVG image: it is not well-formed XML.',
    ],
    [
      'half of one',
      '<svg xmlns="http://www.w3.org/2000/svg"><g>',
      'FILE_CONTENT_MISMATCH: logo.svg is not an SVG image: it is not well-formed XML.',
    ],
    [
      'entities',
      '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
      'FILE_REFUSED: logo.svg is refused: it defines entities and uses a outside of attributes: export it as a plain SVG, in Illustrator by File > Export > Export As.',
    ],
    [
      'entities of files',
      '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg" id="&a;"/>',
      'FILE_REFUSED: logo.svg is refused: it defines entities that are not plain text: export it as a plain SVG, in Illustrator by File > Export > Export As.',
    ],
    [
      'entities in entities',
      '<!DOCTYPE svg [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg" id="&c;"/>',
      'FILE_REFUSED: logo.svg is refused: it defines entities that are not plain text: export it as a plain SVG, in Illustrator by File > Export > Export As.',
    ],
    [
      'entities that come to too much',
      `<!DOCTYPE svg [<!ENTITY a "${'b'.repeat(1000)}">]><svg xmlns="http://www.w3.org/2000/svg" id="${'&a;'.repeat(101)}"/>`,
      'FILE_REFUSED: logo.svg is refused: it defines entities that are too long: export it as a plain SVG, in Illustrator by File > Export > Export As.',
    ],
    [
      'an unknown encoding',
      '<?xml version="1.0" encoding="UTF-7"?><svg xmlns="http://www.w3.org/2000/svg"/>',
      'FILE_REFUSED: logo.svg is refused: its encoding is utf-7.',
    ],
  ])('is refused when it is %s', async (_title, svg, refusal) => {
    expect(await stored(svg)).toBe(refusal)
  })

  it('is taken with the document type that editors write', async () => {
    const doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    expect(await stored(`<?xml version="1.0"?>\n${doctype}\n<svg ${NAMESPACES}/>`)).toBe(`<svg ${NAMESPACES}></svg>`)
  })

  it('is taken with the entities that Illustrator writes, in attributes and as namespaces', async () => {
    const doctype =
      '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [\n' +
      '\t<!ENTITY ns_svg "http://www.w3.org/2000/svg">\n\t<!ENTITY ns_ai "http://ns.adobe.com/AdobeIllustrator/10.0/">\n' +
      "\t<!ENTITY red 'fill:red'>\n]>"
    expect(
      await stored(`${doctype}<svg xmlns="&ns_svg;" xmlns:i="&ns_ai;" i:pageBounds="0"><g style="&red;"/></svg>`),
    ).toBe(`<svg ${NAMESPACES}><g style="fill:red"></g></svg>`)
    const evil = '<!DOCTYPE svg [<!ENTITY u "url(//evil.example)">]>'
    expect(await stored(`${evil}<svg ${NAMESPACES}><g fill="&u;"/></svg>`)).toBe(
      `<svg ${NAMESPACES}><g fill="url(#)"></g></svg>`,
    )
  })

  const lol = Array.from({ length: 9 }, (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`).join('')
  const many = (text: (index: number) => string) =>
    Array.from({ length: 1_000_000 }, (_, index) => text(index)).join('')
  it.each<[title: string, svg: string]>([
    ['a billion laughs', `<!DOCTYPE svg [<!ENTITY l0 "lol">${lol}]><svg ${NAMESPACES}>&l9;</svg>`],
    ['a file of the server', `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg ${NAMESPACES}>&x;</svg>`],
    ['100,000 elements in each other', `<svg ${NAMESPACES}>${'<g>'.repeat(100_000)}${'</g>'.repeat(100_000)}</svg>`],
    ['a million attributes', `<svg ${NAMESPACES} ${many((index) => `a${index}="" `)}/>`],
    ['a million elements', `<svg ${NAMESPACES}>${'<g/>'.repeat(1_000_000)}</svg>`],
    ['a style of two million escapes', `<svg ${NAMESPACES}><g style="${'\\75 '.repeat(2_000_000)}"/></svg>`],
    ['unclosed comments', `<svg ${NAMESPACES}><style>${'/*'.repeat(1_000_000)}</style></svg`],
  ])('that has %s is refused within a second', async (title, svg) => {
    const start = process.cpuUsage()
    const refusal = await stored(svg)
    const time = milliseconds(process.cpuUsage(start))
    printFigure(`${title}, ${svg.length} characters: refused after ${time.toFixed(0)} ms of the processor`)
    expect(refusal).toMatch(/^FILE_(REFUSED|CONTENT_MISMATCH): /)
    expect(time).toBeLessThan(1000)
  })

  it.each(Object.entries(HOSTILE_DRAWINGS))('that would never be drawn is refused: %s', async (title, svg) => {
    const start = process.cpuUsage()
    const refusal = await stored(svg)
    const time = milliseconds(process.cpuUsage(start))
    printFigure(`${title}, ${svg.length} characters: refused after ${time.toFixed(0)} ms of the processor`)
    expect(refusal).toMatch(
      /^FILE_REFUSED: logo\.svg is refused: (?:what it repeats comes to more than 250000 drawn elements|it draws more than 100 filter effects, such as blurs|one of its elements refers to itself|its references lead through more than 300 elements)\.$/,
    )
  })

  it('is taken with what drawings repeat', async () => {
    const drawings = [
      // A map: thousands of paths of a few classes, one of them with a shadow.
      `<style>.a{fill:url(#g)}.b{clip-path:url(#c)}.d{filter:url(#f)}#e,.h>.d{mask:url(#m)}</style><linearGradient id="g"><stop/><stop/></linearGradient><clipPath id="c"><rect/></clipPath><mask id="m"><rect fill="url(#g)"/></mask><filter id="f"><feOffset/><feGaussianBlur stdDeviation="3"/><feMerge><feMergeNode/></feMerge></filter>${'<path class="a b" d="M0 0L9 9"/>'.repeat(5000)}<g class="h"><path class="d"/></g>`,
      // A chart: a symbol at each of a thousand points, and a line with markers.
      `<symbol id="s"><circle r="1"/><path d="M0 0"/></symbol>${'<use href="#s"/>'.repeat(1000)}<marker id="k"><path d="M0 0"/></marker><path marker-mid="url(#k)" d="M0 0${'L9 9'.repeat(1000)}"/>`,
      // A drawing with soft edges, each by a filter of its own.
      Array.from(
        { length: 80 },
        (_, index) =>
          `<filter id="f${index}"><feGaussianBlur stdDeviation="2"/></filter><path style="filter:url(#f${index})"/>`,
      ).join(''),
      // A hatched area of many parts, whose colour a group gives.
      `<pattern id="p" width="9" height="9">${'<path d="M0 0"/>'.repeat(20)}</pattern><g fill="url(#p)">${'<path d="M0 0L9 9"/>'.repeat(3000)}</g>`,
      // References of a mask to itself and to what is not there draw nothing.
      '<mask id="m"><rect mask="url(#m)"/></mask><rect mask="url(#m)" fill="url(#none)"/>',
    ]
    for (const drawing of drawings) expect(await content(drawing)).toMatch(/^<(?!svg)/)
  })

  it('is refused when it is longer than 10 MB', async () => {
    expect(await stored(`<svg ${NAMESPACES}><text>${'x'.repeat(10_000_000)}</text></svg>`)).toBe(
      'FILE_REFUSED: logo.svg is refused: it is longer than 10 MB.',
    )
  })

  it.each(['/*', 'url(', '@import ', '\\75 ', '@import url(/*', 'url("'])(
    'with a style of many %j is read in linear time',
    async (piece) => {
      const start = process.cpuUsage()
      await content(`<style>${piece.repeat(100_000)}</style>`)
      expect(milliseconds(process.cpuUsage(start))).toBeLessThan(1000)
    },
  )

  it('is refused, or kept, when the storage is told so', async () => {
    const active = `<svg ${NAMESPACES}><script>alert(1)</script></svg>`
    expect(await stored(active, { svg: 'refuse' })).toBe('FILE_REFUSED: logo.svg is refused: it holds <script>.')
    expect(await stored(`<svg ${NAMESPACES} onload="a()"/>`, { svg: 'refuse' })).toBe(
      'FILE_REFUSED: logo.svg is refused: it holds the attribute onload.',
    )
    expect(await stored(`<svg ${NAMESPACES}><a href="//x"/></svg>`, { svg: 'refuse' })).toMatch(
      /a reference to another location/,
    )
    expect(await stored(`<svg ${NAMESPACES}><!-- fine --><g/></svg>`, { svg: 'refuse' })).toBe(
      `<svg ${NAMESPACES}><g></g></svg>`,
    )
    for (const style of ['@import "//x"', 'a{fill:\\75rl(//x)}', 'a{fill:image-set("//x" 1x)}']) {
      expect(await stored(`<svg ${NAMESPACES}><style>${style}</style></svg>`, { svg: 'refuse' })).toMatch(
        /a reference to another location/,
      )
    }
    expect(await stored(active, { svg: 'keep' })).toBe(active)
    expect(await stored('<svg><g></svg>', { svg: 'keep' })).toMatch(/^FILE_CONTENT_MISMATCH/)
  })

  it('comes out the same in chunks of one byte', async () => {
    const svg = new TextEncoder().encode(`<svg ${NAMESPACES}><text onclick="x">é&amp;🎬</text></svg>`)
    const storage = new MemoryMediaStorage({ column: movie.poster })
    async function* bytewise() {
      for (const byte of svg) yield Uint8Array.of(byte)
    }
    const file = await storage.getFile(await storage.storeFile('a.svg', bytewise()))
    expect(await file?.text()).toBe(`<svg ${NAMESPACES}><text>é&amp;🎬</text></svg>`)
  })
})
