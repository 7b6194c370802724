/** Groups whose content is not part of the text: fonts, colours, images, embedded objects. */
const HIDDEN_GROUPS = new Set(
  [
    'fonttbl',
    'colortbl',
    'stylesheet',
    'info',
    'pict',
    'object',
    'header',
    'footer',
    'generator',
    'listtable',
    'themedata',
  ].concat([
    'listoverridetable',
    'rsidtbl',
    'datastore',
    'latentstyles',
    'fldinst',
    'xmlnstbl',
    'filetbl',
    'revtbl',
    'colorschememapping',
  ]),
)

const WORDS = new Map([
  ['par', '\n'],
  ['line', '\n'],
  ['row', '\n'],
  ['sect', '\n\n'],
  ['page', '\n\n'],
  ['tab', '\t'],
  ['cell', '\t'],
  ['emdash', '—'],
  ['endash', '–'],
  ['bullet', '•'],
  ['lquote', '‘'],
  ['rquote', '’'],
  ['ldblquote', '“'],
  ['rdblquote', '”'],
])

const SYMBOLS = new Map([
  ['~', '\u00A0'],
  ['\n', '\n'],
  ['\r', '\n'],
  ['\\', '\\'],
  ['{', '{'],
  ['}', '}'],
])

/** `{`, `}`, `\'e4`, `\*`, `\word-12 ` or a run of plain text. Line ends of the source mean nothing. */
const TOKEN = /([{}])|\\'([0-9a-f]{2})|\\([a-z]+)(-?\d+)? ?|\\([^a-z])|([^\\{}\r\n]+)/gi

const windows1252 = new TextDecoder('windows-1252')

interface Group {
  isHidden: boolean
  /** How many characters stand in for a `\u` that a reader may not know; they are skipped. */
  fallbackLength: number
}

/** The words of an RTF, without its looks. */
export function rtfToText(rtf: string): string {
  const pieces: string[] = []
  const outer: Group[] = []
  let group: Group = { isHidden: false, fallbackLength: 1 }
  let skipped = 0
  for (const [, brace, hex, word, number, symbol, plain] of rtf.matchAll(TOKEN)) {
    if (brace === '{') outer.push({ ...group })
    else if (brace === '}') group = outer.pop() ?? group
    else if (hidesGroup(symbol, word)) group.isHidden = true
    else if (word === 'uc') group.fallbackLength = Number(number ?? 1)
    else if (!group.isHidden) {
      const text = toText({ hex, word, number, symbol, plain })
      const isFallback = word === undefined && skipped > 0
      pieces.push(isFallback ? text.slice(skipped) : text)
      skipped = word === 'u' ? group.fallbackLength : Math.max(0, skipped - text.length)
    }
  }
  return pieces.join('')
}

type RtfToken = Record<'hex' | 'word' | 'number' | 'symbol' | 'plain', string | undefined>

function toText({ hex, word, number, symbol, plain }: RtfToken): string {
  if (plain !== undefined) return plain
  if (hex !== undefined) return windows1252.decode(Uint8Array.of(Number.parseInt(hex, 16)))
  if (word === undefined) return SYMBOLS.get(symbol ?? '') ?? ''
  // Code points above 32767 are written as negative numbers.
  return word === 'u' ? String.fromCharCode((Number(number) + 65_536) % 65_536) : (WORDS.get(word) ?? '')
}

function hidesGroup(symbol: string | undefined, word: string | undefined): boolean {
  return symbol === '*' || (word !== undefined && HIDDEN_GROUPS.has(word))
}
