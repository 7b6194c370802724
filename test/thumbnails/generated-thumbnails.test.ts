import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Thumbnails } from 'vitrine'
import type { FilePreview } from '../../src/contract/media.ts'
import { destroyFile, hideFile, restoreFile } from '../../src/storage/clean-up/trash-files.ts'
import { blackPng } from '../support/hostile-images.ts'
import { openMediaWorld } from '../support/media-world.ts'
import { type MovieAdmin, type MovieWorld, startMovieAdmin } from '../support/movie-admin.ts'
import { readError, readJson } from '../support/read-json.ts'
import { sampleFile } from '../support/sample-files.ts'
import { quartered, getQuarters } from '../support/sample-images.ts'
import { printFigure } from '../storage/print-figure.ts'

const TRAILER = '/api/media/movie/trailer'

let world: MovieWorld
let admin: MovieAdmin
let sample: Uint8Array<ArrayBuffer>

// What videos show of themselves is tested apart: here they have what they are given.
const thumbnails = new Thumbnails({ ffmpeg: false })

beforeAll(async () => {
  world = await openMediaWorld()
  admin = await startMovieAdmin(world, { thumbnails })
  sample = new Uint8Array(await quartered(1600, 800).webp({ quality: 90 }).toBuffer())
})

afterAll(() => world.close())

const storeVideo = (name = 'film.mp4') => admin.storages.trailer.storeFile(name, sampleFile('mp4', 5000))

interface Given {
  contentType?: string
  column?: string
}

function give(
  fileKey: string,
  body: Uint8Array<ArrayBuffer>,
  { contentType = 'image/webp', column = TRAILER }: Given = {},
) {
  return admin.send(`${column}/${fileKey}/picture`, { method: 'PUT', body, headers: { 'content-type': contentType } })
}

const getThumbnail = (fileKey: string, width = 320) => admin.send(`${TRAILER}/${fileKey}/thumbnail?width=${width}`)

const getBytes = async (response: Response) => new Uint8Array(await response.arrayBuffer())

/** What is kept of a file, by name. */
async function kept(fileKey: string): Promise<string[]> {
  const names = await readdir(join(world.folder, 'trailer/.vitrine/thumbnails', fileKey)).catch(() => [])
  return names.toSorted((one, other) => one.localeCompare(other))
}

