import { link, lstat, mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { movie } from './media-tables.ts'
import { makeTemporaryFolder, removeFolder } from './temporary-folder.ts'

let root: string
let umask: number

beforeEach(async () => {
  root = await makeTemporaryFolder()
  umask = process.umask(0)
})

afterEach(async () => {
  process.umask(umask)
  await removeFolder(root)
})

function createStorage(): LocalMediaStorage<typeof movie.poster> {
  return new LocalMediaStorage({ column: movie.poster, mediaPath: join(root, 'media') })
}

const KEY = 'poster-3beac950-7721-46c9-9e7d-5e908ef51011.jpg'

async function getMode(...path: string[]): Promise<string> {
  return ((await lstat(join(root, 'media', ...path))).mode & 0o7777).toString(8)
}

describe('hidden files in a folder', () => {
  it('are for the owner alone, under whatever umask', async () => {
    const { hiddenFiles } = createStorage()
    await hiddenFiles.write('thumbnails/one/320.webp', new Blob(['picture']))
    expect(await getMode('.vitrine')).toBe('700')
    expect(await getMode('.vitrine', 'thumbnails')).toBe('700')
    expect(await getMode('.vitrine', 'thumbnails', 'one')).toBe('700')
    expect(await getMode('.vitrine', 'thumbnails', 'one', '320.webp')).toBe('600')
  })

  it('leave no empty folder behind', async () => {
    const storage = createStorage()
    await storage.importFile(KEY, Buffer.from('picture'))
    await storage.hiddenFiles.hide(KEY, `trash/run/deep/${KEY}`)
    await storage.hiddenFiles.publish(`trash/run/deep/${KEY}`, KEY)
    await storage.hiddenFiles.write('trash/other/x', new Blob(['x']))
    await storage.hiddenFiles.remove('trash/other/x')
    expect(await readdir(join(root, 'media', '.vitrine', 'trash'))).toEqual([])
  })

  it('are never outside, through a symbolic link in the place of their folder', async () => {
    const storage = createStorage()
    await mkdir(join(root, 'outside'))
    await mkdir(join(root, 'media', '.vitrine'))
    await symlink(join(root, 'outside'), join(root, 'media', '.vitrine', 'trash'))
    await storage.importFile(KEY, Buffer.from('picture'))
    await expect(storage.hiddenFiles.hide(KEY, `trash/${KEY}`)).rejects.toMatchObject({ code: 'STORAGE_FAILURE' })
    await expect(storage.hiddenFiles.write('trash/x', new Blob(['x']))).rejects.toMatchObject({
      code: 'STORAGE_FAILURE',
    })
    expect(await readdir(join(root, 'outside'))).toEqual([])
    expect(await (await storage.getFile(KEY))?.text()).toBe('picture')
  })

  it('are no symbolic links and no folders', async () => {
    const storage = createStorage()
    await writeFile(join(root, 'secret'), 'secret')
    await mkdir(join(root, 'media', '.vitrine', 'trash', 'folder'), { recursive: true })
    await symlink(join(root, 'secret'), join(root, 'media', '.vitrine', 'trash', 'link'))
    for (const path of ['trash/link', 'trash/folder']) {
      expect(await storage.hiddenFiles.open(path)).toBe(null)
      expect(await storage.hiddenFiles.publish(path, KEY)).toBe(false)
      await storage.hiddenFiles.remove(path)
    }
    for await (const { path } of storage.hiddenFiles.list('trash/')) expect.unreachable(path)
    expect(await readFile(join(root, 'secret'), 'utf8')).toBe('secret')
    expect(await storage.getFile(KEY)).toBe(null)
  })

  it('are brought back to the end when a crash had left both names', async () => {
    const storage = createStorage()
    await storage.hiddenFiles.write(`trash/run/${KEY}`, new Blob(['picture']))
    await link(join(root, 'media', '.vitrine', 'trash', 'run', KEY), join(root, 'media', KEY))
    expect(await storage.hiddenFiles.publish(`trash/run/${KEY}`, KEY)).toBe(true)
    expect(await readdir(join(root, 'media', '.vitrine', 'trash'))).toEqual([])
    expect(await (await storage.getFile(KEY))?.text()).toBe('picture')
  })

  it('are not made in a media folder that is gone', async () => {
    const storage = createStorage()
    await removeFolder(join(root, 'media'))
    await expect(storage.hiddenFiles.write('trash/x', new Blob(['x']))).rejects.toMatchObject({
      code: 'STORAGE_FAILURE',
    })
    expect(await readdir(root)).toEqual([])
  })
})
