import sharp from 'sharp'
import { expect } from 'vitest'
import { blackPng } from './hostile-images.ts'
import { type TusRequests, getFileKey, getMetadata } from './tus-requests.ts'

/** A column whose content is looked at, as a test sees it from outside. */
export interface CheckedColumn {
  tus: TusRequests
  /** The same column on a server that was told stricter rules: no SVG, and at most 100,000 bytes. */
  stricter: TusRequests
  /** Names of the files that can be seen. */
  visible: () => Promise<string[]>
  /** Hidden files besides what is noted of uploads. */
  hidden: () => Promise<string[]>
  getBytes: (fileKey: string) => Promise<Uint8Array>
}

/** Longest file of such a column, in bytes. */
export const MAX_BYTES = 300_000

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script><path d="M0 0h9v9z"/></svg>'

/** A photo of a place, with who took it. */
async function photo(): Promise<Uint8Array<ArrayBuffer>> {
  const pixels = Uint8Array.from({ length: 300 * 200 * 3 }, (_, index) => (index * 37) % 256)
  const image = sharp(pixels, { raw: { width: 300, height: 200, channels: 3 } }).withExif({
    IFD0: { Artist: 'OWNER-ADA' },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '47/1 22/1 30/1', GPSMapDatum: 'ZURICH-PLACE' },
  })
  return new Uint8Array(await image.jpeg().toBuffer())
}

