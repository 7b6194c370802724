import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { serveMedia } from 'vitrine'
import type { MediaStorage } from 'vitrine/storage'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { S3MediaStorage } from 'vitrine/storage/s3'
import { movie } from '../storage/media-tables.ts'
import { requireS3Server } from '../support/s3-server.ts'
import { sampleFile } from '../support/sample-files.ts'
import { COMMON_MUTATIONS, LOCAL_MUTATIONS, S3_MUTATIONS } from './url-mutations.ts'

const server = await requireS3Server()
const folder = `signed-${crypto.randomUUID()}`
const mediaPath = await mkdtemp(join(tmpdir(), 'vitrine-signed-'))
const place = { bucketName: server.bucketName, clientConfig: server.clientConfig }
const SECRET = 'secret-of-thirty-two-characters!'
const local = { mediaPath, rootUrl: 'http://app.test/media', signingSecret: SECRET }

const bytes = sampleFile('jpg', 1000)
const other = sampleFile('jpg', 2000)

afterAll(async () => {
  await server.removeFolder(folder)
  await rm(mediaPath, { recursive: true })
})

/**
 * Ceph believes the last one of two signatures; AWS refuses two. Whoever sends the right one along has no need to change
 * the address.
 */
const CEPH_ACCEPTS: ReadonlySet<string> = new Set(['signature twice, a wrong one before'])

/** A storage, another one of another column, and the way of a browser to both. */
interface Realm {
  storage: MediaStorage
  neighbour: MediaStorage
  /** The same place with another secret. */
  stranger: MediaStorage
  request: (url: string, init?: RequestInit) => Promise<Response>
}

const S3_REALM: Realm = {
  storage: new S3MediaStorage({ column: movie.poster, folderName: `${folder}/poster`, ...place }),
  neighbour: new S3MediaStorage({ column: movie.trailer, folderName: `${folder}/trailer`, ...place }),
  stranger: new S3MediaStorage({
    column: movie.poster,
    folderName: `${folder}/poster`,
    ...place,
    clientConfig: { ...server.clientConfig, credentials: { accessKeyId: server.accessKeyId, secretAccessKey: SECRET } },
  }),
  request: fetch,
}

const localStorage = new LocalMediaStorage({ column: movie.poster, ...local })
const serve = serveMedia(localStorage)
const LOCAL_REALM: Realm = {
  storage: localStorage,
  neighbour: new LocalMediaStorage({ column: movie.trailer, ...local, mediaPath: join(mediaPath, 'trailer') }),
  stranger: new LocalMediaStorage({ column: movie.poster, ...local, signingSecret: SECRET.toUpperCase() }),
  request: (url, init) => serve(new Request(url, init)),
}

describe.each([
  ['an address of a bucket', S3_REALM, [...COMMON_MUTATIONS, ...S3_MUTATIONS]],
  ['an address of a folder', LOCAL_REALM, [...COMMON_MUTATIONS, ...LOCAL_MUTATIONS]],
] as const)('%s', (_title, { storage, neighbour, stranger, request }, mutations) => {
  let key: string
  let otherKey: string
  let url: string
  beforeAll(async () => {
    key = await storage.storeFile('a.jpg', bytes)
    otherKey = await storage.storeFile('b.jpg', other)
    url = await storage.generateFileUrl(key)
  })

  it('gives the bytes as it is, also with its parameters in another order', async () => {
    expect(Buffer.from(await (await request(url)).arrayBuffer()).equals(bytes)).toBe(true)
    const { origin, pathname, search } = new URL(url)
    const reversed = search.slice(1).split('&').toReversed().join('&')
    expect((await request(`${origin}${pathname}?${reversed}`)).status).toBe(200)
    expect(await (await request(url, { headers: { range: 'bytes=0-9' } })).arrayBuffer()).toHaveProperty(
      'byteLength',
      10,
    )
  })

  it('gives no bytes after any change', async () => {
    const context = { key, otherKey, elsewhere: await neighbour.generateFileUrl(key) }
    const served: string[] = []
    let tried = 0
    for (const { title, change } of mutations) {
      for (const changed of [change(new URL(url), context)].flat()) {
        tried += 1
        expect(changed, title).not.toBe(url)
        const response = await request(changed)
        const body = new Uint8Array(await response.arrayBuffer())
        const isServed = response.ok || holds(body, bytes) || holds(body, other)
        if (isServed && !(request === fetch && CEPH_ACCEPTS.has(title))) served.push(`${title}: ${changed}`)
      }
    }
    expect(served).toEqual([])
    expect(tried).toBeGreaterThan(50)
  })

  it('gives no bytes with a signature by another secret', async () => {
    expect((await request(await stranger.generateFileUrl(key))).status).toBe(403)
  })

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'HEAD'])(
    'gives no bytes to %s, and leaves the file alone',
    async (method) => {
      const body = ['POST', 'PUT', 'PATCH'].includes(method) ? 'planted' : null
      const response = await request(url, { method, body })
      expect(holds(new Uint8Array(await response.arrayBuffer()), bytes)).toBe(false)
      expect(Buffer.from(await (await storage.getFile(key))!.arrayBuffer()).equals(bytes)).toBe(true)
    },
  )

  it('gives no bytes once the file is deleted', async () => {
    const gone = await storage.storeFile('c.jpg', bytes)
    const href = await storage.generateFileUrl(gone)
    await storage.deleteFile(gone)
    expect((await request(href)).status).toBe(404)
  })
})

