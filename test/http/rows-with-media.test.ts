import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ErrorResponse } from '../../src/contract/error.ts'
import type { FileInformation, FilesResponse } from '../../src/contract/media.ts'
import type { RowResponse, RowsResponse } from '../../src/contract/rows.ts'
import { Thumbnails } from 'vitrine'
import { director, movie } from '../../examples/movies/schema.ts'
import { type MovieAdmin, type MovieWorld, startMovieAdmin } from '../support/movie-admin.ts'
import { openMovieWorld } from '../support/movie-world.ts'
import { readJson } from '../support/read-json.ts'
import { sampleFile } from '../support/sample-files.ts'
import { quartered } from '../support/sample-images.ts'

const UUID = '3beac950-7721-46c9-9e7d-5e908ef51011'

let world: MovieWorld
let admin: MovieAdmin
let keys: Record<'poster' | 'other' | 'screenshot' | 'second' | 'photo', string>
let id: number

beforeAll(async () => {
  world = await openMovieWorld()
  admin = await startMovieAdmin(world)
  const { poster, screenshots, photo } = admin.storages
  keys = {
    poster: await poster.storeFile('poster.jpg', sampleFile('jpg')),
    other: await poster.storeFile('other.jpg', sampleFile('jpg')),
    screenshot: await screenshots.storeFile('one.jpg', sampleFile('jpg')),
    second: await screenshots.storeFile('two.jpg', sampleFile('jpg')),
    photo: await photo.storeFile('photo.jpg', sampleFile('jpg')),
  }
})

afterAll(() => world.close())

beforeEach(async () => {
  await world.db.delete(movie)
  await world.db.delete(director)
  const values = { title: 'Alien', poster: keys.poster, screenshots: [keys.screenshot] }
  const [row] = await world.db.insert(movie).values(values).returning({ id: movie.id })
  id = row!.id
})

const sendJson = (method: string, path: string, body: unknown) =>
  admin.send(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })

const patch = (changes: unknown) => sendJson('PATCH', `/api/tables/movie/rows/${id}`, changes)

const remove = (column: string, key: string) => admin.send(`/api/media/${column}/${key}`, { method: 'DELETE' })

async function stored() {
  const [row] = await world.db.select().from(movie).where(eq(movie.id, id))
  return row!
}

describe('a media column', () => {
  it('takes the keys of stored files of its own', async () => {
    const response = await patch({ poster: keys.other, screenshots: [keys.second, keys.screenshot] })
    expect(response.status).toBe(200)
    const { row } = await readJson<RowResponse>(response)
    expect([row.poster, row.screenshots]).toEqual([keys.other, [keys.second, keys.screenshot]])
  })

  it('may be emptied', async () => {
    expect((await patch({ poster: null, screenshots: [] })).status).toBe(200)
    expect(await stored()).toMatchObject({ poster: null, screenshots: [] })
  })

  it.each<[string, () => unknown]>([
    ['the key of another column', () => keys.screenshot],
    ['the key of another table', () => keys.photo],
    ['a key that was never stored', () => `absent-${UUID}.jpg`],
    ['a path', () => '../x'],
    ['a path to a file of its own', () => `../poster/${keys.poster}`],
    ['an absolute path', () => '/etc/passwd'],
    ['an address', () => 'https://evil.example/x.jpg'],
    ['a script', () => 'javascript:alert(1)'],
    ['a hidden name', () => '.vitrine'],
    ['a NUL', () => `${keys.other}\u0000`],
    ['900 kB', () => 'x'.repeat(900_000)],
    ['a number', () => 7],
    ['a truth', () => true],
    ['a list', () => [keys.other]],
    ['an object', () => ({ toString: keys.other })],
  ])('refuses %s and changes nothing', async (_what, value) => {
    const before = await stored()
    const wrong = value()
    for (const [field, changes] of [
      ['poster', { title: 'Changed', poster: wrong }],
      [
        'screenshots',
        { title: 'Changed', screenshots: Array.isArray(wrong) ? [wrong] : [keys.screenshot, wrongIn(wrong)] },
      ],
    ] as const) {
      const response = await patch(changes)
      const { error } = await readJson<ErrorResponse>(response)
      expect([response.status, error.code, error.field]).toEqual([422, 'INVALID_VALUE', field])
      expect(error.message.length).toBeLessThan(300)
      const created = await sendJson('POST', '/api/tables/movie/rows', changes)
      expect([created.status, (await readJson<ErrorResponse>(created)).error.field]).toEqual([422, field])
    }
    expect(await stored()).toEqual(before)
    expect(await world.db.select().from(movie)).toHaveLength(1)
  })

  it('keeps a key that the row had although its file is gone', async () => {
    const gone = `gone-${UUID}.jpg`
    await world.db.update(movie).set({ poster: gone, screenshots: [gone, keys.screenshot] })
    const response = await patch({ title: 'Aliens', poster: gone, screenshots: [keys.second, gone] })
    expect(response.status).toBe(200)
    expect(await stored()).toMatchObject({ title: 'Aliens', poster: gone, screenshots: [keys.second, gone] })
    // Another column's missing key is no excuse for this one.
    expect((await patch({ screenshots: [] })).status).toBe(200)
    expect((await patch({ screenshots: [gone] })).status).toBe(422)
  })

  it('of a row is not polluted by names of prototypes', async () => {
    const body = `{"__proto__":{"poster":"${keys.other}"},"constructor":{"poster":"x"}}`
    const response = await admin.send(`/api/tables/movie/rows/${id}`, { method: 'PATCH', body })
    expect(response.status).toBe(422)
    expect(await stored()).toMatchObject({ poster: keys.poster })
    expect(Reflect.get({}, 'poster')).toBeUndefined()
  })
})