/** Sends a file in two requests, and returns the second answer. */
async function send(tus: TusRequests, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Response> {
  const path = await tus.create(name, bytes.byteLength)
  const half = Math.floor(bytes.byteLength / 2)
  expect((await tus.patch(path, 0, { body: bytes.slice(0, half) })).status).toBe(204)
  return tus.patch(path, half, { body: bytes.slice(half) })
}

async function getError(response: Response): Promise<[status: number, code: string, message: string]> {
  const { error }: { error: { code: string; message: string } } = JSON.parse(await response.text())
  return [response.status, error.code, error.message]
}

/** What a column does with files that must not be stored as they are, and how many it stores of them. */
export const CONTENT_CASES: readonly [
  title: string,
  stored: number,
  check: (column: CheckedColumn) => Promise<void>,
][] = [
  [
    'an SVG is stored without what could act',
    1,
    async ({ tus, getBytes }) => {
      const fileKey = getFileKey(await send(tus, 'logo.svg', new TextEncoder().encode(SVG)))
      expect(Buffer.from(await getBytes(fileKey!)).toString()).toBe(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><path d="M0 0h9v9z"></path></svg>',
      )
    },
  ],
  [
    'a photo loses the place, and nothing else',
    1,
    async ({ tus, getBytes }) => {
      const original = await photo()
      const bytes = Buffer.from(await getBytes(getFileKey(await send(tus, 'photo.jpg', original))!))
      const marks = (content: Buffer) => ['ZURICH-PLACE', 'OWNER-ADA'].filter((mark) => content.includes(mark))
      expect([marks(Buffer.from(original)), marks(bytes)]).toEqual([['ZURICH-PLACE', 'OWNER-ADA'], ['OWNER-ADA']])
      expect(await sharp(bytes).raw().toBuffer()).toEqual(await sharp(original).raw().toBuffer())
    },
  ],
  [
    'a page under the name of a picture is refused, and both are named',
    0,
    async ({ tus }) => {
      const page = new TextEncoder().encode('<!doctype html><script>alert(1)</script>')
      expect(await getError(await send(tus, 'holiday.png', page))).toEqual([
        415,
        'FILE_CONTENT_MISMATCH',
        'holiday.png is not a PNG image: its content is HTML.',
      ])
    },
  ],
  [
    'a picture of 30,000 by 30,000 pixels is refused',
    0,
    async ({ tus }) => {
      const bomb = Uint8Array.from(blackPng(30_000, 30_000))
      expect((await getError(await send(tus, 'bomb.png', bomb))).slice(0, 2)).toEqual([422, 'IMAGE_TOO_LARGE'])
    },
  ],
  [
    'the size is that of what arrives, whatever was told',
    0,
    async ({ tus }) => {
      const bytes = new Uint8Array(MAX_BYTES + 1)
      const named = { 'upload-metadata': getMetadata({ filename: 'film.mp4' }) }
      const declared = await tus.post({ ...named, 'upload-length': String(MAX_BYTES + 1) })
      expect(declared.status).toBe(413)
      const short = await tus.create('film.mp4', 1000)
      expect((await tus.patch(short, 0, { body: bytes })).status).toBe(413)
      expect((await tus.patch(short, 0, { body: new Blob([bytes]).stream() })).status).toBe(413)
      const later = { ...named, 'upload-defer-length': '1' }
      const deferred = (await tus.post(later)).headers.get('location')!
      expect((await tus.patch(deferred, 0, { body: new Blob([bytes]).stream() })).status).toBe(413)
      for (const path of [short, deferred]) expect((await tus.remove(path)).status).toBe(204)
    },
  ],
  [
    'rules that became stricter hold for what was begun before',
    0,
    async ({ tus, stricter }) => {
      const [drawing, movie] = [new TextEncoder().encode(SVG), new Uint8Array(MAX_BYTES)]
      const started = {
        drawing: await tus.create('logo.svg', drawing.byteLength),
        movie: await tus.create('a.mp4', MAX_BYTES),
      }
      expect((await getError(await stricter.patch(started.drawing, 0, { body: drawing }))).slice(0, 2)).toEqual([
        415,
        'FILE_TYPE_NOT_ALLOWED',
      ])
      expect((await getError(await stricter.patch(started.movie, 0, { body: movie }))).slice(0, 2)).toEqual([
        413,
        'FILE_TOO_LARGE',
      ])
      expect([(await tus.head(started.drawing)).status, (await tus.head(started.movie)).status]).toEqual([410, 410])
    },
  ],
]

const encoded = (name: string) => Buffer.from(name).toString('base64')

/** Headers `Upload-Metadata`, and what is answered. The admin cleans names. */
const METADATA: readonly [header: string, status: number, name: string | null][] = [
  [`filename ${encoded('film.mp4')}`, 201, 'film.mp4'],
  [`name ${encoded('film.mp4')}`, 201, 'film.mp4'],
  [`filename ${encoded('../../../etc/cron.d/film.mp4')}`, 201, 'film.mp4'],
  [`filename ${encoded('C:\\temp\\film.mp4')}`, 201, 'film.mp4'],
  [`filename ${encoded('film\u0000.png.mp4')}`, 201, 'film-.png.mp4'],
  [`filename ${encoded('film\r\nSet-Cookie: stolen=1\r\n.mp4')}`, 201, 'film-Set-Cookie- stolen-1-.mp4'],
  [`filename ${encoded('film\u202e4pm.mp4')}`, 201, 'film4pm.mp4'],
  [`filename ${Buffer.from('film\xff\xfe.mp4', 'latin1').toString('base64')}`, 201, 'film-.mp4'],
  [`filename ${encoded(`${'x'.repeat(8000)}.mp4`)}`, 201, `${'x'.repeat(8000)}.mp4`],
  [`filename ${encoded('film.mp4')},filename ${encoded('film.exe')}`, 400, null],
  [`filename ${encoded('.mp4')}`, 422, null],
  [`filename ${encoded('..')}`, 422, null],
  [`filename ${encoded('film..mp4')}`, 201, 'film.mp4'],
  [`filename ${encoded('movie')}`, 422, null],
  [`filename ${encoded('film.mp4.exe')}`, 415, null],
  [`filename ${encoded('film.mp4\u0000')}`, 422, null],
  ['filename', 400, null],
  ['filename ', 400, null],
  ['filename !!!not-base64!!!', 400, null],
  ['filename Zmls bS5tcDQ=', 400, null],
  [',,,', 400, null],
  ['', 400, null],
]

/** Begins an upload for each of these headers, and takes it back. */
export async function expectNames(tus: TusRequests): Promise<void> {
  for (const [header, status, name] of METADATA) {
    const response = await tus.post({ 'upload-length': '10', 'upload-metadata': header })
    expect([header, response.status, response.headers.get('set-cookie')]).toEqual([header, status, null])
    if (name === null) continue
    const path = response.headers.get('location')!
    expect(await tus.describe(path)).toMatchObject({ name })
    expect((await tus.head(path)).headers.get('upload-metadata')).toBe(header)
    // What a later request says about the name counts for nothing.
    const renaming = { 'upload-metadata': getMetadata({ filename: 'film.exe' }) }
    expect((await tus.patch(path, 0, { body: new Uint8Array(1), headers: renaming })).status).toBe(204)
    expect(await tus.describe(path)).toMatchObject({ name })
    expect((await tus.remove(path)).status).toBe(204)
  }
}
