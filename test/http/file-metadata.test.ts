import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAdmin, tableConfig } from 'vitrine'
import { MemoryMediaStorage } from '../../examples/memory-storage/memory-media-storage.ts'
import { movie } from '../../examples/movies/schema.ts'
import type { FileInformation } from '../../src/contract/media.ts'
import { bytes } from '../content/sample-content.ts'
import { ADA, type MovieWorld } from '../support/movie-admin.ts'
import { openMovieWorld } from '../support/movie-world.ts'
import { readJson } from '../support/read-json.ts'

const storage = new MemoryMediaStorage({ column: movie.trailer, allowedExtensions: null, metadata: 'keep' })
let world: MovieWorld
let admin: ReturnType<typeof createAdmin>

beforeAll(async () => {
  world = await openMovieWorld()
  admin = createAdmin({
    db: world.db,
    tables: [tableConfig({ table: movie, mediaStorage: [storage] })],
    authenticate: async () => ({ id: '1', ...ADA }),
  })
  await admin.ready
})

afterAll(() => world.close())

/** `width × height, duration` as the information of a file tells them. */
async function metadata(name: string, content: Uint8Array<ArrayBuffer>): Promise<string> {
  const key = await storage.storeFile(name, content)
  const response = await admin.fetch(new Request(`http://admin.test/api/media/movie/trailer/${key}/info`))
  const { width, height, duration } = await readJson<FileInformation>(response)
  return `${width} × ${height}, ${duration}`
}

const ofTheDemo = async (path: string) =>
  new Uint8Array(await readFile(new URL(`../../examples/movies/media/${path}`, import.meta.url)))

it.each([
  ['trailers/long-take.mp4', '854 × 480, 60'],
  ['trailers/daybreak-season-reel.mp4', '640 × 360, 16.509'],
  ['soundtracks/salt-and-morning.mp3', 'null × null, 32.026'],
  ['posters/a-door-in-the-dam.jpg', '480 × 720, null'],
])('tells of %s: %s', async (path, expected) => {
  expect(await metadata(path.split('/').at(-1) ?? '', await ofTheDemo(path))).toBe(expected)
})

const number = (value: number, length = 4) =>
  Array.from({ length }, (_, index) => Math.floor(value / 256 ** (length - 1 - index)) % 256)
const little = (value: number) => number(value).toReversed()

const box = (type: string, ...body: (string | readonly number[] | Uint8Array)[]) => {
  const content = bytes(...body)
  return bytes(number(content.byteLength + 8), type, content)
}

const BRAND = box('ftyp', 'isom', [0, 0, 0, 0])
/** In steps of a thousandth. */
const movieHeader = (length: number) =>
  box('mvhd', new Uint8Array(12), number(1000), number(length), new Uint8Array(80))
const PLAIN = [1, 0, 0, 0, 1, 0]
const TURNED = [0, 1, 0, -1, 0, 0]
const track = (width: number, height: number, [a = 0, b = 0, , c = 0, d = 0]: number[] = PLAIN) => {
  const matrix = [a, b, 0, c, d, 0, 0, 0, 0].flatMap((value) => number((value * 65_536 + 2 ** 32) % 2 ** 32))
  return box('trak', box('tkhd', new Uint8Array(40), matrix, number(width, 2), [0, 0], number(height, 2), [0, 0]))
}
const video = (...boxes: Uint8Array[]) => bytes(BRAND, box('moov', ...boxes))

const wav = (...chunks: (string | readonly number[] | Uint8Array)[]) =>
  bytes(
    'RIFF',
    little(1000),
    'WAVEfmt ',
    little(16),
    [1, 0, 1, 0],
    little(8000),
    little(16_000),
    [2, 0, 16, 0],
    ...chunks,
  )

