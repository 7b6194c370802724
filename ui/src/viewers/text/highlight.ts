import type { LanguageFn } from 'highlight.js'
import { createLowlight } from 'lowlight'

/** A run of text and the class of its colour. */
export interface Token {
  start: number
  end: number
  className: string
}

/** Longer text is shown plain: colouring it would block the page for too long. In characters. */
export const MAX_HIGHLIGHTED_LENGTH = 300_000

type LoadLanguage = () => Promise<{ default: unknown }>

const languages: readonly { extensions: string[]; name: string; load: LoadLanguage }[] = [
  {
    extensions: ['json', 'jsonl', 'ndjson', 'geojson', 'map'],
    name: 'json',
    load: () => import('highlight.js/lib/languages/json'),
  },
  {
    extensions: ['js', 'mjs', 'cjs', 'jsx'],
    name: 'javascript',
    load: () => import('highlight.js/lib/languages/javascript'),
  },
  {
    extensions: ['ts', 'mts', 'cts', 'tsx'],
    name: 'typescript',
    load: () => import('highlight.js/lib/languages/typescript'),
  },
  { extensions: ['html', 'htm', 'xml', 'vue'], name: 'xml', load: () => import('highlight.js/lib/languages/xml') },
  { extensions: ['css', 'scss', 'less'], name: 'css', load: () => import('highlight.js/lib/languages/css') },
  { extensions: ['md', 'markdown'], name: 'markdown', load: () => import('highlight.js/lib/languages/markdown') },
  { extensions: ['yml', 'yaml'], name: 'yaml', load: () => import('highlight.js/lib/languages/yaml') },
  {
    extensions: ['toml', 'ini', 'conf', 'properties'],
    name: 'ini',
    load: () => import('highlight.js/lib/languages/ini'),
  },
  { extensions: ['sql'], name: 'sql', load: () => import('highlight.js/lib/languages/sql') },
  { extensions: ['py'], name: 'python', load: () => import('highlight.js/lib/languages/python') },
  { extensions: ['rb'], name: 'ruby', load: () => import('highlight.js/lib/languages/ruby') },
  { extensions: ['go'], name: 'go', load: () => import('highlight.js/lib/languages/go') },
  { extensions: ['rs'], name: 'rust', load: () => import('highlight.js/lib/languages/rust') },
  { extensions: ['java', 'kt'], name: 'java', load: () => import('highlight.js/lib/languages/java') },
  { extensions: ['c', 'h', 'cpp', 'hpp', 'cc'], name: 'cpp', load: () => import('highlight.js/lib/languages/cpp') },
  { extensions: ['php'], name: 'php', load: () => import('highlight.js/lib/languages/php') },
  { extensions: ['sh', 'bash', 'zsh'], name: 'bash', load: () => import('highlight.js/lib/languages/bash') },
]

/** The coloured runs of a text, in order and not overlapping; none for a kind of file that has no colours. */
export async function highlight(text: string, extension: string): Promise<Token[]> {
  const language = languages.find(({ extensions }) => extensions.includes(extension))
  if (language === undefined || text.length > MAX_HIGHLIGHTED_LENGTH) return []
  const lowlight = createLowlight()
  lowlight.register(language.name, getGrammar(await language.load()))
  const tokens: Token[] = []
  collectTokens(lowlight.highlight(language.name, text), { className: '', position: { offset: 0 }, tokens })
  return tokens
}

/** The package's types of a grammar and of what takes one come from two declarations that do not fit each other. */
function getGrammar(module: { default: unknown }): LanguageFn {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return module.default as LanguageFn
}

type Node = ReturnType<ReturnType<typeof createLowlight>['highlight']> | NodeChild
type NodeChild = ReturnType<ReturnType<typeof createLowlight>['highlight']>['children'][number]

interface Collection {
  className: string
  /** Shared by all levels of the tree: the text is walked once, from its start. */
  position: { offset: number }
  tokens: Token[]
}

function collectTokens(node: Node, collection: Collection): void {
  if (node.type === 'text') {
    const start = collection.position.offset
    collection.position.offset += node.value.length
    if (collection.className !== '') {
      collection.tokens.push({ start, end: collection.position.offset, className: collection.className })
    }
  } else if ('children' in node) {
    const names = node.type === 'element' ? node.properties.className : null
    const className = Array.isArray(names) ? String(names[0]) : collection.className
    for (const child of node.children) collectTokens(child, { ...collection, className })
  }
}