describe('the picture that a film or a PDF is given', () => {
  it.each(['film.mp4', 'film.webm', 'film.mov', 'paper.pdf'])('makes the thumbnails of %s', async (name) => {
    const fileKey = await admin.storages.trailer.storeFile(name, sampleFile(name.split('.')[1]!, 5000))
    expect((await getThumbnail(fileKey)).status).toBe(204)
    const given = await give(fileKey, sample)
    const preview = await readJson<FilePreview>(given)
    expect([given.status, preview.width, preview.height]).toEqual([201, 1600, 800])
    const response = await getThumbnail(fileKey)
    expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([
      200,
      'image/webp',
      'private, max-age=31536000, immutable',
    ])
    const thumbnail = await getBytes(response)
    expect((await sharp(thumbnail).metadata()).width).toBe(320)
    expect(await getQuarters(thumbnail)).toEqual(['red', 'lime', 'blue', 'white'])
    expect(await kept(fileKey)).toEqual(['320.webp', 'picture.webp', 'preview.json'])
  })

  it.each(['image/jpeg', 'image/png'] as const)('may be %s', async (contentType) => {
    const fileKey = await storeVideo()
    const encoded = quartered(400, 200).toFormat(contentType === 'image/png' ? 'png' : 'jpeg')
    expect((await give(fileKey, new Uint8Array(await encoded.toBuffer()), { contentType })).status).toBe(201)
    expect(await getQuarters(await getBytes(await getThumbnail(fileKey)))).toEqual(['red', 'lime', 'blue', 'white'])
  })

  it('stays when another one is sent, since browsers keep its thumbnails for a year', async () => {
    const fileKey = await storeVideo()
    const first = await give(fileKey, sample)
    const other = new Uint8Array(await sharp(blackPng(64, 64)).webp().toBuffer())
    const second = await give(fileKey, other)
    const { width } = await readJson<FilePreview>(second)
    expect([first.status, second.status, width]).toEqual([201, 200, 1280])
    expect(await getQuarters(await getBytes(await getThumbnail(fileKey)))).toEqual(['red', 'lime', 'blue', 'white'])
    const both = await storeVideo()
    const responses = await Promise.all(Array.from({ length: 20 }, () => give(both, sample)))
    const created = responses.filter(({ status }) => status === 201)
    expect([created.length, responses.filter(({ status }) => status === 200).length]).toEqual([1, 19])
  })

  it('is encoded anew: nothing that was hidden in it is kept', async () => {
    const fileKey = await storeVideo()
    const script = '<script>alert(1)</script>'
    const jpeg = await quartered(400, 200)
      .withExif({ IFD0: { ImageDescription: script, Copyright: 'hidden' } })
      .jpeg()
      .toBuffer()
    const polyglot = new Uint8Array(Buffer.concat([jpeg, Buffer.from(`PK\x03\x04${script}`)]))
    expect((await give(fileKey, polyglot, { contentType: 'image/jpeg' })).status).toBe(201)
    const response = await getBytes(await getThumbnail(fileKey, 1280))
    expect(Buffer.from(response).includes('script')).toBe(false)
    const file = await admin.storages.trailer.hiddenFiles.open(`thumbnails/${fileKey}/picture.webp`)
    expect(Buffer.from(await file!.arrayBuffer()).includes('script')).toBe(false)
    expect((await sharp(response).metadata()).exif).toBeUndefined()
  })

  it('goes with its file, stays while that is in the trash, and goes when that is destroyed', async () => {
    const { trailer } = admin.storages
    const deleted = await storeVideo()
    const bulk = await storeVideo()
    const trashed = await storeVideo()
    for (const fileKey of [deleted, bulk, trashed]) {
      await give(fileKey, sample)
      await getThumbnail(fileKey)
    }
    await trailer.deleteFile(deleted)
    await trailer.bulkDeleteFiles([bulk])
    expect([await kept(deleted), await kept(bulk)]).toEqual([[], []])
    const place = { key: trashed, runId: '20260101T000000000Z-00000000' }
    await hideFile([trailer.hiddenFiles], place)
    expect(await kept(trashed)).toEqual(['picture.webp', 'preview.json'])
    expect((await getThumbnail(trashed)).status).toBe(404)
    await restoreFile([trailer.hiddenFiles], place)
    expect((await getThumbnail(trashed)).status).toBe(200)
    expect(await kept(trashed)).toEqual(['320.webp', 'picture.webp', 'preview.json'])
    await hideFile([trailer.hiddenFiles], place)
    await destroyFile([trailer.hiddenFiles], place)
    await trailer.bulkDeleteFiles([trashed])
    expect(await kept(trashed)).toEqual([])
  })
})

