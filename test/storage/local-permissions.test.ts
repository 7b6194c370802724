import { lstat, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { movie } from './media-tables.ts'
import { pauseUpload } from './paused-upload.ts'
import { makeTemporaryFolder, removeFolder, stagedNames } from './temporary-folder.ts'
import { ANY_CONTENT } from '../support/any-content.ts'

let root: string
let umask: number

beforeEach(async () => {
  root = await makeTemporaryFolder()
  umask = process.umask()
})

afterEach(async () => {
  process.umask(umask)
  await removeFolder(root)
})

async function getMode(...path: string[]): Promise<string> {
  return ((await lstat(join(...path))).mode & 0o7777).toString(8)
}

const CASES: readonly [
  umask: string,
  setting: string,
  filePermissions: { filePermissions?: number | null },
  mode: string,
][] = [
  ['000', 'left out', {}, '600'],
  ['022', 'left out', {}, '600'],
  ['077', 'left out', {}, '600'],
  ['077', '0640', { filePermissions: 0o640 }, '640'],
  ['000', '0640', { filePermissions: 0o640 }, '640'],
  ['027', 'null', { filePermissions: null }, '640'],
  ['000', 'null', { filePermissions: null }, '666'],
]

describe('the modes of stored files', () => {
  it.each(CASES)('with umask %s and filePermissions %s, during the upload and after', async (...given) => {
    const [mask, , filePermissions, mode] = given
    process.umask(Number.parseInt(mask, 8))
    const storage = new LocalMediaStorage({
      column: movie.poster,
      ...ANY_CONTENT,
      mediaPath: root,
      ...filePermissions,
    })
    const upload = await pauseUpload(storage)
    const [unfinished = ''] = await stagedNames(root)
    expect(await getMode(root, '.vitrine', 'staging', unfinished)).toBe(mode)
    expect(await getMode(root, await upload.finish())).toBe(mode)
  })

  it('are never wider, whenever one looks, while many are uploaded under umask 000', async () => {
    process.umask(0)
    const storage = new LocalMediaStorage({ column: movie.poster, ...ANY_CONTENT, mediaPath: root })
    const uploading = new AbortController()
    const uploads = Promise.all(
      Array.from({ length: 60 }, (_, index) => storage.storeFile('poster.jpg', Buffer.alloc(200_000, index))),
    ).finally(() => uploading.abort())
    const modes = new Set<string>()
    while (!uploading.signal.aborted) for (const mode of await sampleModes(root)) modes.add(mode)
    await uploads
    for (const mode of await sampleModes(root)) modes.add(mode)
    expect([...modes]).toEqual(['600'])
  })
})

describe('the modes of folders', () => {
  it('are 0700 for each that the storage makes, whatever the umask', async () => {
    process.umask(0)
    const mediaPath = join(root, 'a', 'media')
    const storage = new LocalMediaStorage({ column: movie.poster, ...ANY_CONTENT, mediaPath })
    const upload = await pauseUpload(storage)
    expect(await getMode(root, 'a')).toBe('700')
    expect(await getMode(mediaPath)).toBe('700')
    expect(await getMode(mediaPath, '.vitrine')).toBe('700')
    expect(await getMode(mediaPath, '.vitrine', 'staging')).toBe('700')
    await upload.finish()
  })

  it('stay as they are for one that was there', async () => {
    const before = (await stat(root)).mode
    const storage = new LocalMediaStorage({ column: movie.poster, ...ANY_CONTENT, mediaPath: root })
    await storage.storeFile('poster.jpg', Buffer.from('a'))
    expect((await stat(root)).mode).toBe(before)
  })
})

/** The mode of each file in the folder and among the unfinished ones, at this moment. */
async function sampleModes(mediaPath: string): Promise<string[]> {
  const modes: string[] = []
  for (const folder of [mediaPath, join(mediaPath, '.vitrine', 'staging')]) {
    for (const name of await readdir(folder).catch(() => [])) {
      const stats = await lstat(join(folder, name)).catch(() => null)
      if (stats?.isFile()) modes.push((stats.mode & 0o7777).toString(8))
    }
  }
  return modes
}
