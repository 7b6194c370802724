// Holds the vocabulary of the project: names in code, and prose in docs, comments, messages and test titles.
// Prints every place that breaks it with the word to use, and fails when there is one.
//   node scripts/check-words.mjs [path ...]
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'oxc-parser'
import { NAMES, PROSE, SKIPPED } from './words.mjs'

/** What gives a name to something; what is only used is named elsewhere, often by others. */
const DECLARES = new Set([
  'VariableDeclarator',
  'FunctionDeclaration',
  'ClassDeclaration',
  'MethodDefinition',
  'PropertyDefinition',
  'TSPropertySignature',
  'TSMethodSignature',
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
  'TSEnumDeclaration',
  'TSParameterProperty',
  'ArrowFunctionExpression',
  'FunctionExpression',
])

const root = fileURLToPath(new URL('..', import.meta.url))
const paths = process.argv.slice(2)
const findings = listFiles().flatMap(checkFile)

for (const { file, line, found, use } of findings) console.log(`${file}:${line}: "${found}": ${use}`)
console.log(`${findings.length} ${findings.length === 1 ? 'word' : 'words'} to replace`)
if (findings.length > 0) process.exitCode = 1

function listFiles() {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', ...(paths.length > 0 ? ['--', ...paths] : [])]
  const listed = execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 1e8 }).trim().split('\n')
  return listed.filter((file) => /\.(tsx?|mjs|md)$/.test(file) && !SKIPPED.test(file) && existsSync(`${root}${file}`))
}

function checkFile(file) {
  const text = readFileSync(`${root}${file}`, 'utf8')
  const lineAt = (offset) => text.slice(0, offset).split('\n').length
  const { names, prose } = file.endsWith('.md') ? readMarkdown(text) : readCode(file, text)
  return [
    ...names.flatMap(({ text: name, start }) =>
      check(NAMES, name, file).map((hit) => ({ ...hit, file, line: lineAt(start) })),
    ),
    ...prose.flatMap(({ text: part, start }) =>
      check(PROSE, part, file).map((hit) => ({ ...hit, file, line: lineAt(start + hit.index) })),
    ),
  ]
}

function check(rules, text, file) {
  return rules.flatMap(({ pattern, use, except }) => {
    if (except?.test(file)) return []
    return Array.from(text.matchAll(pattern), (match) => ({ found: match[0], index: match.index, use }))
  })
}

/** Code in fences is checked where it is code, names between backticks are names. */
function readMarkdown(text) {
  return {
    names: [],
    prose: [{ text: text.replace(/^```[\s\S]*?^```/gm, blank).replace(/`[^`\n]*`/g, blank), start: 0 }],
  }
}

/** Names that the code declares or uses; and comments, sentences in strings and text in JSX. */
function readCode(file, text) {
  const { program, comments } = parseSync(file, text, { sourceType: 'module' })
  const names = []
  const prose = comments.map(({ value, start }) => ({ text: withoutCode(value), start: start + 2 }))
  visit(program, null, (node, parent) => {
    if (DECLARES.has(parent?.type) || node.type === 'PrivateIdentifier') {
      if (typeof node.name === 'string') names.push({ text: node.name, start: node.start })
    }
    const sentence = sentenceIn(node)
    if (sentence !== null) prose.push({ text: sentence, start: node.start })
  })
  return { names, prose }
}

function sentenceIn(node) {
  if (node.type === 'Literal' && typeof node.value === 'string' && node.value.includes(' ')) return node.value
  if (node.type === 'TemplateElement' && node.value.raw.includes(' ')) return node.value.raw
  if (node.type === 'JSXText') return node.value
  return null
}

function blank(part) {
  return part.replace(/[^\n]/g, ' ')
}

function withoutCode(comment) {
  return comment
    .replace(/`[^`\n]*`/g, (part) => ' '.repeat(part.length))
    .replace(/\{@link [^}]*\}/g, (part) => ' '.repeat(part.length))
}

function visit(node, parent, onNode) {
  if (node === null || typeof node !== 'object') return
  if (Array.isArray(node)) {
    for (const each of node) visit(each, parent, onNode)
    return
  }
  if (typeof node.type === 'string') onNode(node, parent)
  const own = typeof node.type === 'string' ? node : parent
  for (const [key, value] of Object.entries(node))
    if (key !== 'type' && typeof value === 'object') visit(value, own, onNode)
}