describe('a picture is refused', () => {
  it.each([
    [
      'that is HTML',
      {
        contentType: 'image/webp',
        content: () => Buffer.from('<!doctype html><script>alert(1)</script>'),
        status: 415,
      },
    ],
    [
      'that is HTML and says so',
      { contentType: 'text/html', content: () => Buffer.from('<!doctype html>'), status: 415 },
    ],
    ['that is SVG', { contentType: 'image/svg+xml', content: () => sampleFile('svg'), status: 415 }],
    ['that is SVG and says it is PNG', { contentType: 'image/png', content: () => sampleFile('svg'), status: 415 }],
    ['that is a GIF', { contentType: 'image/gif', content: () => Buffer.from('GIF89a'), status: 415 }],
    ['that is a PNG and says it is WebP', { contentType: 'image/webp', content: () => blackPng(8, 8), status: 415 }],
    ['without a type', { contentType: '', content: () => blackPng(8, 8), status: 415 }],
    ['that is empty', { contentType: 'image/webp', content: () => new Uint8Array(0), status: 415 }],
    ['that only begins like one', { contentType: 'image/jpeg', content: () => sampleFile('jpg', 3000), status: 422 }],
    ['that is cut off', { contentType: 'image/webp', content: () => sample.subarray(0, 2000), status: 422 }],
    ['of more than 2 MB', { contentType: 'image/png', content: () => sampleFile('png', 2_000_001), status: 413 }],
    ['of 900 million pixels', { contentType: 'image/png', content: () => blackPng(30_000, 30_000), status: 422 }],
    ['of 16 million pixels and a row', { contentType: 'image/png', content: () => blackPng(4001, 4000), status: 422 }],
  ])('%s', async (_what, { contentType, content, status }) => {
    const fileKey = await storeVideo()
    const started = performance.now()
    const response = await give(fileKey, new Uint8Array(content()), { contentType })
    const time = performance.now() - started
    expect([response.status, await kept(fileKey)]).toEqual([status, []])
    expect(time).toBeLessThan(10_000)
    expect((await getThumbnail(fileKey)).status).toBe(204)
  })

  it('for a file that is a picture or a song itself', async () => {
    for (const name of ['photo.jpg', 'drawing.svg', 'song.mp3', 'table.csv']) {
      const fileKey = await admin.storages.trailer.storeFile(name, sampleFile(name.split('.')[1]!, 500))
      expect([name, ...(await readError(await give(fileKey, sample)))]).toEqual([name, 422, 'NO_THUMBNAIL'])
      expect(await kept(fileKey)).toEqual([])
    }
  })

  it('for a file of another column, and for one that is not there', async () => {
    const fileKey = await storeVideo()
    const paths = ['movie/poster', 'movie/screenshots', 'director/photo', 'movie/title', 'nothing/trailer']
    const responses = await Promise.all(paths.map((path) => give(fileKey, sample, { column: `/api/media/${path}` })))
    const nowhere = ['film-3beac950-7721-46c9-9e7d-5e908ef51011.mp4', '..%2f..%2ffilm.mp4', '.vitrine', '%00.mp4']
    const others = await Promise.all(nowhere.map((key) => give(key, sample)))
    expect([...responses, ...others].map(({ status }) => status)).toEqual(Array.from({ length: 9 }, () => 404))
    const columns = ['poster', 'screenshots', 'photo', 'trailer']
    const folders = await Promise.all(
      columns.map((column) => readdir(join(world.folder, column, '.vitrine/thumbnails')).catch(() => [])),
    )
    expect(folders.flat().filter((name) => name === fileKey || nowhere.includes(name))).toEqual([])
  })

  it('from strangers, from other sites, and where nothing can be changed', async () => {
    const fileKey = await storeVideo()
    const path = `${TRAILER}/${fileKey}/picture`
    const headers = { 'content-type': 'image/webp' }
    const stranger = await admin.send(path, { method: 'PUT', body: sample, headers, cookie: null })
    const cross = { ...headers, origin: 'https://evil.example' }
    const elsewhere = await admin.send(path, { method: 'PUT', body: sample, headers: cross })
    const readOnly = await startMovieAdmin(world, { readOnly: true })
    const refused = await readOnly.send(path, { method: 'PUT', body: sample, headers })
    expect([stranger.status, elsewhere.status, refused.status]).toEqual([401, 403, 405])
    expect(await kept(fileKey)).toEqual([])
    const others = await Promise.all(['GET', 'POST', 'DELETE'].map((method) => admin.send(path, { method })))
    expect(others.map(({ status }) => status)).toEqual([405, 405, 405])
  })

  it('where nothing renders', async () => {
    const plain = await startMovieAdmin(world, { thumbnails: new Thumbnails({ renderer: 'none' }) })
    const fileKey = await storeVideo()
    const headers = { 'content-type': 'image/webp' }
    const response = await plain.send(`${TRAILER}/${fileKey}/picture`, { method: 'PUT', body: sample, headers })
    expect(await readError(response)).toEqual([422, 'NO_THUMBNAIL'])
    expect(await readJson(await plain.send('/api/session'))).toMatchObject({ acceptsImages: false })
    expect(await readJson(await admin.send('/api/session'))).toMatchObject({ acceptsImages: true })
  })
})

