import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, it } from 'vitest'
import { HTTP_STATUS } from '../../src/admin/http-error.ts'

/** A block of code of a page. */
interface CodeBlock {
  page: string
  /** The line of the page that its first line is. */
  line: number
  code: string
}

const root = join(import.meta.dirname, '../..')
/** Git leaves it out. It lies in the repository so that imports find what is installed. */
const workFolder = join(root, 'test-results')

let folder: string | undefined
afterAll(async () => {
  if (folder !== undefined) await rm(folder, { recursive: true })
})

it('every example of the documentation compiles', async () => {
  const blocks = (await Promise.all((await pages()).map(codeBlocks))).flat()
  expect(blocks.length).toBeGreaterThan(15)
  await mkdir(workFolder, { recursive: true })
  folder = await mkdtemp(join(workFolder, 'docs-'))
  await Promise.all(blocks.map((block, index) => writeFile(join(folder!, fileName(block, index)), withOrigin(block))))
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(configuration()))
  expect(await typeErrors(folder)).toBe('')
}, 60_000)

it('every link of the documentation leads to a file, and to a heading of it', async () => {
  const broken: string[] = []
  for (const page of await pages()) {
    const text = await readFile(join(root, page), 'utf8')
    for (const [, target = '', , heading] of text.matchAll(/\]\((?!https?:)([^)#]*)(#([^)]+))?\)/g)) {
      const path = target === '' ? join(root, page) : join(root, page, '..', target)
      if (!existsSync(path) || (heading !== undefined && !(await headings(path)).includes(heading))) {
        broken.push(`${page}: ${target}#${heading}`)
      }
    }
  }
  expect(broken).toEqual([])
})

it('the table of errors has every code with its status', async () => {
  const text = await readFile(join(root, 'docs/api.md'), 'utf8')
  const rows = Array.from(text.matchAll(/^\| (\d{3}) \| ([^|]+) \|/gm), ([, status, codes = '']) =>
    Array.from(codes.matchAll(/`(\w+)`/g), ([, code]) => [code, Number(status)]),
  )
  expect(Object.fromEntries(rows.flat())).toEqual(HTTP_STATUS)
})

async function pages(): Promise<string[]> {
  const docs = await readdir(join(root, 'docs'), { recursive: true })
  return [
    'README.md',
    'CHANGELOG.md',
    'CONTRIBUTING.md',
    ...docs.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`),
  ]
}

/** The blocks that say `ts`; those that say `ts fragment` cannot stand alone. */
async function codeBlocks(page: string): Promise<CodeBlock[]> {
  const text = await readFile(join(root, page), 'utf8')
  return Array.from(text.matchAll(/^```ts\n(.*?)^```$/gms), (match) => ({
    page,
    line: text.slice(0, match.index).split('\n').length + 1,
    code: match[1] ?? '',
  }))
}

/** A block of the README that names its file is what the others import. */
function fileName({ page, line, code }: CodeBlock, index: number): string {
  const named = page === 'README.md' ? /^\/\/ ([\w-]+\.ts)\n/.exec(code)?.[1] : undefined
  return named ?? `${page.replaceAll(/\W/g, '-')}-${line}-${index}.ts`
}

function withOrigin({ page, line, code }: CodeBlock): string {
  return `${code}\nexport {} // ${page}:${line}\n`
}

function configuration() {
  return {
    extends: '../../tsconfig.base.json',
    compilerOptions: {
      noEmit: true,
      allowImportingTsExtensions: true,
      noUnusedLocals: false,
      noUnusedParameters: false,
      paths: {
        vitrine: ['../../src/index.ts'],
        'vitrine/storage/*': ['../../src/storage-*.ts'],
        'vitrine/*': ['../../src/*.ts'],
      },
    },
    include: ['*.ts'],
  }
}

/** What the compiler says; an empty text when it says nothing. */
async function typeErrors(project: string): Promise<string> {
  const compiler = join(root, 'node_modules/.bin/tsc')
  try {
    await promisify(execFile)(compiler, ['-p', project])
    return ''
  } catch (error) {
    if (error instanceof Error && 'stdout' in error && error.stdout !== '') return String(error.stdout)
    throw error
  }
}

/** The headings of a page as links name them. */
async function headings(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8')
  return Array.from(text.matchAll(/^#+ (.+)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  )
}
