import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FileUrlResponse } from '../../src/contract/media.ts'
import { openMovieWorld, type SignedInWorld } from '../support/movie-world.ts'
import { readError, readFiles, readJson } from '../support/read-json.ts'
import { type S3MovieAdmin, startS3MovieAdmin } from '../support/s3-movie-admin.ts'
import { requireS3Server } from '../support/s3-server.ts'
import { sampleFile } from '../support/sample-files.ts'

const server = await requireS3Server()
const folderName = `admin-${crypto.randomUUID()}`
const POSTER = '/api/media/movie/poster'
const bytes = sampleFile('jpg', 100_000)

let world: SignedInWorld
let redirecting: S3MovieAdmin
let proxying: S3MovieAdmin
let key: string

beforeAll(async () => {
  world = await openMovieWorld()
  redirecting = await startS3MovieAdmin(world, server, { folderName })
  proxying = await startS3MovieAdmin(world, server, { folderName, serve: 'proxy' })
  key = await upload(redirecting, 'poster.jpg', bytes)
})

afterAll(async () => {
  await server.removeFolder(folderName)
  await world.close()
})

async function upload(admin: S3MovieAdmin, name: string, body: Uint8Array<ArrayBuffer>): Promise<string> {
  const [file] = await readFiles(await admin.send(`${POSTER}?name=${name}`, { method: 'POST', body }))
  return file!.fileKey
}

async function getBytes(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer())
}

describe('a file in a bucket, through the admin,', () => {
  it('is uploaded, saved in a row, and found by a redirect that gives its bytes', async () => {
    const created = await redirecting.send('/api/tables/movie/rows', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'In a bucket', poster: key }),
    })
    expect(created.status).toBe(201)

    const response = await redirecting.send(`${POSTER}/${key}`)
    expect(response.status).toBe(302)
    expect(response.headers.get('cache-control')).toBe('private, no-store')
    const followed = await fetch(response.headers.get('location')!)
    expect(followed.status).toBe(200)
    expect(followed.headers.get('content-type')).toBe('image/jpeg')
    expect(followed.headers.get('content-disposition')).toBe('inline; filename="poster.jpg"')
    expect((await getBytes(followed)).equals(bytes)).toBe(true)
  })

  it('is saved by its name when it is downloaded', async () => {
    const response = await redirecting.send(`${POSTER}/${key}?download`)
    const followed = await fetch(response.headers.get('location')!)
    expect(followed.headers.get('content-disposition')).toBe('attachment; filename="poster.jpg"')
  })

  it('gives one and the same address to all who ask in the same half hour', async () => {
    const urls = await Promise.all([1, 2, 3].map(() => redirecting.send(`${POSTER}/${key}`)))
    expect(new Set(urls.map(({ headers }) => headers.get('location'))).size).toBe(1)
  })

  it('is not redirected to without a session', async () => {
    for (const path of [`${POSTER}/${key}`, `${POSTER}/${key}/url`]) {
      const response = await redirecting.send(path, { cookie: null })
      expect([response.status, response.headers.get('location')]).toEqual([401, null])
    }
  })

  it('answers HEAD by itself, since the signature is good for GET alone', async () => {
    const response = await redirecting.send(`${POSTER}/${key}`, { method: 'HEAD' })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-length')).toBe('100000')
    expect((await getBytes(response)).byteLength).toBe(0)
  })

  it("streams to a script's request, with ranges, since a bucket's CORS rules may not allow it", async () => {
    const headers = { 'sec-fetch-dest': 'empty', range: 'bytes=1000-1999' }
    const response = await redirecting.send(`${POSTER}/${key}`, { headers })
    expect(response.status).toBe(206)
    expect(response.headers.get('content-range')).toBe('bytes 1000-1999/100000')
    expect((await getBytes(response)).equals(bytes.subarray(1000, 2000))).toBe(true)
  })

  it('has an address that tells when it expires', async () => {
    const response = await redirecting.send(`${POSTER}/${key}/url`)
    const { url, expiresAt } = await readJson<FileUrlResponse>(response)
    expect((await getBytes(await fetch(url))).equals(bytes)).toBe(true)
    const minutes = (Date.parse(expiresAt!) - Date.now()) / 60_000
    expect(minutes).toBeGreaterThan(30)
    expect(minutes).toBeLessThanOrEqual(60)
  })

  it('is described, cannot be deleted while a row holds it, and can afterwards', async () => {
    const own = await upload(redirecting, 'own.jpg', bytes)
    const information = await readJson(await redirecting.send(`${POSTER}/${own}/info`))
    expect(information).toMatchObject({
      fileKey: own,
      name: 'own.jpg',
      size: 100_000,
      contentType: 'image/jpeg',
      references: [],
    })
    expect(await readError(await redirecting.send(`${POSTER}/${key}`, { method: 'DELETE' }))).toEqual([
      409,
      'FILE_IN_USE',
    ])
    expect((await redirecting.send(`${POSTER}/${own}`, { method: 'DELETE' })).status).toBe(204)
    expect(await server.objectKeys(folderName)).not.toContain(`${folderName}/${own}`)
  })

  it.each(['..%2Fother%2Fa.jpg', 'nested%2Fa.jpg', '%2e%2e', '.hidden.jpg', 'a%00.jpg', 'a%0a.jpg', 'a%5cb.jpg'])(
    'is not looked for in other places, such as %s',
    async (foreign) => {
      await server.putObject(`${folderName}/nested/a.jpg`, bytes)
      for (const admin of [redirecting, proxying]) {
        for (const path of [`${POSTER}/${foreign}`, `${POSTER}/${foreign}/url`, `${POSTER}/${foreign}/info`]) {
          expect(await readError(await admin.send(path))).toEqual([404, 'NOT_FOUND'])
        }
        expect(await readError(await admin.send(`${POSTER}/${foreign}`, { method: 'DELETE' }))).toEqual([
          404,
          'NOT_FOUND',
        ])
      }
      expect(await server.objectKeys(`${folderName}/nested`)).toEqual([`${folderName}/nested/a.jpg`])
    },
  )

  it('is not there by the key of no file', async () => {
    const absent = 'absent-7fb0ab3a-1c5b-4f1f-8b3f-6d5a3f0a8a11.jpg'
    const followed = await fetch((await redirecting.send(`${POSTER}/${absent}`)).headers.get('location')!)
    expect(followed.status).toBe(404)
    expect(await readError(await redirecting.send(`${POSTER}/${absent}/url`))).toEqual([404, 'NOT_FOUND'])
    expect(await readError(await proxying.send(`${POSTER}/${absent}`))).toEqual([404, 'NOT_FOUND'])
  })

  it('may be loaded by the page from the bucket on plain http, and through the server from nowhere else', async () => {
    const origin = server.endpoint
    const directives = async (admin: S3MovieAdmin) =>
      (await admin.send('/api/session')).headers.get('content-security-policy')!.split('; ')
    expect(await directives(redirecting)).toEqual(
      expect.arrayContaining([
        `img-src 'self' data: blob: https: ${origin}`,
        `media-src 'self' blob: https: ${origin}`,
        `connect-src 'self' https: ${origin}`,
      ]),
    )
    expect((await directives(proxying)).join()).not.toContain(origin)
  })
})