describe('the preview of a file', () => {
  const getPreview = async (reporter: Thumbnails, fileKey: string) =>
    (await reporter.previews(admin.storages.poster, [fileKey])).get(fileKey)
  const photo = async () => new Uint8Array(await quartered(800, 400).withMetadata({ orientation: 6 }).jpeg().toBuffer())

  it('is made with its first thumbnail', async () => {
    const fileKey = await admin.storages.poster.storeFile('photo.jpg', await photo())
    const path = `/api/media/movie/poster/${fileKey}`
    expect(await getPreview(thumbnails, fileKey)).toBeUndefined()
    expect((await admin.send(`${path}/thumbnail?width=160`)).status).toBe(200)
    const preview = (await getPreview(thumbnails, fileKey))!
    // As the camera was held: it lies on its side.
    expect([preview.width, preview.height]).toEqual([400, 800])
    expect(preview.placeholder.length).toBeLessThanOrEqual(400)
    const bytes = Buffer.from(preview.placeholder.replace('data:image/webp;base64,', ''), 'base64')
    const { width, height, format } = await sharp(bytes).metadata()
    expect([width, height, format]).toEqual([12, 24, 'webp'])
    // Quarters of an image that lies on its side, clockwise.
    expect(await getQuarters(bytes)).toEqual(['blue', 'red', 'white', 'lime'])
    expect(await getPreview(new Thumbnails(), fileKey)).toEqual(preview)
  })

  it('is short for whatever the picture is', async () => {
    const pixels = crypto.getRandomValues(new Uint8Array(60 * 60 * 4))
    const noisy = { raw: { width: 60, height: 60, channels: 4 as const } }
    const images = {
      'noise.png': await sharp(pixels, noisy).png().toBuffer(),
      'large-noise.png': await sharp(pixels, noisy).resize(900, 900, { kernel: 'nearest' }).png().toBuffer(),
      'strip.png': Buffer.from(blackPng(4000, 2)),
      'dot.png': Buffer.from(blackPng(1, 1)),
    }
    for (const [name, content] of Object.entries(images)) {
      const fileKey = await admin.storages.poster.storeFile(name, content)
      const path = `/api/media/movie/poster/${fileKey}`
      expect((await admin.send(`${path}/thumbnail?width=64`)).status).toBe(200)
      const preview = await getPreview(thumbnails, fileKey)
      printFigure(`placeholder of ${name}: ${preview!.placeholder.length} characters`)
      expect(preview!.placeholder.length).toBeLessThanOrEqual(400)
    }
  })

  it('is believed only if it looks like one', async () => {
    const { poster } = admin.storages
    const fileKey = await poster.storeFile('photo.jpg', await photo())
    const forged = [
      '<script>',
      'null',
      '{"width":1,"height":1}',
      '{"width":1,"height":1,"placeholder":"https://evil.example/a.png"}',
      '{"width":1,"height":1,"placeholder":"data:image/svg+xml;base64,PHN2Zz4="}',
      `{"width":1,"height":1,"placeholder":"data:image/webp;base64,${'A'.repeat(500)}"}`,
      '{"width":-1,"height":1,"placeholder":"data:image/webp;base64,AAAA"}',
      '{"width":"1","height":1,"placeholder":"data:image/webp;base64,AAAA"}',
    ]
    for (const content of forged) {
      await poster.hiddenFiles.write(`thumbnails/${fileKey}/preview.json`, new Blob([content]))
      expect([content, await getPreview(new Thumbnails(), fileKey)]).toEqual([content, undefined])
    }
  })

  it('holds up no list, however slow the storage is', async () => {
    const { trailer } = admin.storages
    const slow = new Thumbnails()
    const fileKeys = await Promise.all(Array.from({ length: 40 }, () => storeVideo()))
    let opened = 0
    const hiddenFiles = Object.create(trailer.hiddenFiles, {
      open: {
        value: async () => {
          opened += 1
          return new Promise(() => {})
        },
      },
    }) as typeof trailer.hiddenFiles
    const storage = Object.create(trailer, { hiddenFiles: { value: hiddenFiles } }) as typeof trailer
    const started = performance.now()
    const previews = await slow.previews(storage, fileKeys)
    const time = performance.now() - started
    printFigure(`40 previews of a storage that never answers: a list waits ${Math.round(time)} ms for them`)
    expect([previews.size, opened]).toEqual([0, 16])
    expect(time).toBeLessThan(5000)
  })
})
