import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { movie } from '../../examples/movies/schema.ts'
import { type MovieAdmin, startMovieAdmin } from '../support/movie-admin.ts'
import { type SignedInWorld, openMovieWorld } from '../support/movie-world.ts'
import { sampleFile } from '../support/sample-files.ts'

const ROWS = '/api/tables/movie/rows'

let world: SignedInWorld
let admin: MovieAdmin

beforeAll(async () => {
  world = await openMovieWorld()
  admin = await startMovieAdmin(world)
  await world.db.insert(movie).values(Array.from({ length: 25 }, (_, index) => ({ title: `Film ${index}` })))
})
afterAll(() => world.close())

function get(path: string, acceptEncoding?: string): Promise<Response> {
  return admin.send(path, acceptEncoding === undefined ? {} : { headers: { 'accept-encoding': acceptEncoding } })
}

async function bytesOf(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer())
}

it.each<[string | undefined, string | null]>([
  [undefined, null],
  ['', null],
  ['identity', null],
  ['deflate', null],
  ['gzip', 'gzip'],
  ['GZIP', 'gzip'],
  ['br', 'br'],
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip;q=1, br;q=0.5', 'gzip'],
  ['gzip;q=0, br;q=0', null],
  ['br;q=0, *', 'gzip'],
  ['*', 'br'],
  ['*;q=0', null],
  ['identity;q=1, gzip;q=0.5', null],
  ['gzip;q=0.001', 'gzip'],
])('rows for Accept-Encoding %j are encoded as %j, and say the same', async (acceptEncoding, encoding) => {
  const plain = await bytesOf(await get(ROWS))
  const response = await get(ROWS, acceptEncoding)
  expect([response.status, response.headers.get('content-encoding')]).toEqual([200, encoding])
  expect(response.headers.get('vary')?.toLowerCase().split(', ')).toEqual(
    expect.arrayContaining(['accept-encoding', 'cookie']),
  )
  expect([response.headers.get('cache-control'), response.headers.get('content-type')]).toEqual([
    'no-store',
    'application/json',
  ])
  const bytes = await bytesOf(response)
  const decoded = encoding === 'br' ? brotliDecompressSync(bytes) : encoding === 'gzip' ? gunzipSync(bytes) : bytes
  expect(decoded.equals(plain)).toBe(true)
  if (encoding !== null) expect(bytes.byteLength).toBeLessThan(plain.byteLength / 4)
})

it('the page is compressed, and keeps its policy', async () => {
  const response = await get('/tables/movie', 'gzip')
  expect(response.headers.get('content-encoding')).toBe('gzip')
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(gunzipSync(await bytesOf(response)).toString()).toContain('vitrine-config')
})

it('short answers, errors, sign-in and media stay as they are', async () => {
  const key = await admin.storages.poster.storeFile('poster.jpg', sampleFile('jpg', 5000))
  const text = await admin.storages.poster.storeFile('poster.svg', svg()).catch(() => null)
  for (const path of [
    '/api/session',
    '/api/absent',
    '/api/auth/get-session',
    `/api/media/movie/poster/${key}`,
    ...(text === null ? [] : [`/api/media/movie/poster/${text}`]),
  ]) {
    const response = await get(path, 'br, gzip')
    expect([path, response.headers.get('content-encoding')]).toEqual([path, null])
    expect((await bytesOf(response)).byteLength).toBeGreaterThan(0)
  }
})

it('a HEAD has no body, and varies like its GET', async () => {
  const response = await admin.send(ROWS, { method: 'HEAD', headers: { 'accept-encoding': 'br' } })
  expect(await response.text()).toBe('')
  expect(response.headers.get('vary')).toMatch(/accept-encoding/i)
})

function svg(): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`<svg xmlns="http://www.w3.org/2000/svg">${'<g/>'.repeat(1000)}</svg>`)
}
