import type { AdminServer } from 'vitrine/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openMediaWorld } from '../support/media-world.ts'
import { type MovieAdmin, type MovieWorld, startMovieAdmin } from '../support/movie-admin.ts'
import { sendRaw } from '../support/raw-connection.ts'
import { sampleFile } from '../support/sample-files.ts'

const TRAILER = '/api/media/movie/trailer'

let world: MovieWorld
let admin: MovieAdmin
let server: AdminServer

beforeAll(async () => {
  world = await openMediaWorld()
  admin = await startMovieAdmin(world)
  server = await admin.listen()
})

afterAll(async () => {
  await server.close()
  await world.close()
})

const store = (name: string, content = sampleFile(name.slice(name.lastIndexOf('.') + 1))) =>
  admin.storages.trailer.storeFile(name, content)

const get = (key: string, headers: Record<string, string> = {}, method = 'GET') =>
  admin.send(`${TRAILER}/${encodeURIComponent(key)}`, { method, headers })

const STILL = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'; sandbox"
const PLAYING = "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"

describe('a stored file', () => {
  it.each([
    ['jpg', 'image/jpeg', 'inline', STILL],
    ['JPG', 'image/jpeg', 'inline', STILL],
    ['png', 'image/png', 'inline', STILL],
    ['gif', 'image/gif', 'inline', STILL],
    ['webp', 'image/webp', 'inline', STILL],
    ['svg', 'image/svg+xml', 'inline', STILL],
    ['mp4', 'video/mp4', 'inline', PLAYING],
    ['mov', 'video/quicktime', 'inline', PLAYING],
    ['webm', 'video/webm', 'inline', PLAYING],
    ['mp3', 'audio/mpeg', 'inline', PLAYING],
    ['wav', 'audio/wav', 'inline', PLAYING],
    ['csv', 'text/plain; charset=utf-8', 'inline', STILL],
    ['tsv', 'text/plain; charset=utf-8', 'inline', STILL],
    ['txt', 'text/plain; charset=utf-8', 'inline', STILL],
    ['pdf', 'application/pdf', 'attachment', STILL],
    ['rtf', 'application/rtf', 'attachment', STILL],
    ['tif', 'image/tiff', 'attachment', STILL],
    ['html', 'application/octet-stream', 'attachment', STILL],
    ['xhtml', 'application/octet-stream', 'attachment', STILL],
    ['js', 'application/octet-stream', 'attachment', STILL],
    ['xml', 'application/octet-stream', 'attachment', STILL],
    ['json', 'application/json; charset=utf-8', 'attachment', STILL],
    ['xyz', 'application/octet-stream', 'attachment', STILL],
  ])('.%s is sent as %s, %s, whatever the answer', async (...row) => {
    const [extension, contentType, disposition, policy] = row
    const key = await store(`poster.${extension}`)
    const always = {
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-cache',
      'content-disposition': `${disposition}; filename="poster.${extension.toLowerCase()}"`,
      'content-security-policy': policy,
      'content-type': contentType,
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      vary: 'Cookie',
    }
    const whole = await get(key)
    const etag = whole.headers.get('etag')!
    const responses = [
      whole,
      await get(key, {}, 'HEAD'),
      await get(key, { range: 'bytes=0-0' }),
      await get(key, { range: 'bytes=999999-' }),
      await get(key, { 'if-none-match': etag }),
      await get(key, { 'if-match': '"other"' }),
    ]
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 206, 416, 304, 412])
    for (const { headers } of responses) {
      expect(Object.fromEntries(headers)).toMatchObject({ ...always, etag })
      expect(headers.get('set-cookie')).toBeNull()
      expect(headers.get('access-control-allow-origin')).toBeNull()
    }
  })

  it('is sent over a socket with the same headers', async () => {
    const key = await store('poster.svg')
    const web = await get(key)
    for (const method of ['GET', 'HEAD']) {
      const request = `${method} ${TRAILER}/${key} HTTP/1.1\r\nHost: admin.test\r\nCookie: ${world.cookie}\r\nConnection: close\r\n\r\n`
      const raw = await sendRaw(server.url, request)
      expect(raw?.status).toBe(200)
      for (const name of [
        'content-length',
        'content-type',
        'content-security-policy',
        'etag',
        'vary',
        'last-modified',
      ]) {
        expect(raw?.headers.get(name)).toBe(web.headers.get(name))
      }
      expect(raw?.body).toBe(method === 'HEAD' ? '' : Buffer.from(sampleFile('svg')).toString('latin1'))
    }
  })

  it('answers HEAD with the headers of GET and no body', async () => {
    const key = await store('poster.jpg', sampleFile('jpg', 1234))
    const [whole, head] = [await get(key), await get(key, { range: 'bytes=0-9' }, 'HEAD')]
    expect(Object.fromEntries(head.headers)).toEqual(Object.fromEntries(whole.headers))
    expect([head.headers.get('content-length'), (await head.arrayBuffer()).byteLength]).toEqual(['1234', 0])
  })

  it.each(['?download', '?download=1', '?download='])('is an attachment with %s', async (query) => {
    const key = await store('poster.jpg')
    const response = await admin.send(`${TRAILER}/${key}${query}`)
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="poster.jpg"')
  })

  it('may be empty', async () => {
    const key = await store('empty.txt', new Uint8Array(0))
    const responses = [await get(key), await get(key, {}, 'HEAD'), await get(key, { range: 'bytes=0-' })]
    expect(responses.map(({ status, headers }) => [status, headers.get('content-length')])).toEqual([
      [200, '0'],
      [200, '0'],
      [416, '0'],
    ])
    expect(responses[2]!.headers.get('content-range')).toBe('bytes */0')
  })
})