describe('a bucket that browsers cannot reach', () => {
  const get = (headers: Record<string, string> = {}) => proxying.send(`${POSTER}/${key}`, { headers })

  it('is streamed from with the headers of a private file', async () => {
    const response = await get()
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-cache',
      'content-disposition': 'inline; filename="poster.jpg"',
      'content-length': '100000',
      'content-security-policy': expect.stringContaining('sandbox'),
      'content-type': 'image/jpeg',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    expect((await getBytes(response)).equals(bytes)).toBe(true)
  })

  it('gives ranges, and the whole file when it is not the one that the range is of', async () => {
    const etag = (await get()).headers.get('etag')!
    const first = await get({ range: 'bytes=0-9', 'if-range': etag })
    expect([first.status, (await getBytes(first)).equals(bytes.subarray(0, 10))]).toEqual([206, true])
    const last = await get({ range: 'bytes=-10' })
    expect([last.status, last.headers.get('content-range')]).toEqual([206, 'bytes 99990-99999/100000'])
    const other = await get({ range: 'bytes=0-9', 'if-range': '"another"' })
    expect([other.status, other.headers.get('content-length')]).toEqual([200, '100000'])
    await other.body?.cancel()
    const outside = await get({ range: 'bytes=100000-' })
    expect([outside.status, outside.headers.get('content-range')]).toEqual([416, 'bytes */100000'])
  })

  it('answers 304 when the browser has the file, and 412 when it wants another one', async () => {
    const etag = (await get()).headers.get('etag')!
    const known = await get({ 'if-none-match': etag })
    expect([known.status, known.headers.get('etag'), known.body]).toEqual([304, etag, null])
    expect((await get({ 'if-match': '"another"' })).status).toBe(412)
  })

  it('has an address at the admin, and not at the bucket', async () => {
    expect(await readJson(await proxying.send(`${POSTER}/${key}/url`))).toEqual({
      url: `${POSTER}/${key}`,
      expiresAt: null,
    })
  })
})

describe('a picture that could run a script', () => {
  it('is saved from the bucket, and shown by the server in a sandbox', async () => {
    const svg = await upload(redirecting, 'a.svg', sampleFile('svg'))
    const followed = await fetch((await redirecting.send(`${POSTER}/${svg}`)).headers.get('location')!)
    expect(followed.headers.get('content-type')).toBe('image/svg+xml')
    expect(followed.headers.get('content-disposition')).toBe('attachment; filename="a.svg"')
    const streamed = await proxying.send(`${POSTER}/${svg}`)
    expect(streamed.headers.get('content-security-policy')).toContain('sandbox')
  })
})