const element = (id: readonly number[], ...body: (string | readonly number[] | Uint8Array)[]) => {
  const content = bytes(...body)
  return bytes(id, [0x40 + Math.floor(content.byteLength / 256), content.byteLength % 256], content)
}
const double = (value: number) => new Uint8Array(new Float64Array([value]).buffer).toReversed()
const webm = (...info: Uint8Array[]) =>
  bytes(
    element([0x1a, 0x45, 0xdf, 0xa3], element([0x42, 0x82], 'webm')),
    [0x18, 0x53, 0x80, 0x67, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    element([0x15, 0x49, 0xa9, 0x66], ...info),
    element(
      [0x16, 0x54, 0xae, 0x6b],
      element([0xae], element([0xe0], element([0xb0], [2, 128]), element([0xba], [1, 104]))),
    ),
  )

const FLAC = bytes('fLaC\0\0\0\x22', new Uint8Array(10), [0x0a, 0xc4, 0x42, 0xf0, 0, 2, 0xb1, 0x10], new Uint8Array(16))

const SAMPLES: [what: string, name: string, content: Uint8Array<ArrayBuffer>, expected: string][] = [
  ['a film', 'a.mp4', video(movieHeader(2500), track(0, 0), track(1920, 1080)), '1920 × 1080, 2.5'],
  ['a film that was turned', 'a.mov', video(movieHeader(2500), track(1920, 1080, TURNED)), '1080 × 1920, 2.5'],
  ['a sound', 'a.m4a', video(movieHeader(61_000), track(0, 0)), 'null × null, 61'],
  [
    'a film in fragments',
    'a.mp4',
    video(movieHeader(0), track(320, 240), box('mvex', box('mehd', [0, 0, 0, 0], number(7000)))),
    '320 × 240, 7',
  ],
  [
    'a film whose header comes last',
    'a.mp4',
    bytes(BRAND, box('mdat', new Uint8Array(300_000)), video(movieHeader(1000), track(8, 6)).subarray(BRAND.length)),
    '8 × 6, 1',
  ],
  ['a film without an end', 'a.mp4', video(movieHeader(0), track(320, 240)), '320 × 240, null'],
  ['a film that was cut off', 'a.mp4', video(movieHeader(1000)).subarray(0, 36), 'null × null, null'],
  ['a header of no time', 'a.mp4', video(box('mvhd', new Uint8Array(96))), 'null × null, null'],
  ['a sound of one second', 'a.wav', wav('data', little(16_000), new Uint8Array(16_000)), 'null × null, 1'],
  [
    'texts before the sound',
    'a.wav',
    wav('LIST', little(3), [65, 66, 67, 0], 'data', little(8000), new Uint8Array(8000)),
    'null × null, 0.5',
  ],
  ['more sound than there is', 'a.wav', wav('data', little(2 ** 32 - 2), new Uint8Array(4000)), 'null × null, 0.25'],
  ['a WAV without sound', 'a.wav', wav(), 'null × null, null'],
  ['a WebM', 'a.webm', webm(element([0x44, 0x89], double(2008))), '640 × 360, 2.008'],
  [
    'a WebM of longer steps',
    'a.webm',
    webm(element([0x2a, 0xd7, 0xb1], number(2_000_000)), element([0x44, 0x89], double(3000))),
    '640 × 360, 6',
  ],
  ['a WebM that was recorded live', 'a.webm', webm(), '640 × 360, null'],
  ['a FLAC', 'a.flac', FLAC, 'null × null, 4'],
  ['a text', 'a.txt', bytes('text'), 'null × null, null'],
]

it.each(SAMPLES.map(([what], index) => [what, index] as const))('tells of %s (%i)', async (_, index) => {
  const [, name = '', content = bytes(), expected] = SAMPLES[index] ?? []
  expect(await metadata(name, content)).toBe(expected)
})

it('does not look behind a thousand boxes', async () => {
  const room = Array.from({ length: 1000 }, () => box('free'))
  const end = video(movieHeader(1000), track(8, 6)).subarray(BRAND.length)
  expect(await metadata('a.mp4', bytes(BRAND, ...room, end))).toBe('null × null, null')
})
