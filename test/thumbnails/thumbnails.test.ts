import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ErrorResponse } from '../../src/contract/error.ts'
import { openMediaWorld } from '../support/media-world.ts'
import { type MovieAdmin, type MovieWorld, startMovieAdmin } from '../support/movie-admin.ts'
import { readJson } from '../support/read-json.ts'
import { sampleFile } from '../support/sample-files.ts'
import { quartered, getQuarters } from '../support/sample-images.ts'

let world: MovieWorld
let admin: MovieAdmin

beforeAll(async () => {
  world = await openMediaWorld()
  admin = await startMovieAdmin(world)
})

afterAll(() => world.close())

/** Stores a file where every type is taken, and gives the path of its thumbnail. */
async function store(name: string, content: Uint8Array): Promise<string> {
  const fileKey = await admin.storages.trailer.storeFile(name, content)
  return `/api/media/movie/trailer/${encodeURIComponent(fileKey)}`
}

async function getThumbnail(name: string, content: Uint8Array, width = 160): Promise<Response> {
  return admin.send(`${await store(name, content)}/thumbnail?width=${width}`)
}

async function getBytes(response: Response): Promise<Uint8Array> {
  expect(response.status).toBe(200)
  return new Uint8Array(await response.arrayBuffer())
}

describe('a thumbnail', () => {
  it.each<[string, (photo: Sharp) => Sharp]>([
    ['photo.jpg', (photo) => photo.jpeg()],
    ['photo.jpeg', (photo) => photo.jpeg({ progressive: true })],
    ['drawing.png', (photo) => photo.png()],
    ['interlaced.png', (photo) => photo.png({ progressive: true })],
    ['sixteen-bits.png', (photo) => photo.toColourspace('rgb16').png()],
    ['palette.png', (photo) => photo.png({ palette: true })],
    ['picture.webp', (photo) => photo.webp({ lossless: true })],
    ['picture.gif', (photo) => photo.gif()],
    ['scan.tif', (photo) => photo.tiff()],
    ['picture.avif', (photo) => photo.avif()],
    ['print.jpg', (photo) => photo.toColourspace('cmyk').jpeg()],
  ])('is made of %s', async (name, encode) => {
    const photo = await encode(quartered(800, 400)).toBuffer()
    const response = await getThumbnail(name, photo)
    expect(response.headers.get('content-type')).toBe('image/webp')
    const thumbnail = await getBytes(response)
    const { format, width, height } = await sharp(thumbnail).metadata()
    expect({ format, width, height }).toEqual({ format: 'webp', width: 160, height: 80 })
    expect(await getQuarters(thumbnail)).toEqual(['red', 'lime', 'blue', 'white'])
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('is turned as orientation %d of the camera says', async (orientation) => {
    const photo = await quartered(400, 200).jpeg().withMetadata({ orientation }).toBuffer()
    const thumbnail = await getBytes(await getThumbnail('turned.jpg', photo))
    const { width, height, orientation: left } = await sharp(thumbnail).metadata()
    expect({ width, height, left }).toEqual({ width: 160, height: orientation < 5 ? 80 : 320, left: undefined })
    // Exif 2.3, tag 0x0112: where the image's own quarters come to lie.
    const turned: Record<number, string> = {
      1: 'red lime blue white',
      2: 'lime red white blue',
      3: 'white blue lime red',
      4: 'blue white red lime',
      5: 'red blue lime white',
      6: 'blue red white lime',
      7: 'white lime blue red',
      8: 'lime white red blue',
    }
    expect((await getQuarters(thumbnail)).join(' ')).toBe(turned[orientation])
  })

  it('stands still where the picture moves, and lets through what is behind it', async () => {
    const frames = await Promise.all(['red', 'blue'].map((background) => plain(background).png().toBuffer()))
    const moving = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer()
    expect((await sharp(moving).metadata()).pages).toBe(2)
    const still = await sharp(await getBytes(await getThumbnail('moving.gif', moving))).metadata()
    expect([still.pages, still.height]).toEqual([undefined, 50])
    const glass = await plain({ r: 255, g: 0, b: 0, alpha: 0.5 }).png().toBuffer()
    const { hasAlpha } = await sharp(await getBytes(await getThumbnail('glass.png', glass))).metadata()
    expect(hasAlpha).toBe(true)
  })

  it('tells nothing that the photograph tells of its place and camera', async () => {
    const photo = plain('red')
      .jpeg()
      .withExif({ IFD0: { Make: 'Camera' }, IFD3: { GPSLatitude: '52/1 30/1 0/1' } })
    const { exif, xmp, icc } = await sharp(
      await getBytes(await getThumbnail('photo.jpg', await photo.toBuffer())),
    ).metadata()
    expect([exif, xmp, icc]).toEqual([undefined, undefined, undefined])
  })

  it('is never larger than the picture, nor endlessly tall', async () => {
    const small = await sharp(
      await getBytes(await getThumbnail('small.png', await plain('red').png().toBuffer(), 1280)),
    ).metadata()
    expect([small.width, small.height]).toEqual([100, 50])
    const strip = await quartered(64, 6400).png().toBuffer()
    const tall = await sharp(await getBytes(await getThumbnail('strip.png', strip, 64))).metadata()
    expect([tall.width, tall.height]).toEqual([3, 256])
  })

  it.each([
    [null, 'image/webp'],
    ['*/*', 'image/webp'],
    ['image/avif,image/webp,image/*,*/*;q=0.8', 'image/webp'],
    ['image/avif', 'image/avif'],
    ['text/html', 'image/webp'],
  ])('for who accepts %s is %s', async (accept, contentType) => {
    const path = await store('photo.jpg', await quartered(400, 200).jpeg().toBuffer())
    const headers: Record<string, string> = accept === null ? {} : { accept }
    const response = await admin.send(`${path}/thumbnail?width=64`, { headers })
    expect(response.headers.get('content-type')).toBe(contentType)
    expect(await getQuarters(await getBytes(response))).toEqual(['red', 'lime', 'blue', 'white'])
  })

  it('is kept by the person’s own browser for a year, and by nobody else', async () => {
    const path = await store('Über (1).jpg', await quartered(400, 200).jpeg().toBuffer())
    const first = await admin.send(`${path}/thumbnail?width=64`)
    const response = await admin.send(`${path}/thumbnail?width=64`)
    for (const { headers } of [first, response]) {
      expect(Object.fromEntries(headers)).toMatchObject({
        'cache-control': 'private, max-age=31536000, immutable',
        vary: 'Accept, Cookie',
        'content-type': 'image/webp',
        'content-disposition': `inline; filename="_ber (1).webp"; filename*=UTF-8''%C3%9Cber%20%281%29.webp`,
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
      })
      expect(headers.get('content-security-policy')).toContain('sandbox')
    }
    const etag = response.headers.get('etag')!
    const again = await admin.send(`${path}/thumbnail?width=64`, { headers: { 'if-none-match': etag } })
    expect([again.status, again.headers.get('cache-control')]).toEqual([304, 'private, max-age=31536000, immutable'])
    const head = await admin.send(`${path}/thumbnail?width=64`, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([
      200,
      String((await response.arrayBuffer()).byteLength),
      '',
    ])
  })
})

describe('where there is no thumbnail', () => {
  it.each(['song.mp3', 'film.mp4', 'paper.pdf', 'table.csv', 'photo.heic', 'nothing.xyz'])(
    '%s is answered with 204, which is no failure',
    async (name) => {
      const response = await getThumbnail(name, sampleFile(name.split('.')[1]!))
      expect([response.status, await response.text(), response.headers.get('cache-control')]).toEqual([
        204,
        '',
        'private, max-age=30',
      ])
    },
  )

  it.each([
    ['empty.jpg', async () => new Uint8Array(0)],
    ['garbage.png', async () => sampleFile('png', 5000)],
    ['cut.jpg', async () => (await noise().jpeg().toBuffer()).subarray(0, 5000)],
    ['cut.png', async () => (await noise().png().toBuffer()).subarray(0, 5000)],
    ['cut.webp', async () => (await noise().webp().toBuffer()).subarray(0, 1000)],
    ['cut.gif', async () => (await noise().gif().toBuffer()).subarray(0, 5000)],
    ['cut.tif', async () => (await noise().tiff().toBuffer()).subarray(0, 5000)],
  ])('%s is refused with a sentence, and the next picture is made', async (name, content) => {
    const path = await store(name, await content())
    for (const _attempt of ['first', 'second']) {
      const response = await admin.send(`${path}/thumbnail?width=64`)
      expect([response.status, await readJson<ErrorResponse>(response)]).toEqual([
        422,
        {
          error: {
            code: 'NO_THUMBNAIL',
            message: 'The picture cannot be made smaller: it is damaged, or of a kind that cannot be read.',
          },
        },
      ])
    }
    await getBytes(await getThumbnail('next.png', await plain('red').png().toBuffer()))
  })

  it.each(['', '?width=', '?width=63', '?width=100000', '?width=64.0', '?width=0x40', '?width=-64', '?width=NaN'])(
    'thumbnail%s is refused, and the widths that there are named',
    async (query) => {
      const path = await store('small.png', await plain('red').png().toBuffer())
      const response = await admin.send(`${path}/thumbnail${query}`)
      expect([response.status, await readJson<ErrorResponse>(response)]).toEqual([
        400,
        { error: { code: 'INVALID_REQUEST', message: 'width must be one of 64, 160, 320, 640, 1280.' } },
      ])
    },
  )

  it('because the file is in another column, or nowhere, there is nothing', async () => {
    const key = await admin.storages.poster.storeFile('poster.png', await plain('red').png().toBuffer())
    const responses = await Promise.all(
      [`movie/screenshots/${key}`, 'movie/poster/nowhere.png', 'movie/poster/..%2fposter', 'movie/title/a.png'].map(
        (path) => admin.send(`/api/media/${path}/thumbnail?width=64`),
      ),
    )
    expect(responses.map(({ status }) => status)).toEqual([404, 404, 404, 404])
    const stranger = await admin.send(`/api/media/movie/poster/${key}/thumbnail?width=64`, { cookie: null })
    expect(stranger.status).toBe(401)
    expect((await admin.send(`/api/media/movie/poster/${key}/thumbnail?width=64`)).status).toBe(200)
  })
})

function plain(background: string | { r: number; g: number; b: number; alpha: number }): Sharp {
  return sharp({ create: { width: 100, height: 50, channels: 4, background } })
}

function noise(): Sharp {
  return sharp({
    create: {
      width: 300,
      height: 300,
      channels: 3,
      background: 'white',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })
}