describe('a condition', () => {
  it.each<[string, (etag: string, modified: string) => Record<string, string>, number]>([
    ['If-None-Match with the tag', (etag) => ({ 'if-none-match': etag }), 304],
    ['If-None-Match with the weak tag', (etag) => ({ 'if-none-match': `W/${etag}` }), 304],
    ['If-None-Match with a list', (etag) => ({ 'if-none-match': `"a", ${etag}` }), 304],
    ['If-None-Match with *', () => ({ 'if-none-match': '*' }), 304],
    ['If-None-Match with another tag', () => ({ 'if-none-match': '"a"' }), 200],
    ['If-None-Match with the bare tag', (etag) => ({ 'if-none-match': etag.slice(1, -1) }), 200],
    ['If-Modified-Since the date', (_etag, date) => ({ 'if-modified-since': date }), 304],
    ['If-Modified-Since long ago', () => ({ 'if-modified-since': 'Sat, 01 Jan 2000 00:00:00 GMT' }), 200],
    ['If-Modified-Since nonsense', () => ({ 'if-modified-since': 'yesterday evening' }), 200],
    ['another tag and the date', (_etag, date) => ({ 'if-none-match': '"a"', 'if-modified-since': date }), 200],
    ['If-Match with the tag', (etag) => ({ 'if-match': etag }), 200],
    ['If-Match with *', () => ({ 'if-match': '*' }), 200],
    ['If-Match with the weak tag', (etag) => ({ 'if-match': `W/${etag}` }), 412],
    ['If-Match with another tag', () => ({ 'if-match': '"a"' }), 412],
    ['If-Unmodified-Since the date', (_etag, date) => ({ 'if-unmodified-since': date }), 200],
    ['If-Unmodified-Since long ago', () => ({ 'if-unmodified-since': 'Sat, 01 Jan 2000 00:00:00 GMT' }), 412],
    [
      'If-Match with the tag and an old date',
      (etag) => ({ 'if-match': etag, 'if-unmodified-since': 'Sat, 01 Jan 2000 00:00:00 GMT' }),
      200,
    ],
  ])('%s is kept', async (_what, headersFor, status) => {
    const key = await store('poster.jpg')
    const { headers } = await get(key)
    const response = await get(key, headersFor(headers.get('etag')!, headers.get('last-modified')!))
    expect(response.status).toBe(status)
    expect((await response.arrayBuffer()).byteLength).toBe(status === 200 ? sampleFile('jpg').byteLength : 0)
  })

  it.each<[string, (etag: string, modified: string) => string, number]>([
    ['the tag', (etag) => etag, 206],
    ['the date', (_etag, date) => date, 206],
    ['another tag', () => '"a"', 200],
    ['the weak tag', (etag) => `W/${etag}`, 200],
    ['another date', () => 'Sat, 01 Jan 2000 00:00:00 GMT', 200],
    ['a later date', () => 'Fri, 01 Jan 2100 00:00:00 GMT', 200],
    ['nonsense', () => 'nonsense', 200],
  ])('If-Range with %s is kept', async (_what, valueFor, status) => {
    const key = await store('poster.jpg')
    const { headers } = await get(key)
    const ifRange = valueFor(headers.get('etag')!, headers.get('last-modified')!)
    expect((await get(key, { range: 'bytes=0-3', 'if-range': ifRange })).status).toBe(status)
  })
})
