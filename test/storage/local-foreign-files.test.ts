import { execFileSync } from 'node:child_process'
import { mkdir, readFile, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { movie } from './media-tables.ts'
import { pauseUpload } from './paused-upload.ts'
import { makeTemporaryFolder, removeFolder } from './temporary-folder.ts'
import { ANY_CONTENT } from '../support/any-content.ts'

let root: string
let mediaPath: string
let storage: LocalMediaStorage

beforeEach(async () => {
  root = await makeTemporaryFolder()
  mediaPath = join(root, 'media')
  storage = new LocalMediaStorage({ column: movie.poster, ...ANY_CONTENT, mediaPath, allowedExtensions: null })
  await writeFile(join(root, 'secret.txt'), 'secret')
  await mkdir(join(root, 'media-evil'))
  await writeFile(join(root, 'media-evil', 'x.txt'), 'evil')
})

afterEach(() => removeFolder(root))

async function listed(): Promise<string[]> {
  const keys: string[] = []
  for await (const key of storage.getFileKeys()) keys.push(key)
  for await (const { key } of storage.listFiles()) expect(keys).toContain(key)
  return keys
}

describe('what is not a regular file', () => {
  const PLANTS: Record<string, (path: string) => unknown> = {
    'a symbolic link to a file outside': (path) => symlink('../secret.txt', path),
    'a symbolic link to a file inside': (path) => symlink('own.txt', path),
    'a symbolic link to nothing': (path) => symlink('../new.txt', path),
    'a symbolic link to a folder': (path) => symlink('..', path),
    'a symbolic link to itself': (path) => symlink(path, path),
    'a named pipe': (path) => execFileSync('mkfifo', [path]),
    'a folder': (path) => mkdir(path),
  }

  it.each(Object.entries(PLANTS))('%s is neither read, nor listed, nor deleted', async (_title, plant) => {
    await writeFile(join(mediaPath, 'own.txt'), 'own')
    await plant(join(mediaPath, 'planted.txt'))
    expect(await storage.getFile('planted.txt')).toBeNull()
    expect(await listed()).toEqual(['own.txt'])
    await storage.deleteFile('planted.txt')
    expect((await readdir(mediaPath)).toSorted()).toEqual(['own.txt', 'planted.txt'])
    expect(await readFile(join(root, 'secret.txt'), 'utf8')).toBe('secret')
    expect(await readFile(join(mediaPath, 'own.txt'), 'utf8')).toBe('own')
  })

  it.each(Object.entries(PLANTS))('%s is never written through or over', async (_title, plant) => {
    await plant(join(mediaPath, 'planted.txt'))
    const before = await readdir(root)
    storage.generateFileKey = () => 'planted.txt'
    await expect(storage.storeFile('planted.txt', Buffer.from('new'))).rejects.toMatchObject({ code: 'FILE_EXISTS' })
    expect(await readdir(root)).toEqual(before)
    expect(await readFile(join(root, 'secret.txt'), 'utf8')).toBe('secret')
  })

  it.each([
    ['a symbolic link', (path: string) => symlink('../secret.txt', path)],
    ['a named pipe', (path: string) => execFileSync('mkfifo', [path])],
    ['another file', (path: string) => writeFile(path, 'OWN')],
  ])('%s that takes the place of a file after it was opened is not read', async (_title, replace) => {
    const key = await storage.storeFile('own.txt', Buffer.from('own'))
    const file = await storage.getFile(key)
    await rename(join(mediaPath, key), join(root, 'moved.txt'))
    await replace(join(mediaPath, key))
    await expect(file!.text()).rejects.toMatchObject({ name: 'MediaStorageError', code: 'STORAGE_FAILURE' })
  })
})

describe('a neighbour folder whose name begins with that of the media folder', () => {
  it('is out of reach', async () => {
    for (const key of ['../media-evil/x.txt', '-evil/x.txt', '..\\media-evil\\x.txt']) {
      await expect(storage.getFile(key)).rejects.toMatchObject({ code: 'INVALID_FILE_KEY' })
      await expect(storage.deleteFile(key)).rejects.toMatchObject({ code: 'INVALID_FILE_KEY' })
    }
    expect(await readFile(join(root, 'media-evil', 'x.txt'), 'utf8')).toBe('evil')
  })
})

describe('the hidden folder', () => {
  it('is not reached by a listing or a key while an upload is in it', async () => {
    const upload = await pauseUpload(storage)
    const [unfinished = ''] = await readdir(join(mediaPath, '.vitrine', 'staging'))
    expect(await listed()).toEqual([])
    expect(await storage.getFile(unfinished)).toBeNull()
    for (const key of ['.vitrine', '.vitrine/staging', `.vitrine/staging/${unfinished}`]) {
      await expect(storage.getFile(key)).rejects.toMatchObject({ code: 'INVALID_FILE_KEY' })
      await expect(storage.deleteFile(key)).rejects.toMatchObject({ code: 'INVALID_FILE_KEY' })
      await expect(storage.generateFileUrl(key, { rootUrl: 'https://cms.example' })).rejects.toMatchObject({
        code: 'INVALID_FILE_KEY',
      })
    }
    const key = await upload.finish()
    expect(await listed()).toEqual([key])
  })
})

describe('file descriptors', () => {
  it('are all given back after readers that left, uploads that failed and listings that were left', async () => {
    const key = await storage.storeFile('film.mp4', Buffer.alloc(2_000_000, 'a'))
    const before = await countDescriptors()
    for (let round = 0; round < 100; round += 1) {
      const reader = (await storage.getFile(key))!.stream().getReader()
      const reading = reader.read()
      if (round % 2 === 0) await reading
      await reader.cancel()
      await reading
      await storage.storeFile('film.mp4', failing()).catch(() => {})
      for await (const listedKey of storage.getFileKeys()) {
        expect(listedKey).toBe(key)
        break
      }
    }
    expect(await countDescriptors()).toBe(before)
  })
})

describe('a folder that is gone', () => {
  it('fails each operation with an error, and makes no folder anew', async () => {
    await rm(mediaPath, { recursive: true })
    const failure = { name: 'MediaStorageError', code: 'STORAGE_FAILURE' }
    await expect(storage.checkHealth()).rejects.toMatchObject(failure)
    await expect(listed()).rejects.toMatchObject(failure)
    await expect(storage.storeFile('poster.jpg', Buffer.from('a'))).rejects.toMatchObject(failure)
    await expect(storage.storeFile('poster.jpg', Buffer.from('a'))).rejects.not.toThrow(root)
    expect(await readdir(root)).not.toContain('media')
  })
})

async function* failing(): AsyncGenerator<Uint8Array> {
  yield Buffer.alloc(100_000)
  throw new Error('the client went away')
}

async function countDescriptors(): Promise<number> {
  return (await readdir('/proc/self/fd')).length
}
