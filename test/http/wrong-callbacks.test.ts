import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { serveMedia } from 'vitrine'
import { folderState } from '../support/folder-state.ts'
import { openMediaWorld } from '../support/media-world.ts'
import { type MovieAdmin, type MovieWorld, startMovieAdmin } from '../support/movie-admin.ts'
import { multipartBody } from '../support/multipart-body.ts'
import { readError } from '../support/read-json.ts'
import { sampleFile } from '../support/sample-files.ts'
import { TusRequests, getMetadata } from '../support/tus-requests.ts'

const POSTER = '/api/media/movie/poster'
const JPG = sampleFile('jpg', 300)

let world: MovieWorld
let admin: MovieAdmin

beforeAll(async () => {
  world = await openMediaWorld()
})
beforeEach(async () => {
  admin = await startMovieAdmin(world)
})
afterAll(() => world.close())

const uploads: [string, () => Promise<Response>][] = [
  ['a raw body', () => admin.send(`${POSTER}?name=a.jpg`, { method: 'POST', body: JPG })],
  ['a form', () => admin.send(POSTER, { method: 'POST', ...multipartBody([{ fileName: 'a.jpg', content: JPG }]) })],
  [
    'a resumable upload',
    () =>
      new TusRequests(admin, `${POSTER}/uploads`).post(
        {
          'upload-length': String(JPG.byteLength),
          'upload-metadata': getMetadata({ filename: 'a.jpg' }),
          'content-type': 'application/offset+octet-stream',
          'content-length': String(JPG.byteLength),
        },
        JPG,
      ),
  ],
]

describe.each(uploads)('%s', (_what, upload) => {
  it.each<[string, () => unknown]>([
    ['undefined', () => undefined],
    ['null', () => null],
    ['a promise', async () => 'a-3beac950-7721-46c9-9e7d-5e908ef51011.jpg'],
    ['an object', () => ({ toString: () => 'a.jpg', length: 5 })],
    ['a number', () => 7],
    ['an empty text', () => ''],
    ['a path', () => '../a.jpg'],
    ['a hidden name', () => '.vitrine'],
  ])('is refused when generateFileKey returns %s', async (_returned, generateFileKey) => {
    const before = await folderState(join(world.folder, 'poster'))
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    admin.storages.poster.generateFileKey = generateFileKey as () => string
    const [status, code] = await readError(await upload())
    expect([status, code]).toEqual([404, 'INVALID_FILE_KEY'])
    expect(await folderState(join(world.folder, 'poster'))).toEqual(before)
  })

  it('never answers with a file that was there before', async () => {
    const { poster } = admin.storages
    const key = await poster.storeFile('theirs.jpg', JPG)
    for (const theirs of [key, 'theirs.jpg']) {
      if ((await poster.getFile(theirs)) === null) await poster.importFile(theirs, JPG)
      poster.generateFileKey = () => theirs
      expect(await readError(await upload())).toEqual([409, 'FILE_EXISTS'])
    }
  })
})

describe('an address', () => {
  it.each<[string, () => unknown]>([
    ['undefined', () => undefined],
    ['a promise of true', async () => true],
    ['a promise of false', async () => false],
    ['an object', () => ({ valid: false })],
    ['a text', () => 'invalid'],
    ['1', () => 1],
  ])('is not taken for signed when the storage’s check answers %s', async (_answered, check) => {
    const { poster } = admin.storages
    const key = await poster.storeFile('poster.jpg', JPG)
    Object.assign(poster, { isSignedUrlValid: check })
    for (const path of [`${POSTER}/${key}`, `${POSTER}/${key}/thumbnail`]) {
      const reply = await admin.send(`${path}?signature=x&width=160`, { cookie: null })
      expect(reply.status).toBe(403)
    }
    const response = await serveMedia(poster)(new Request(`http://admin.test/media/${key}?signature=x`))
    expect(response.status).toBe(403)
  })
})

describe('an upload with two names', () => {
  it('is refused', async () => {
    const reply = await admin.send(`${POSTER}?name=a.jpg&name=b.jpg`, { method: 'POST', body: JPG })
    expect(await readError(reply)).toEqual([400, 'INVALID_REQUEST'])
  })
})
