import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/postgres-js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAdmin, serveMedia, tableConfig } from 'vitrine'
import { type MediaStorage, MediaStorageError } from 'vitrine/storage'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { testMediaStorage } from 'vitrine/testing'
import { ANY_CONTENT } from '../support/any-content.ts'
import { movie } from './media-tables.ts'
import { WatchedMemoryStorage } from './memory-harness.ts'
import { makeTemporaryFolder, removeFolder, stagedNames } from './temporary-folder.ts'

const OLD_KEY = 'old-3beac950-7721-46c9-9e7d-5e908ef51011.jpg'
const SECRETS = { old: 'o'.repeat(32), next: 'n'.repeat(32) }

let root: string
let old: LocalMediaStorage<typeof movie.poster>
let next: LocalMediaStorage<typeof movie.poster>

beforeEach(async () => {
  root = await makeTemporaryFolder()
  const place = (name: string) => ({
    column: movie.poster,
    mediaPath: join(root, name),
    rootUrl: `/${name}`,
    ...ANY_CONTENT,
  })
  old = new LocalMediaStorage({ ...place('old'), signingSecret: SECRETS.old })
  next = new LocalMediaStorage({ ...place('next'), signingSecret: SECRETS.next, fallback: old })
  await old.importFile(OLD_KEY, new TextEncoder().encode('old'))
})

afterEach(() => removeFolder(root))

describe('a storage with a fallback', () => {
  const folders = new Map<MediaStorage, string>()
  testMediaStorage(
    { describe, it },
    {
      async createStorage(options) {
        const folder = await makeTemporaryFolder()
        const fallback = new LocalMediaStorage({ column: movie.poster, mediaPath: join(folder, 'old'), ...options })
        const mediaPath = join(folder, 'next')
        const storage = new LocalMediaStorage({ column: movie.poster, mediaPath, fallback, ...options })
        folders.set(storage, folder)
        return storage
      },
      dispose: (storage) => removeFolder(folders.get(storage)!),
      plantForeignFile: (storage, name, bytes) => writeFile(join(folders.get(storage)!, 'old', name), bytes),
      hiddenEntries: (storage) => stagedNames(join(folders.get(storage)!, 'next')),
    },
  )
})

