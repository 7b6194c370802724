import { afterAll, beforeAll, expect, it } from 'vitest'
import { contentDisposition } from '../../src/storage/urls/content-disposition.ts'
import { openMediaWorld } from '../support/media-world.ts'
import { type MovieAdmin, type MovieWorld, startMovieAdmin } from '../support/movie-admin.ts'

let world: MovieWorld
let admin: MovieAdmin

beforeAll(async () => {
  world = await openMediaWorld()
  admin = await startMovieAdmin(world)
})

afterAll(() => world.close())

it.each([
  ['poster.jpg', 'filename="poster.jpg"'],
  ['my poster (1).jpg', 'filename="my poster (1).jpg"'],
  ["o'neill.jpg", 'filename="o\'neill.jpg"'],
  ['a;b=c,d.jpg', 'filename="a;b=c,d.jpg"'],
  ['a&b<c>d|e.jpg', 'filename="a&b<c>d|e.jpg"'],
  ['$(id)`id`.jpg', 'filename="$(id)`id`.jpg"'],
  ['a!#$^*[]{}.jpg', 'filename="a!#$^*[]{}.jpg"'],
  ['', 'filename=""'],
  ['a"b.jpg', `filename="a_b.jpg"; filename*=UTF-8''a%22b.jpg`],
  ['a\\b.jpg', `filename="a_b.jpg"; filename*=UTF-8''a%5Cb.jpg`],
  ['a\\"b.jpg', `filename="a__b.jpg"; filename*=UTF-8''a%5C%22b.jpg`],
  ['50%.jpg', `filename="50_.jpg"; filename*=UTF-8''50%25.jpg`],
  ['a%22b.jpg', `filename="a_22b.jpg"; filename*=UTF-8''a%2522b.jpg`],
  ['a%0d%0ab.jpg', `filename="a_0d_0ab.jpg"; filename*=UTF-8''a%250d%250ab.jpg`],
  ['\'()*".jpg', `filename="'()*_.jpg"; filename*=UTF-8''%27%28%29%2A%22.jpg`],
  ['a\r\nSet-Cookie: x=1.jpg', `filename="a__Set-Cookie: x=1.jpg"; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20x%3D1.jpg`],
  ['a\nb.jpg', `filename="a_b.jpg"; filename*=UTF-8''a%0Ab.jpg`],
  ['a\rb.jpg', `filename="a_b.jpg"; filename*=UTF-8''a%0Db.jpg`],
  ['a\tb.jpg', `filename="a_b.jpg"; filename*=UTF-8''a%09b.jpg`],
  ['a\u0000b.jpg', `filename="a_b.jpg"; filename*=UTF-8''a%00b.jpg`],
  ['a\u007fb.jpg', `filename="a_b.jpg"; filename*=UTF-8''a%7Fb.jpg`],
  ['a\u0085b.jpg', `filename="a_b.jpg"; filename*=UTF-8''a%C2%85b.jpg`],
  ['a\u2028b.jpg', `filename="a_b.jpg"; filename*=UTF-8''a%E2%80%A8b.jpg`],
  ['été.jpg', `filename="_t_.jpg"; filename*=UTF-8''%C3%A9t%C3%A9.jpg`],
  ['e\u0301.jpg', `filename="e_.jpg"; filename*=UTF-8''e%CC%81.jpg`],
  ['€ rates.jpg', `filename="_ rates.jpg"; filename*=UTF-8''%E2%82%AC%20rates.jpg`],
  ['映画.jpg', `filename="__.jpg"; filename*=UTF-8''%E6%98%A0%E7%94%BB.jpg`],
  ['🎬.jpg', `filename="_.jpg"; filename*=UTF-8''%F0%9F%8E%AC.jpg`],
  ['\ud800.jpg', `filename="_.jpg"; filename*=UTF-8''%EF%BF%BD.jpg`],
  ['gpj.\u202eexe.jpg', `filename="gpj._exe.jpg"; filename*=UTF-8''gpj.%E2%80%AEexe.jpg`],
  [`${'a'.repeat(250)}.jpg`, `filename="${'a'.repeat(250)}.jpg"`],
  [`${'é'.repeat(100)}.jpg`, `filename="${'_'.repeat(100)}.jpg"; filename*=UTF-8''${'%C3%A9'.repeat(100)}.jpg`],
])('%j is named safely, and rightly where that is possible', (name, parameters) => {
  const header = contentDisposition('attachment', name)
  expect(header).toBe(`attachment; ${parameters}`)
  expect(header).toMatch(/^[\x20-\x7e]*$/)
  // What a header may not hold, the web's own type refuses.
  expect(new Headers({ 'content-disposition': header }).get('content-disposition')).toBe(header)
})

it.each([
  ['映画 50%.mp4', `filename="__ 50_.mp4"; filename*=UTF-8''%E6%98%A0%E7%94%BB%2050%25.mp4`],
  [`it's "it".mp4`, `filename="it's _it_.mp4"; filename*=UTF-8''it%27s%20%22it%22.mp4`],
])('a download of %s has the name it was uploaded with', async (name, parameters) => {
  const key = await admin.storages.trailer.storeFile(name, new Uint8Array(10))
  const response = await admin.send(`/api/media/movie/trailer/${encodeURIComponent(key)}?download`)
  expect(response.headers.get('content-disposition')).toBe(`attachment; ${parameters}`)
})
