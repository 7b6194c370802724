import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TSInterfaceDeclaration, Visitor, parseSync } from 'oxc-parser'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')

/** The interfaces whose options each section of the page lists. */
const SECTIONS: Record<string, [file: string, name: string][]> = {
  createAdmin: [
    ['src/admin/admin-options.ts', 'AdminOptions'],
    ['src/admin/middleware/client-connection.ts', 'ConnectionOptions'],
  ],
  uploadFromUrl: [
    ['src/media/from-url/fetch-remote-file.ts', 'UploadFromUrlOptions'],
    ['src/media/from-url/resolve-host.ts', 'HostOptions'],
  ],
  uploadLimits: [['src/media/upload-slots.ts', 'UploadLimits']],
  tableConfig: [['src/admin/table-config.ts', 'TableConfigOptions']],
  createAuth: [['src/auth/auth-options.ts', 'AuthOptions']],
  cookie: [['src/auth/auth-options.ts', 'CookieOptions']],
  signInLimits: [['src/auth/sign-in-limits.ts', 'SignInLimits']],
  'Every storage': [
    ['src/storage/core/media-storage.ts', 'MediaStorageOptions'],
    ['src/storage/core/media-storage-options.ts', 'StorageOptions'],
    ['src/storage/content/content-rules.ts', 'ContentOptions'],
  ],
  imageLimits: [['src/storage/content/content-rules.ts', 'ImageLimits']],
  LocalMediaStorage: [['src/storage/local/local-media-storage.ts', 'LocalMediaStorageOptions']],
  S3MediaStorage: [['src/storage/s3/s3-options.ts', 'S3MediaStorageOptions']],
  uploadMetadata: [['src/storage/s3/s3-options.ts', 'S3UploadMetadata']],
  Thumbnails: [['src/media/thumbnails/thumbnails.ts', 'ThumbnailsOptions']],
  serve: [['src/node/serve.ts', 'ServeOptions']],
  serveMedia: [['src/admin/serve-media.ts', 'ServeMediaOptions']],
  defineConfig: [['src/cli/define-config.ts', 'VitrineConfig']],
}

/** An option as the types declare it. */
interface DeclaredOption {
  isRequired: boolean
  /** The texts that its type allows, such as `'keep'`. */
  literals: string[]
  /** What its TSDoc names after "Defaults to", when that is a number or a text in code. */
  defaultValue: string | null
}

const sections = await pageSections()

it('lists the options of every function and class that takes some, and nothing else', () => {
  const withTable = [...sections].filter(([, rows]) => rows.size > 0)
  expect(withTable.map(([heading]) => heading).toSorted()).toEqual(Object.keys(SECTIONS).toSorted())
})

it.for(Object.entries(SECTIONS))('the options of %s are those of its types', async ([heading, interfaces]) => {
  const rows = sections.get(heading)!
  const options = new Map<string, DeclaredOption>()
  for (const [file, name] of interfaces)
    for (const [key, option] of await declared(file, name)) options.set(key, option)

  expect([...rows.keys()].toSorted()).toEqual([...options.keys()].toSorted())
  for (const [name, { isRequired, literals, defaultValue }] of options) {
    const { type, defaultText } = rows.get(name)!
    expect({ name, isRequired: defaultText === 'required' }).toEqual({ name, isRequired })
    for (const literal of literals) expect(`${name}: ${type}`).toContain(`'${literal}'`)
    if (defaultValue !== null) expect(`${name}: ${plain(defaultText)}`).toContain(plain(defaultValue))
  }
})

/** The options in the tables below each heading, by heading. */
async function pageSections() {
  const page = await readFile(join(root, 'docs/configuration.md'), 'utf8')
  const rowsByHeading = new Map<string, Map<string, { type: string; defaultText: string }>>()
  for (const section of page.split(/^#{2,3} /m).slice(1)) {
    const rows = new Map<string, { type: string; defaultText: string }>()
    for (const line of section.split('\n')) {
      const [, name, type = '', defaultText = ''] = line.split(/(?<!\\)\|/).map((cell) => cell.trim())
      const option = /^`(\w+)`$/.exec(name ?? '')?.[1]
      if (option !== undefined) rows.set(option, { type, defaultText })
    }
    rowsByHeading.set(section.split('\n', 1)[0]!, rows)
  }
  return rowsByHeading
}

/** The members of an interface itself, without those that it extends. */
async function declared(file: string, name: string): Promise<Map<string, DeclaredOption>> {
  const source = await readFile(join(root, file), 'utf8')
  const { program, comments } = parseSync(file, source)
  const options = new Map<string, DeclaredOption>()
  const collect = (declaration: TSInterfaceDeclaration) => {
    if (declaration.id.name !== name) return
    for (const member of declaration.body.body) {
      if (member.type !== 'TSPropertySignature' || member.key.type !== 'Identifier') continue
      const comment =
        comments.findLast(({ start, end }) => start > declaration.start && end < member.start)?.value ?? ''
      const { start = 0, end = 0 } = member.typeAnnotation ?? {}
      options.set(member.key.name, {
        isRequired: !member.optional,
        literals: getLiterals(source.slice(start, end)),
        defaultValue: getDefault(comment),
      })
    }
  }
  new Visitor({ TSInterfaceDeclaration: collect }).visit(program)
  expect(options.size, `${name} in ${file}`).toBeGreaterThan(0)
  return options
}

function getLiterals(type: string): string[] {
  return Array.from(type.matchAll(/(?<!\[)'([\w-]+)'/g), ([, literal = '']) => literal)
}

function getDefault(comment: string): string | null {
  return /Defaults to `?([\d][\d ]*|'[\w-]+'|true|false)\b/.exec(comment)?.[1] ?? null
}

/** Without what Markdown and thousands separators add. */
function plain(text: string): string {
  return text.replaceAll(/[`' _]/g, '')
}
