import { afterAll, beforeAll, expect, it } from 'vitest'
import { openMediaWorld } from '../support/media-world.ts'
import { type MovieAdmin, type MovieWorld, startMovieAdmin } from '../support/movie-admin.ts'
import { sampleFile } from '../support/sample-files.ts'

const FILE = sampleFile('mp4', 1000)

let world: MovieWorld
let admin: MovieAdmin
let path: string

beforeAll(async () => {
  world = await openMediaWorld()
  admin = await startMovieAdmin(world)
  path = `/api/media/movie/trailer/${await admin.storages.trailer.storeFile('trailer.mp4', FILE)}`
})

afterAll(() => world.close())

const HUGE = '9'.repeat(400)

it.each<[string, number, number] | [string, null]>([
  ['bytes=0-0', 0, 0],
  ['bytes=0-499', 0, 499],
  ['bytes=500-999', 500, 999],
  ['bytes=999-999', 999, 999],
  ['bytes=0-', 0, 999],
  ['bytes=999-', 999, 999],
  ['bytes=500-', 500, 999],
  ['bytes=0-999', 0, 999],
  ['bytes=0-1000', 0, 999],
  ['bytes=990-5000', 990, 999],
  [`bytes=0-${HUGE}`, 0, 999],
  ['bytes=0-18446744073709551616', 0, 999],
  ['bytes=-1', 999, 999],
  ['bytes=-500', 500, 999],
  ['bytes=-1000', 0, 999],
  ['bytes=-5000', 0, 999],
  [`bytes=-${HUGE}`, 0, 999],
  ['BYTES=0-9', 0, 9],
  ['bytes=007-008', 7, 8],
  ['bytes=1000-', null],
  ['bytes=1000-2000', null],
  [`bytes=${HUGE}-`, null],
  ['bytes=9007199254740993-', null],
  ['bytes=-0', null],
])('%.30s is answered with its bytes, or 416', async (range, first, last = 0) => {
  const response = await admin.send(path, { headers: { range } })
  const body = new Uint8Array(await response.arrayBuffer())
  if (first === null) {
    expect([response.status, response.headers.get('content-range')]).toEqual([416, 'bytes */1000'])
    expect(body.byteLength).toBe(0)
    return
  }
  expect([response.status, response.headers.get('content-range')]).toEqual([206, `bytes ${first}-${last}/1000`])
  expect(response.headers.get('content-length')).toBe(String(last - first + 1))
  expect(body).toEqual(FILE.subarray(first, last + 1))
})

it.each([
  'bytes=0-0,2-2',
  'bytes=0-999,0-999,0-999,0-999,0-999,0-999',
  `bytes=${'0-,'.repeat(1300)}0-`,
  'bytes=5-2',
  'bytes=-',
  'bytes=',
  'bytes',
  'bytes=a-b',
  'bytes=0x0-0x9',
  'bytes=1.5-2',
  'bytes=-5-9',
  'bytes=0-9;',
  'bytes 0-9',
  'items=0-9',
  '0-9',
  'bytes=０-９',
])('%.30s is answered with the whole file', async (range) => {
  const headers = new Headers()
  // A header holds bytes: what is not Latin-1 comes as UTF-8.
  headers.set('range', Buffer.from(range).toString('latin1'))
  const response = await admin.send(path, { headers })
  expect([response.status, response.headers.get('content-range')]).toEqual([200, null])
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(FILE)
})