describe('the fallback', () => {
  it('gives the files that are not in the new place yet', async () => {
    expect(await (await next.getFile(OLD_KEY))?.text()).toBe('old')
    expect(await next.getFile(OLD_KEY, { fallback: false })).toBeNull()
    await next.importFile(OLD_KEY, new TextEncoder().encode('new'))
    expect(await (await next.getFile(OLD_KEY))?.text()).toBe('new')
  })

  it('gives the addresses of its own files, and only of those', async () => {
    expect(await next.generateFileUrl(OLD_KEY)).toMatch(/^\/old\/old-/)
    expect(await next.generateFileUrl('absent.jpg')).toMatch(/^\/next\/absent/)
    await next.importFile(OLD_KEY, new Uint8Array())
    expect(await next.generateFileUrl(OLD_KEY)).toMatch(/^\/next\/old-/)
  })

  it('signs addresses that the new place serves, also after the file was copied', async () => {
    const url = new URL(await next.generateFileUrl(OLD_KEY), 'http://localhost')
    expect(await (await serveMedia(next)(new Request(url))).text()).toBe('old')
    await next.importFile(OLD_KEY, new TextEncoder().encode('new'))
    expect((await serveMedia(next)(new Request(url))).status).toBe(200)
    url.searchParams.set('expires', '9999999999')
    expect((await serveMedia(next)(new Request(url))).status).toBe(403)
  })

  it('gets no new file', async () => {
    const key = await next.storeFile('poster.jpg', new Uint8Array([1]))
    expect(await old.getFile(key)).toBeNull()
    expect(await readdir(join(root, 'next'))).toContain(key)
  })

  it('is asked whether a key is taken', async () => {
    next.generateFileKey = () => OLD_KEY
    await expect(next.storeFile('poster.jpg', new Uint8Array([1]))).rejects.toMatchObject({ code: 'FILE_EXISTS' })
  })

  it('loses a deleted file too, so that it does not come back', async () => {
    await next.importFile(OLD_KEY, new Uint8Array([1]))
    await next.deleteFile(OLD_KEY)
    expect(await next.getFile(OLD_KEY)).toBeNull()
    expect(await old.getFile(OLD_KEY)).toBeNull()
  })

  it('keeps its file when only the copy is deleted', async () => {
    await next.importFile(OLD_KEY, new Uint8Array([1]))
    await next.deleteFile(OLD_KEY, { fallback: false })
    expect(await (await next.getFile(OLD_KEY))?.text()).toBe('old')
  })

  it('keeps the copy of what it cannot delete, and reports it', async () => {
    const stuck = new WatchedMemoryStorage({ column: movie.poster })
    const storage = new LocalMediaStorage({ column: movie.poster, mediaPath: join(root, 'third'), fallback: stuck })
    const keys = [OLD_KEY, OLD_KEY.replace('old', 'other')]
    for (const key of keys) await stuck.importFile(key, new Uint8Array([1]))
    for (const key of keys) await storage.importFile(key, new Uint8Array([1]))
    stuck.stuck.add(OLD_KEY)
    const { deleted, failed } = await storage.bulkDeleteFiles([...keys, '../x'])
    expect({ deleted, failed: failed.map(({ key }) => key) }).toEqual({ deleted: [keys[1]], failed: ['../x', OLD_KEY] })
    await expect(storage.deleteFile(OLD_KEY)).rejects.toBeInstanceOf(MediaStorageError)
    expect(await storage.getFile(OLD_KEY, { fallback: false })).not.toBeNull()
  })

  it('is listed together with the new place, each file once', async () => {
    const only = await next.storeFile('only.jpg', new Uint8Array(5))
    const keys = Array.from({ length: 40 }, (_, index) => OLD_KEY.replace('old', `file-${index}`))
    for (const key of keys) await old.importFile(key, new Uint8Array(3))
    for (const key of keys.slice(10)) await next.importFile(key, new Uint8Array(3))
    const expected = [OLD_KEY, only, ...keys].toSorted()
    expect((await getAll(next.getFileKeys())).toSorted()).toEqual(expected)
    const files = await getAll(next.listFiles())
    expect(files.map(({ key }) => key).toSorted()).toEqual(expected)
    expect(files.find(({ key }) => key === only)).toMatchObject({ size: 5 })
  })

  it('is listed without a gap while its files are copied', async () => {
    for (let index = 0; index < 30; index += 1)
      await old.importFile(OLD_KEY.replace('old', `f${index}`), new Uint8Array(3))
    const seen = new Set<string>()
    for await (const key of next.getFileKeys()) {
      seen.add(key)
      for await (const other of old.getFileKeys()) {
        if ((await next.getFile(other, { fallback: false })) === null) await next.importFile(other, new Uint8Array(3))
      }
    }
    expect(seen.size).toBe(31)
  })

  it('counts for the health of the storage', async () => {
    await next.checkHealth()
    await removeFolder(join(root, 'old'))
    await expect(next.checkHealth()).rejects.toMatchObject({ code: 'STORAGE_FAILURE' })
  })

  it('may not be the same place, nor lie inside it, nor hold another column', async () => {
    const column = movie.poster
    const same = new LocalMediaStorage({ column, mediaPath: join(root, 'old'), fallback: old })
    await expect(same.getFile(OLD_KEY)).rejects.toThrow("The fallback of movie.poster is the storage's own place")
    await expect(same.deleteFile(OLD_KEY)).rejects.toThrow(TypeError)
    await mkdir(join(root, 'old', 'inner'))
    const inner = new LocalMediaStorage({ column, mediaPath: join(root, 'old', 'inner'), fallback: next })
    await expect(inner.getFile(OLD_KEY)).rejects.toThrow(TypeError)
    const tables = [tableConfig({ table: movie, mediaStorage: [same] })]
    expect(() => createAdmin({ db: drizzle.mock(), tables, authenticate: () => null })).toThrow(
      "the storage's own place",
    )
    const trailer = { column: movie.trailer, mediaPath: join(root, 'trailer'), fallback: old }
    expect(() => new LocalMediaStorage(trailer)).toThrow(
      'The fallback of movie.trailer holds the files of movie.poster.',
    )
  })

  it('may not be the place of another column of the admin', () => {
    const trailer = new LocalMediaStorage({ column: movie.trailer, mediaPath: join(root, 'old', 'trailers') })
    const tables = [tableConfig({ table: movie, mediaStorage: [next, trailer] })]
    expect(() => createAdmin({ db: drizzle.mock(), tables, authenticate: () => null })).toThrow(
      'movie.poster and movie.trailer keep their files in the same place',
    )
  })
})

async function getAll<TEntry>(entries: AsyncIterable<TEntry>): Promise<TEntry[]> {
  const all: TEntry[] = []
  for await (const entry of entries) all.push(entry)
  return all
}