describe('the life of a signed address', () => {
  const shortLived = {
    'of a bucket': () => new S3MediaStorage({ column: movie.poster, folderName: folder, ...place, signedUrlExpiry: 2 }),
    'of a folder': () => new LocalMediaStorage({ column: movie.poster, ...local, signedUrlExpiry: 2 }),
  }

  it.each(Object.entries(shortLived))('%s ends', async (title, create) => {
    const storage = create()
    const href = await storage.urls.file(await storage.storeFile('a.jpg', bytes))
    const request = title === 'of a bucket' ? fetch : (url: string) => serveMedia(storage)(new Request(url))
    await new Promise((resolve) => setTimeout(resolve, href.expiresAt!.getTime() - Date.now() + 1100))
    expect((await request(href.url)).status).toBe(403)
  })

  it.each([
    [
      'of a bucket',
      (expiry: number) => new S3MediaStorage({ column: movie.poster, ...place, signedUrlExpiry: expiry }),
    ],
    [
      'of a folder',
      (expiry: number) => new LocalMediaStorage({ column: movie.poster, ...local, signedUrlExpiry: expiry }),
    ],
  ])(
    '%s is at most what was configured, at least half of it, and the same address for half of it',
    async (_title, create) => {
      vi.useFakeTimers({ toFake: ['Date'] })
      try {
        for (const expiry of [10, 900, 3600, 604_800]) {
          const storage = create(expiry)
          const urls = new Map<string, number>()
          const lives: number[] = []
          const start = 1_770_000_000 - (1_770_000_000 % expiry)
          const step = expiry / 10
          for (let time = start; time < start + expiry * 2; time += step) {
            vi.setSystemTime(time * 1000)
            const { url, expiresAt } = await storage.urls.file('a.jpg')
            lives.push(expiresAt!.getTime() / 1000 - time)
            urls.set(url, (urls.get(url) ?? 0) + 1)
          }
          expect(Math.max(...lives)).toBe(expiry)
          expect(Math.min(...lives)).toBeGreaterThan(expiry / 2)
          expect([...urls.values()]).toEqual([5, 5, 5, 5])
        }
      } finally {
        vi.useRealTimers()
      }
    },
  )

  it('ends no later than the credentials that it was signed with', async () => {
    const expiration = new Date(Date.now() + 600_000)
    const credentials = async () => ({ accessKeyId: 'A', secretAccessKey: 'B', sessionToken: 'C', expiration })
    const clientConfig = { region: 'eu-west-1', credentials }
    const storage = new S3MediaStorage({ column: movie.poster, bucketName: 'bucket', clientConfig })
    expect((await storage.urls.file('a.jpg')).expiresAt).toEqual(expiration)
  })

  it('is counted by the clock of the server when ours goes wrong', async () => {
    const storage = new S3MediaStorage({ column: movie.poster, folderName: folder, ...place })
    const key = await storage.storeFile('a.jpg', bytes)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * 3600 * 1000 })
    try {
      await storage.getFile(key)
      expect((await fetch(await storage.generateFileUrl(key))).status).toBe(200)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('a ring of secrets', () => {
  it('signs by the first, and believes the others until they are taken out', async () => {
    const [oldSecret, newSecret] = ['old-'.repeat(8), 'new-'.repeat(8)]
    const withSecrets = (...signingSecret: string[]) =>
      new LocalMediaStorage({ column: movie.poster, ...local, signingSecret })
    const key = await withSecrets(oldSecret).storeFile('a.jpg', bytes)
    const oldUrl = await withSecrets(oldSecret).generateFileUrl(key)
    const newUrl = await withSecrets(newSecret, oldSecret).generateFileUrl(key)
    const status = async (url: string, ...secrets: string[]) =>
      (await serveMedia(withSecrets(...secrets))(new Request(url))).status
    expect(newUrl).not.toBe(oldUrl)
    expect(await status(oldUrl, newSecret, oldSecret)).toBe(200)
    expect(await status(newUrl, newSecret, oldSecret)).toBe(200)
    expect(await status(newUrl, newSecret)).toBe(200)
    expect(await status(oldUrl, newSecret)).toBe(403)
    expect(await status(newUrl, oldSecret)).toBe(403)
  })
})

function holds(body: Uint8Array, file: Uint8Array): boolean {
  return Buffer.from(body).includes(Buffer.from(file.subarray(0, 100)))
}
