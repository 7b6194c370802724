import { readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { movie } from '../../examples/movies/schema.ts'
import { type MovieAdmin, startMovieAdmin } from '../support/movie-admin.ts'
import { type SignedInWorld, openMovieWorld } from '../support/movie-world.ts'
import { LARGEST_POSTER } from '../support/movie-storages.ts'
import { sampleFile } from '../support/sample-files.ts'

const DAY = 24 * 3600 * 1000

let world: SignedInWorld
let admin: MovieAdmin

function as(user: string, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers)
  headers.set('x-user', user)
  return admin.send(path, { ...init, headers })
}

beforeAll(async () => {
  world = await openMovieWorld()
})

beforeEach(async () => {
  await world.db.delete(movie)
  admin = await start()
})

afterAll(() => world.close())

function start(): Promise<MovieAdmin> {
  return startMovieAdmin(world, {
    authenticate: async (request) => {
      const id = request.headers.get('x-user') ?? ''
      return { id, name: id, email: `${id}@example.com` }
    },
  })
}

async function upload(user: string, name = 'poster.jpg'): Promise<string> {
  const response = await as(user, `/api/media/movie/poster?name=${name}`, { method: 'POST', body: sampleFile('jpg') })
  const { files } = (await response.json()) as { files: { fileKey: string }[] }
  return files[0]!.fileKey
}

async function uploadByTus(user: string): Promise<string> {
  const bytes = sampleFile('jpg')
  const created = await as(user, '/api/media/movie/poster/uploads', {
    method: 'POST',
    headers: {
      'tus-resumable': '1.0.0',
      'upload-length': String(bytes.byteLength),
      'upload-metadata': `filename ${btoa('poster.jpg')}`,
      'content-type': 'application/offset+octet-stream',
    },
    body: bytes,
  })
  return created.headers.get('upload-file-key') ?? ''
}

function createRow(user: string, values: object): Promise<Response> {
  return as(user, '/api/tables/movie/rows', { method: 'POST', body: JSON.stringify(values) })
}

async function isListed(user: string, fileKey: string): Promise<boolean> {
  const response = await as(user, '/api/media/movie/poster')
  const { files } = (await response.json()) as { files: { fileKey: string }[] }
  return files.some((file) => file.fileKey === fileKey)
}

const FILE_ROUTES: [string, RequestInit][] = [
  ['', {}],
  ['', { method: 'HEAD' }],
  ['?download', {}],
  ['/url', {}],
  ['/info', {}],
  ['/thumbnail?width=320', {}],
  ['/picture', { method: 'PUT', headers: { 'content-type': 'image/jpeg' }, body: 'x' }],
  ['', { method: 'DELETE' }],
]

describe.each([
  ['a raw body', upload],
  ['a resumable upload', uploadByTus],
])('a file uploaded by %s and not saved in a row', (_way, send) => {
  it('does not exist for other users, on any route', async () => {
    const fileKey = await send('ada')
    const missing = fileKey.replace(/[0-9a-f]{12}(?=\.jpg$)/, '0'.repeat(12))
    for (const [suffix, init] of FILE_ROUTES) {
      const [theirs, absent] = await Promise.all(
        [fileKey, missing].map((key) => as('bob', `/api/media/movie/poster/${key}${suffix}`, init)),
      )
      expect([suffix, init.method, theirs!.status]).toEqual([suffix, init.method, 404])
      expect(await theirs!.text()).toBe(await absent!.text())
      expect(theirs!.headers.get('content-length')).toBe(absent!.headers.get('content-length'))
    }
    expect(await isListed('bob', fileKey)).toBe(false)
    expect((await createRow('bob', { title: 'Alien', poster: fileKey })).status).toBe(422)
    expect((await as('ada', `/api/media/movie/poster/${fileKey}`)).status).toBe(200)
  })

  it('is there for its uploader', async () => {
    const fileKey = await send('ada')
    expect((await as('ada', `/api/media/movie/poster/${fileKey}`)).status).toBe(200)
    expect((await as('ada', `/api/media/movie/poster/${fileKey}/info`)).status).toBe(200)
    expect(await isListed('ada', fileKey)).toBe(true)
    expect((await as('ada', `/api/media/movie/poster/${fileKey}`, { method: 'DELETE' })).status).toBe(204)
  })

  it('is there for everyone once a row references it', async () => {
    const fileKey = await send('ada')
    expect((await as('bob', `/api/media/movie/poster/${fileKey}`)).status).toBe(404)
    expect((await createRow('ada', { title: 'Alien', poster: fileKey })).status).toBe(201)
    expect((await as('bob', `/api/media/movie/poster/${fileKey}`)).status).toBe(200)
    expect(await isListed('bob', fileKey)).toBe(true)
    expect((await createRow('bob', { title: 'Aliens', poster: fileKey })).status).toBe(201)
    expect(await records()).not.toContain(fileKey)
  })
})

describe('a file that was uploaded and never saved', () => {
  it('goes to the trash after a day, and younger, saved and referenced ones stay', async () => {
    const [old, young, saved, referenced] = [
      await upload('ada', 'old.jpg'),
      await upload('ada', 'young.jpg'),
      await upload('ada', 'saved.jpg'),
      await upload('ada', 'referenced.jpg'),
    ]
    await createRow('ada', { title: 'Alien', poster: saved })
    // By the application itself, past the admin.
    await world.db.insert(movie).values({ title: 'Aliens', poster: referenced })
    await Promise.all([old, referenced].map(age))

    admin = await start()

    expect((await as('ada', `/api/media/movie/poster/${old}`)).status).toBe(404)
    for (const fileKey of [young, saved, referenced]) {
      expect((await as('ada', `/api/media/movie/poster/${fileKey}`)).status).toBe(200)
    }
    const left = await records()
    expect([old, young, saved, referenced].map((fileKey) => left.includes(fileKey))).toEqual([
      false,
      true,
      false,
      false,
    ])
    expect(await admin.storages.poster.trash?.restoreFile(old)).toBe(true)
    expect((await as('ada', `/api/media/movie/poster/${old}`)).status).toBe(200)
  })

  it('stays when no row references any file: the table may be the wrong one', async () => {
    const fileKey = await upload('ada')
    await age(fileKey)
    admin = await start()
    expect((await as('ada', `/api/media/movie/poster/${fileKey}`)).status).toBe(200)
    await admin.storages.poster.deleteFile(fileKey)
  })
})

it('leaves no record of an upload that is refused', async () => {
  const before = await records()
  const response = await as('ada', '/api/media/movie/poster?name=large.jpg', {
    method: 'POST',
    body: new Uint8Array(LARGEST_POSTER + 1),
  })
  expect(response.status).toBe(413)
  expect(await records()).toEqual(before)
})

function recordsFolder(): string {
  return join(world.folder, 'poster', '.vitrine', 'unsaved')
}

async function records(): Promise<string[]> {
  return (await readdir(recordsFolder())).toSorted()
}

async function age(fileKey: string): Promise<void> {
  const before = new Date(Date.now() - 2 * DAY)
  await utimes(join(recordsFolder(), fileKey), before, before)
}
