import { readFile, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bundleProgram } from './bundle-program.ts'
import { printFigure } from './print-figure.ts'
import { isWhole } from './sealed-bytes.ts'
import { type SystemCall, type TracedRun, runTraced, whyNoStrace } from './system-calls.ts'
import { makeTemporaryFolder, makeUsedMediaFolder, removeFolder, stagedNames } from './temporary-folder.ts'

const missing = whyNoStrace()
if (missing !== null) printFigure(`system calls: not tested, ${missing}`)

const UPLOADS = 20

let program: string
let root: string
let mediaPath: string

beforeAll(async () => {
  program = await bundleProgram('uploading-program.ts')
})

afterAll(() => removeFolder(dirname(program)))

beforeEach(async () => {
  root = await makeTemporaryFolder()
  mediaPath = join(root, 'media')
  await makeUsedMediaFolder(mediaPath)
})

afterEach(() => removeFolder(root))

function upload(count: number, straceOptions: readonly string[]): Promise<TracedRun> {
  return runTraced(root, straceOptions, [program, mediaPath, String(count)])
}

async function visibleKeys(): Promise<string[]> {
  const names = await readdir(mediaPath)
  return names.filter((name) => name !== '.vitrine')
}

describe.skipIf(missing !== null)('the order of system calls', () => {
  it(`makes each of ${UPLOADS} uploads durable before it answers`, async () => {
    const calls = 'trace=openat,write,writev,pwrite64,pwritev,fsync,fdatasync,link,linkat,rename,renameat2,unlink,mkdir'
    const { lines, calls: made } = await upload(UPLOADS, ['-e', calls])
    const keys = getKeys(lines)
    expect(keys).toHaveLength(UPLOADS)
    const outOfOrder = keys.filter((key) => !isDurableOrder(made, key))
    printFigure(`durable order: ${outOfOrder.length} of ${UPLOADS} uploads out of order`)
    expect(outOfOrder).toEqual([])
  })

  it('makes no file that another user could open for a moment', async () => {
    const { calls } = await upload(3, ['-e', 'trace=openat,open,creat'])
    const created = calls.filter(({ args }) => args.includes('O_CREAT') && args.includes(mediaPath))
    expect(created).toHaveLength(3)
    for (const { args } of created) expect(args).toMatch(/O_WRONLY\|O_CREAT\|O_EXCL\|O_NOFOLLOW(\|O_CLOEXEC)?, 0600/)
  })
})

/** What fails, by strace's injection, what is answered then, and whether the second upload, without the fault, works. */
const FAULTS: readonly [what: string, inject: (folder: string) => string[], response: string][] = [
  ['writing fails', () => ['-e', 'inject=writev:error=EIO:when=1'], 'failed STORAGE_FAILURE EIO'],
  ['the disk is full', () => ['-e', 'inject=writev:error=ENOSPC:when=1'], 'failed INSUFFICIENT_SPACE ENOSPC'],
  [
    'the quota is used up',
    () => ['-e', 'inject=writev:error=EDQUOT:when=1'],
    'failed INSUFFICIENT_SPACE Unknown system error -122',
  ],
  ['syncing the file fails', () => ['-e', 'inject=fsync:error=EIO:when=1'], 'failed STORAGE_FAILURE EIO'],
  ['syncing the folder fails', () => ['-e', 'inject=fsync:error=EIO:when=2'], 'failed STORAGE_FAILURE EIO'],
  ['naming the file fails', () => ['-e', 'inject=link,linkat:error=EIO:when=1'], 'failed STORAGE_FAILURE EIO'],
  [
    'the file system has become read-only',
    () => ['-e', 'inject=link,linkat:error=EROFS:when=1'],
    'failed STORAGE_FAILURE EROFS',
  ],
  [
    'no descriptor is left for the folder',
    (folder) => ['-P', folder, '-e', 'inject=openat:error=EMFILE:when=1'],
    'failed STORAGE_FAILURE EMFILE',
  ],
]

describe.skipIf(missing !== null)('an upload', () => {
  it.each(FAULTS)(
    'is no success and leaves nothing when %s; the next one is stored',
    async (_what, inject, response) => {
      const { lines } = await upload(2, inject(mediaPath))
      expect(lines.slice(0, 2)).toEqual(['ready', response])
      expect(lines[2]).toMatch(/^stored poster-/)
      expect(await visibleKeys()).toEqual(getKeys(lines))
      expect(await stagedNames(mediaPath)).toEqual([])
    },
  )

  it('is stored whole where the file system has no hard links', async () => {
    const { lines } = await upload(2, ['-e', 'inject=link,linkat:error=EPERM'])
    const keys = getKeys(lines)
    expect(keys).toHaveLength(2)
    expect((await visibleKeys()).toSorted()).toEqual(keys.toSorted())
    for (const key of keys) expect(isWhole(await readFile(join(mediaPath, key)))).toBe(true)
    expect(await stagedNames(mediaPath)).toEqual([])
  })

  it('is a success when only its second, hidden name cannot be removed', async () => {
    const { lines } = await upload(1, ['-e', 'inject=unlink,unlinkat:error=EIO:when=1'])
    expect(lines[1]).toMatch(/^stored poster-/)
    expect(await visibleKeys()).toEqual(getKeys(lines))
  })
})

function getKeys(lines: readonly string[]): string[] {
  return lines.filter((line) => line.startsWith('stored ')).map((line) => line.slice('stored '.length))
}

/** fsync of the file, then its name, then fsync of the folder, then the answer: each ends before the next begins. */
function isDurableOrder(calls: readonly SystemCall[], key: string): boolean {
  const naming = calls.find(({ name, args }) => /^(link|linkat)$/.test(name) && args.includes(`/${key}"`))
  const staged = naming && /"([^"]*\/staging\/[^"]*)"/.exec(naming.args)?.[1]
  if (naming === undefined || staged === undefined) return false
  const writes = calls.filter(({ name, args }) => /write/.test(name) && args.includes(`<${staged}>`))
  const fileSync = calls.find((call) => isSync(call) && call.args.includes(`<${staged}>`))
  const folderSync = calls.find(
    (call) => isSync(call) && call.args.includes(`<${mediaPath}>`) && call.started > naming.ended,
  )
  const response = calls.find(({ name, args }) => name === 'write' && args.includes(`"stored ${key}`))
  const lastWrite = writes.at(-1)
  if (!lastWrite || !fileSync || !folderSync || !response) return false
  const ordered = [lastWrite, fileSync, naming, folderSync, response]
  return ordered.every((call, index) => index === 0 || (ordered[index - 1]?.ended ?? Infinity) <= call.started)
}

function isSync({ name }: SystemCall): boolean {
  return name === 'fsync' || name === 'fdatasync'
}