/** In a list, what is refused for its own sake and not for being a second value. */
function wrongIn(value: unknown): unknown {
  return value === keys.screenshot ? keys.poster : value
}

describe('a file', () => {
  it('that rows use is not deleted, and the answer names them', async () => {
    const [second] = await world.db
      .insert(movie)
      .values({ title: 'Aliens', poster: keys.poster })
      .returning({ id: movie.id })
    const response = await remove('movie/poster', keys.poster)
    const { error } = await readJson<ErrorResponse>(response)
    expect([response.status, error.code]).toEqual([409, 'FILE_IN_USE'])
    expect(error.references).toEqual([
      { table: 'movie', id: String(id), column: 'poster', label: 'Alien' },
      { table: 'movie', id: String(second!.id), column: 'poster', label: 'Aliens' },
    ])
    expect((await admin.send(`/api/media/movie/poster/${keys.poster}`)).status).toBe(200)
  })

  it('in a list of a row is in use as well', async () => {
    const response = await remove('movie/screenshots', keys.screenshot)
    expect(response.status).toBe(409)
    expect((await readJson<ErrorResponse>(response)).error.references).toMatchObject([{ column: 'screenshots' }])
  })

  it('that no row uses any more is deleted, once', async () => {
    const key = await admin.storages.screenshots.storeFile('three.jpg', sampleFile('jpg'))
    await world.db.update(movie).set({ screenshots: [keys.screenshot, key] })
    expect((await remove('movie/screenshots', key)).status).toBe(409)
    expect((await patch({ screenshots: [keys.screenshot] })).status).toBe(200)
    const deleted = await remove('movie/screenshots', key)
    expect([deleted.status, await deleted.text()]).toEqual([204, ''])
    expect((await admin.send(`/api/media/movie/screenshots/${key}`)).status).toBe(404)
    expect((await remove('movie/screenshots', key)).status).toBe(404)
  })

  it('tells every row that uses it', async () => {
    const reply = await admin.send(`/api/media/movie/poster/${keys.poster}/info`)
    expect(JSON.parse(await reply.text())).toMatchObject({
      fileKey: keys.poster,
      name: 'poster.jpg',
      references: [{ table: 'movie', id: String(id), column: 'poster', label: 'Alien' }],
    })
  })
})

describe('what a file looks like', () => {
  it('is told with the rows that hold it, with the file and in the list of files, once its thumbnail is made', async () => {
    const poster = await admin.storages.poster.storeFile('photo.jpg', await quartered(600, 400).jpeg().toBuffer())
    const trailer = await admin.storages.trailer.storeFile('film.mp4', sampleFile('mp4', 500))
    await patch({ poster, trailer })
    const list = async () => (await readJson<RowsResponse>(await admin.send('/api/tables/movie/rows'))).previews
    expect(await list()).toEqual({ poster: {}, screenshots: {}, trailer: {} })

    expect((await admin.send(`/api/media/movie/poster/${poster}/thumbnail?width=160`)).status).toBe(200)
    const body = new Uint8Array(await quartered(320, 160).png().toBuffer())
    const headers = { 'content-type': 'image/png' }
    const given = await admin.send(`/api/media/movie/trailer/${trailer}/picture`, { method: 'PUT', body, headers })
    expect(given.status).toBe(201)

    const previews = await list()
    const shape = { poster: previews.poster![poster], trailer: previews.trailer![trailer] }
    expect(shape).toEqual({
      poster: { width: 600, height: 400, placeholder: expect.stringMatching(/^data:image\/webp;base64,/) },
      trailer: { width: 320, height: 160, placeholder: expect.stringMatching(/^data:image\/webp;base64,/) },
    })
    expect(previews.screenshots).toEqual({})
    const row = await readJson<RowResponse>(await admin.send(`/api/tables/movie/rows/${id}`))
    expect(row.previews).toEqual(previews)
    const information = await readJson<FileInformation>(await admin.send(`/api/media/movie/trailer/${trailer}/info`))
    expect([information.preview, information.width]).toEqual([shape.trailer, null])
    const { files } = await readJson<FilesResponse>(await admin.send('/api/media/movie/poster'))
    expect(files.find(({ fileKey }) => fileKey === poster)!.preview).toEqual(shape.poster)
    expect(files.find(({ fileKey }) => fileKey === keys.other)!.preview).toBeNull()
  })

  it('is told of no more files than a page shows, whatever the rows hold', async () => {
    const told: number[] = []
    const thumbnails = new Thumbnails()
    thumbnails.previews = async (_storage, fileKeys) => {
      told.push([...fileKeys].length)
      return new Map()
    }
    const counting = await startMovieAdmin(world, { thumbnails })
    const screenshots = Array.from({ length: 300 }, () => keys.screenshot)
    await world.db.insert(movie).values(Array.from({ length: 200 }, () => ({ title: 'Many', screenshots })))
    expect((await counting.send('/api/tables/movie/rows?pageSize=200')).status).toBe(200)
    expect(Math.max(...told)).toBeLessThanOrEqual(500)
  })
})
