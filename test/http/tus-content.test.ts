import { join } from 'node:path'
import { MediaStorageError } from 'vitrine/storage'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { tableConfig } from 'vitrine'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { movie } from '../../examples/movies/schema.ts'
import { visibleFiles } from '../support/folder-state.ts'
import { openMediaWorld } from '../support/media-world.ts'
import { type MovieAdmin, type MovieWorld, startMovieAdmin } from '../support/movie-admin.ts'
import { sampleFile } from '../support/sample-files.ts'
import { TRAILER_UPLOADS, TusRequests, getFileKey } from '../support/tus-requests.ts'

const HTML = new TextEncoder().encode('<!doctype html><script>alert(1)</script>')

let world: MovieWorld
let admin: MovieAdmin
let tus: TusRequests
let verified: string[]

beforeAll(async () => {
  world = await openMediaWorld()
  verified = []
  const trailer = new LocalMediaStorage({
    column: movie.trailer,
    mediaPath: join(world.folder, 'checked'),
    allowedExtensions: ['png', 'jpg', 'mp4', 'txt'],
    verifyFile: async (file) => {
      verified.push(file.name)
      const text = await new Response(file.stream()).text()
      if (text.includes('EICAR')) throw new MediaStorageError('FILE_REFUSED', `${file.name} holds a virus.`)
    },
  })
  admin = await startMovieAdmin(world, { tables: [tableConfig({ table: movie, mediaStorage: [trailer] })] })
  tus = new TusRequests(admin)
})

afterAll(() => world.close())

const visible = () => visibleFiles(join(world.folder, 'checked'))

it('a file that is not what its name says is refused with its last byte, removed, and the reason stays known', async () => {
  const path = await tus.create('holiday.png', HTML.byteLength)
  expect((await tus.patch(path, 0, { body: HTML.slice(0, 10) })).status).toBe(204)
  const last = await tus.patch(path, 10, { body: HTML.slice(10) })
  const message = 'holiday.png is not a PNG image: its content is HTML.'
  expect([last.status, await last.json()]).toEqual([415, { error: { code: 'FILE_CONTENT_MISMATCH', message } }])
  expect(await visible()).toEqual([])
  expect(await tus.describe(path)).toEqual({
    name: 'holiday.png',
    length: HTML.byteLength,
    offset: HTML.byteLength,
    file: null,
    error: { code: 'FILE_CONTENT_MISMATCH', message },
  })
  const again = await tus.head(path)
  expect([again.status, again.headers.has('upload-offset')]).toEqual([410, false])
  expect((await tus.remove(path)).status).toBe(204)
})

it('a file that comes along with its creation is checked, too', async () => {
  const response = await admin.send(TRAILER_UPLOADS, {
    method: 'POST',
    headers: {
      'tus-resumable': '1.0.0',
      'upload-length': String(HTML.byteLength),
      'upload-metadata': `filename ${Buffer.from('holiday.jpg').toString('base64')}`,
      'content-type': 'application/offset+octet-stream',
    },
    body: HTML,
  })
  expect(response.status).toBe(415)
  expect(await visible()).toEqual([])
})

it("the application's own check sees each file once, and decides", async () => {
  const virus = new TextEncoder().encode('EICAR')
  const refused = await tus.patch(await tus.create('virus.txt', 5), 0, { body: virus })
  expect([refused.status, await refused.json()]).toEqual([
    422,
    { error: { code: 'FILE_REFUSED', message: 'virus.txt holds a virus.' } },
  ])
  const video = sampleFile('mp4', 200_000)
  const fileKey = getFileKey(await tus.patch(await tus.create('film.mp4', video.byteLength), 0, { body: video }))
  expect(await visible()).toEqual([fileKey])
  expect(verified).toEqual(['virus.txt', 'film.mp4'])
})
