import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { serveMedia, Thumbnails } from 'vitrine'
import type { FallbackContext, StoredFile } from 'vitrine/storage'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { movie } from '../../examples/movies/schema.ts'
import { hideFile, restoreFile } from '../../src/storage/clean-up/trash-files.ts'
import { openMediaWorld } from '../support/media-world.ts'
import { type MovieAdmin, type MovieWorld, ORIGIN, startMovieAdmin } from '../support/movie-admin.ts'
import { quartered } from '../support/sample-images.ts'

let world: MovieWorld
let admin: MovieAdmin

beforeAll(async () => {
  world = await openMediaWorld()
  admin = await startMovieAdmin(world)
})

afterAll(() => world.close())

const photo = () => quartered(800, 400).jpeg().toBuffer()
const getPath = (fileKey: string, width = 64) => `/api/media/movie/trailer/${fileKey}/thumbnail?width=${width}`

/** The names of what is kept, below the folder of each file. */
async function kept(folder: string): Promise<string[]> {
  const area = join(folder, '.vitrine/thumbnails')
  const entries = await readdir(area, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(area.length))
}

it('is made once for 200 who ask at the same time, and kept', async () => {
  let opened = 0
  class CountingStorage extends LocalMediaStorage<typeof movie.poster> {
    override async getFile(key: string, context?: FallbackContext): Promise<StoredFile | null> {
      const file = await super.getFile(key, context)
      const stream = file?.stream.bind(file)
      if (file !== null && stream !== undefined) {
        file.stream = (range) => {
          opened += 1
          return stream(range)
        }
      }
      return file
    }
  }
  const storage = new CountingStorage({ column: movie.poster, mediaPath: join(world.folder, 'counted') })
  const key = await storage.storeFile('photo.jpg', await photo())
  const thumbnails = new Thumbnails()
  const request = { width: 320, format: 'webp' } as const
  const made = await Promise.all(Array.from({ length: 200 }, () => thumbnails.find(storage, key, request)))
  expect([made.length, opened]).toEqual([200, 1])
  expect((await kept(join(world.folder, 'counted'))).toSorted()).toEqual([`/${key}/320.webp`, `/${key}/preview.json`])

  const other = new Thumbnails()
  const again = await other.find(storage, key, request)
  expect(await again!.arrayBuffer()).toEqual(await made[0]!.arrayBuffer())
  expect(opened).toBe(1)
})

it('goes with its file, one by one and in bulk, and is no file of the column', async () => {
  const { trailer } = admin.storages
  const keys = await Promise.all(
    ['a.jpg', 'b.jpg', 'c.jpg'].map(async (name) => trailer.storeFile(name, await photo())),
  )
  for (const key of keys) expect((await admin.send(getPath(key))).status).toBe(200)
  expect(await kept(join(world.folder, 'trailer'))).toHaveLength(6)
  const listed: string[] = []
  for await (const key of trailer.getFileKeys()) listed.push(key)
  expect(listed.toSorted()).toEqual(keys.toSorted())
  await trailer.deleteFile(keys[0]!)
  expect(await kept(join(world.folder, 'trailer'))).toHaveLength(4)
  const report = await trailer.bulkDeleteFiles(keys)
  expect([report.deleted.length, report.failed]).toEqual([3, []])
  expect(await kept(join(world.folder, 'trailer'))).toEqual([])
  expect((await admin.send(getPath(keys[0]!))).status).toBe(404)
})

it('is not shown when its file is gone in another way', async () => {
  const key = await admin.storages.trailer.storeFile('a.jpg', await photo())
  expect((await admin.send(getPath(key))).status).toBe(200)
  await admin.storages.trailer.hiddenFiles.hide(key, 'trash/a')
  expect((await admin.send(getPath(key))).status).toBe(404)
})

it('goes when its file goes into the trash, and is made again when that comes back', async () => {
  const { trailer } = admin.storages
  const key = await trailer.storeFile('a.jpg', await photo())
  expect((await admin.send(getPath(key))).status).toBe(200)
  await hideFile([trailer.hiddenFiles], { key, runId: 'a-run' })
  // What is made once only stays with it.
  expect((await kept(join(world.folder, 'trailer'))).filter((path) => path.includes(key))).toEqual([
    `/${key}/preview.json`,
  ])
  await restoreFile([trailer.hiddenFiles], { key, runId: 'a-run' })
  expect((await admin.send(getPath(key))).status).toBe(200)
})

it('is the picture itself where nothing renders, up to a megabyte', async () => {
  const plain = await startMovieAdmin(world, { thumbnails: new Thumbnails({ renderer: 'none' }) })
  const content = new Uint8Array(await photo())
  const small = await plain.send(getPath(await plain.storages.trailer.storeFile('small.jpg', content)))
  expect([small.headers.get('content-type'), new Uint8Array(await small.arrayBuffer())]).toEqual([
    'image/jpeg',
    content,
  ])
  const large = await sharp(crypto.getRandomValues(new Uint8Array(60_000)), {
    raw: { width: 200, height: 100, channels: 3 },
  })
    .resize(1600)
    .png()
    .toBuffer()
  expect(large.byteLength).toBeGreaterThan(1_000_000)
  const response = await plain.send(getPath(await plain.storages.trailer.storeFile('large.png', large)))
  expect([response.status, await response.text()]).toEqual([204, ''])
})

it('has a signed address of its own, which opens neither the file nor another width', async () => {
  const storage = new LocalMediaStorage({
    column: movie.poster,
    mediaPath: join(world.folder, 'signed'),
    rootUrl: '/media/posters',
    signingSecret: 'a secret of thirty-two characters and more',
  })
  const key = await storage.storeFile('photo (1).jpg', await photo())
  const serve = serveMedia(storage, { thumbnails: new Thumbnails() })
  const get = (url: string) => serve(new Request(`${ORIGIN}${url}`))
  const url = await storage.urls.thumbnail(key, { width: 160 })
  expect(url).toMatch(
    /^\/media\/posters\/photo%20\(1\)-[0-9a-f-]{36}\.jpg\/thumbnail\?width=160&expires=\d+&signature=[\w-]{43}$/,
  )
  const response = await get(url)
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/webp'])
  const life = Number(/max-age=(\d+)/.exec(response.headers.get('cache-control')!)![1])
  expect(life).toBeGreaterThan(1700)
  expect(life).toBeLessThanOrEqual(3600)
  expect((await sharp(new Uint8Array(await response.arrayBuffer())).metadata()).width).toBe(160)

  const fileUrl = await storage.generateFileUrl(key)
  const forged = [
    url.replace('/thumbnail', ''),
    url.replace('width=160', 'width=320'),
    url.replace('width=160&', ''),
    url.replace(/expires=\d+/, 'expires=99999999999'),
    `${fileUrl.replace('?', '/thumbnail?')}&width=160`,
    fileUrl.replace('?', '/thumbnail?width=160&'),
    `/media/posters/${encodeURIComponent(key)}/thumbnail?width=160`,
  ]
  for (const each of forged) expect([each, (await get(each)).status]).toEqual([each, 403])
  expect((await get(fileUrl)).status).toBe(200)
  const open = serveMedia(storage, { isPublic: true, thumbnails: new Thumbnails({ renderer: 'none' }) })
  const wrong = await open(new Request(`${ORIGIN}/media/posters/${key}/thumbnail?width=161`))
  expect(wrong.status).toBe(400)
})
