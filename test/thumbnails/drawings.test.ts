import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Thumbnails } from 'vitrine'
import { MemoryMediaStorage } from '../../examples/memory-storage/memory-media-storage.ts'
import { movie } from '../../examples/movies/schema.ts'
import { ANY_CONTENT } from '../support/any-content.ts'
import { HOSTILE_DRAWINGS } from '../support/hostile-drawings.ts'
import { openMediaWorld } from '../support/media-world.ts'
import { type MovieAdmin, type MovieWorld, startMovieAdmin } from '../support/movie-admin.ts'
import { quartered, getQuarters } from '../support/sample-images.ts'
import { printFigure } from '../storage/print-figure.ts'

const SVG = 'xmlns="http://www.w3.org/2000/svg"'
const QUARTERS =
  '<rect width="4" height="2" fill="red"/><rect x="4" width="4" height="2" fill="lime"/><rect y="2" width="4" height="2" fill="blue"/><rect x="4" y="2" width="4" height="2" fill="white"/>'

let world: MovieWorld
let admin: MovieAdmin

beforeAll(async () => {
  world = await openMediaWorld()
  admin = await startMovieAdmin(world)
})

afterAll(() => world.close())

/** Takes every content, as if it had been put there by other means. */
function careless(): MemoryMediaStorage {
  return new MemoryMediaStorage({ column: movie.poster, ...ANY_CONTENT, allowedExtensions: null })
}

async function render(thumbnails: Thumbnails, name: string, content: string | Uint8Array<ArrayBuffer>) {
  const storage = careless()
  const fileKey = await storage.storeFile(name, new Blob([content]))
  return thumbnails.find(storage, fileKey, { width: 640, format: 'webp' })
}

it.each([
  ['larger than itself', `<svg ${SVG} width="8" height="4">${QUARTERS}</svg>`],
  ['smaller than itself', `<svg ${SVG} width="8000" height="4000" viewBox="0 0 8 4">${QUARTERS}</svg>`],
  ['without a size of its own', `<svg ${SVG} viewBox="0 0 8 4">${QUARTERS}</svg>`],
  ['of a storage that keeps scripts', `<svg ${SVG} viewBox="0 0 8 4" onload="a()"><script/>${QUARTERS}</svg>`],
])('the thumbnail of a drawing %s is an image of pixels', async (_title, svg) => {
  const fileKey = await admin.storages.trailer.storeFile('drawing.svg', new TextEncoder().encode(svg))
  const response = await admin.send(`/api/media/movie/trailer/${fileKey}/thumbnail?width=160`)
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/webp'])
  const thumbnail = new Uint8Array(await response.arrayBuffer())
  const { width, height } = await sharp(thumbnail).metadata()
  expect([width, height]).toEqual([160, 80])
  expect(await getQuarters(thumbnail)).toEqual(['red', 'lime', 'blue', 'white'])
})

it('drawings that never end have no thumbnail, wherever they came from', async () => {
  const thumbnails = new Thumbnails({ concurrency: 1 })
  for (const [title, svg] of Object.entries(HOSTILE_DRAWINGS)) {
    const begun = performance.now()
    await expect(render(thumbnails, 'a.svg', svg), title).rejects.toMatchObject({
      code: 'NO_THUMBNAIL',
      message: 'The picture cannot be made smaller: it takes too much time or memory.',
    })
    printFigure(`${title}: no thumbnail after ${Math.round(performance.now() - begun)} ms`)
  }
})

it('the process that draws too long is ended, and those that wait get their thumbnails', async () => {
  const thumbnails = new Thumbnails({ concurrency: 1 })
  const masks = '<rect width="1000" height="1000" mask="url(#m)"/>'.repeat(3000)
  const endless = `<svg ${SVG} width="1000" height="1000"><mask id="m"><rect width="1000" height="1000" fill="#fff"/></mask>${masks}</svg>`
  const refused = render(thumbnails, 'endless.svg', endless)
  const photo = new Uint8Array(await quartered(800, 400).jpeg().toBuffer())
  const waiting = Promise.all([render(thumbnails, 'a.jpg', photo), render(thumbnails, 'b.jpg', photo)])
  await expect(refused).rejects.toMatchObject({ code: 'NO_THUMBNAIL' })
  for (const file of await waiting) expect(file?.contentType).toBe('image/webp')
})

it('a drawing under another name is not read, also behind one that was', async () => {
  const thumbnails = new Thumbnails({ concurrency: 1 })
  const svg = `<svg ${SVG} width="8" height="4">${QUARTERS}</svg>`
  expect((await render(thumbnails, 'a.svg', svg))?.contentType).toBe('image/webp')
  await expect(render(thumbnails, 'a.png', svg)).rejects.toMatchObject({ code: 'NO_THUMBNAIL' })
})

it('where nothing renders, a drawing has no thumbnail: it is never sent as one', async () => {
  expect(await render(new Thumbnails({ renderer: 'none' }), 'a.svg', `<svg ${SVG}/>`)).toBeNull()
})
