import { createHash } from 'node:crypto'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAdmin, tableConfig } from 'vitrine'
import type { MediaStorage } from 'vitrine/storage'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { S3MediaStorage } from 'vitrine/storage/s3'
import { type CommandWorld, ROOT, filesIn, openCommandWorld } from '../cli/command-world.ts'
import { movie } from '../storage/media-tables.ts'
import { sealedBytes } from '../storage/sealed-bytes.ts'
import { mediaWorldIn } from '../support/media-world.ts'
import { requireS3Server } from '../support/s3-server.ts'
import { ANY_CONTENT } from '../support/any-content.ts'

const server = await requireS3Server()
const column = movie.poster
const KEYS = Array.from({ length: 20 }, (_, index) => getKey('poster', index))
const ODD_KEY = getKey('100% ñandú & (1)', 99)
/** Sent in three parts. */
const LARGE_KEY = getKey('large', 98)

let world: CommandWorld
let folderName: string
let old: LocalMediaStorage<typeof movie.poster>

beforeEach(async () => {
  folderName = `moving-${crypto.randomUUID()}`
  const place = { bucketName: server.bucketName, folderName, clientConfig: server.clientConfig }
  world = await openCommandWorld(`
    import { S3MediaStorage } from '${ROOT}dist/storage-s3.js'
    const old = new LocalMediaStorage({ column: movie.poster, mediaPath: folder + '/old' })
    const bucket = new S3MediaStorage({ column: movie.poster, ...${JSON.stringify(place)} })
    export default defineConfig({ tables: [tableConfig({ table: movie, mediaStorage: [old] })], storages: { bucket } })`)
  await mkdir(join(world.folder, 'old'))
  old = new LocalMediaStorage({ column, mediaPath: join(world.folder, 'old'), ...ANY_CONTENT })
})

afterEach(async () => {
  await server.removeFolder(folderName)
  await world.close()
})

function bucketStorage(fallback?: MediaStorage): S3MediaStorage<typeof movie.poster> {
  const place = { bucketName: server.bucketName, folderName, clientConfig: server.clientConfig }
  return new S3MediaStorage({ column, ...place, ...ANY_CONTENT, ...(fallback === undefined ? {} : { fallback }) })
}

const copy = (...args: string[]) => world.start('media', 'copy', 'movie.poster', '--to', 'bucket', ...args)

describe('moving from a folder to a bucket', () => {
  it('goes on after it was killed in the middle, with every file whole', async () => {
    for (const [index, key] of [...KEYS, ODD_KEY].entries()) await put(key, sealedBytes(300_000 + index, index))
    await put(LARGE_KEY, sealedBytes(17_000_000, 98))
    const killed = copy('--concurrency', '2')
    while ((await server.objectKeys(folderName)).length < 3) await setTimeout(10)
    killed.signal('SIGKILL')
    await killed.ended
    const present = (await server.objectKeys(folderName)).length
    const originals = await filesIn(join(world.folder, 'old'))
    expect(present).toBeLessThan(22)

    const { exitCode, stdout } = await copy('--json', '--verify').ended
    const report = JSON.parse(stdout)
    expect({ exitCode, ...report }).toMatchObject({ exitCode: 0, examined: 22, failed: 0 })
    expect(report.verified).toBeGreaterThanOrEqual(present)
    expect(report.copied + report.verified).toBe(22)
    expect(await getHashes(bucketStorage())).toEqual(originals)
    expect(await filesIn(join(world.folder, 'old'))).toEqual(originals)
  })

  it('leaves no upload unfinished when it is stopped', async () => {
    await put(LARGE_KEY, sealedBytes(40_000_000, 98))
    const stopped = copy()
    while ((await server.unfinishedUploads(folderName)).length < 1) await setTimeout(5)
    stopped.signal('SIGINT')
    expect((await stopped.ended).exitCode).toBe(130)
    expect(await server.objectKeys(folderName)).toEqual([])
    expect(await server.unfinishedUploads(folderName)).toEqual([])
  })
})

describe('a bucket with a folder for its fallback', () => {
  it('is one storage with it: reads, lists, stores and deletes', async () => {
    await put(ODD_KEY, sealedBytes(1000, 1))
    await put(LARGE_KEY, sealedBytes(2000, 2))
    const storage = bucketStorage(old)
    const added = await storage.storeFile('added.jpg', new Uint8Array([1]))
    await storage.importFile(LARGE_KEY, (await old.getFile(LARGE_KEY))!.stream())
    expect(Object.keys(await getHashes(storage)).toSorted()).toEqual([added, LARGE_KEY, ODD_KEY].toSorted())
    expect(await storage.generateFileUrl(ODD_KEY, { rootUrl: '/media' })).toMatch(/^\/media\/100%25%20/)
    expect(await storage.generateFileUrl(LARGE_KEY, { rootUrl: '/media' })).toMatch(/^http.*X-Amz-Signature=/)

    const { failed } = await storage.bulkDeleteFiles([LARGE_KEY, ODD_KEY, 'absent.jpg'])
    expect(failed).toEqual([])
    expect(await getHashes(storage)).toEqual(await getHashes(bucketStorage()))
    expect((await readdir(join(world.folder, 'old'))).filter((name) => !name.startsWith('.'))).toEqual([])
  })

  it('serves a file through the admin before, during and after the move', async () => {
    await put(ODD_KEY, sealedBytes(1000, 1))
    const fetchFrom = (storage: S3MediaStorage<typeof movie.poster>) => {
      const { db, cookie, authenticate = () => null } = mediaWorldIn(world.folder)
      const admin = createAdmin({ db, authenticate, tables: [tableConfig({ table: movie, mediaStorage: [storage] })] })
      const url = `http://localhost/api/media/movie/poster/${encodeURIComponent(ODD_KEY)}`
      return admin.fetch(new Request(url, { headers: { cookie } }))
    }
    const before = await fetchFrom(bucketStorage(old))
    expect([before.status, (await before.arrayBuffer()).byteLength]).toEqual([200, 1032])
    expect((await copy().ended).exitCode).toBe(0)
    expect((await fetchFrom(bucketStorage(old))).status).toBe(200)
    await rm(join(world.folder, 'old'), { recursive: true })
    const after = await fetchFrom(bucketStorage())
    expect(after.status).toBe(302)
    expect((await fetch(after.headers.get('location')!)).status).toBe(200)
  })
})

function put(key: string, bytes: Uint8Array): Promise<void> {
  return writeFile(join(world.folder, 'old', key), bytes)
}

async function getHashes(storage: MediaStorage): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {}
  for await (const key of storage.getFileKeys()) {
    const bytes = await (await storage.getFile(key))!.arrayBuffer()
    hashes[key] = createHash('sha256').update(new Uint8Array(bytes)).digest('hex')
  }
  return hashes
}

function getKey(name: string, index: number): string {
  return `${name}-3beac950-7721-46c9-9e7d-${String(index).padStart(12, '0')}.jpg`
}
