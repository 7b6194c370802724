import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openMediaWorld } from '../support/media-world.ts'
import { type MovieAdmin, type MovieWorld, startMovieAdmin } from '../support/movie-admin.ts'
import { sampleFile } from '../support/sample-files.ts'

let world: MovieWorld
let admin: MovieAdmin

beforeAll(async () => {
  world = await openMediaWorld()
  admin = await startMovieAdmin(world)
  expect((await admin.send(`${SHOTS}?name=a.jpg`, { method: 'POST', body: sampleFile('jpg') })).status).toBe(201)
  await rm(join(world.folder, 'poster'), { recursive: true })
  // As when a disk goes away: the empty folder is there that it was mounted on.
  await rm(join(world.folder, 'screenshots'), { recursive: true })
  await mkdir(join(world.folder, 'screenshots'))
})

afterAll(() => world.close())

const POSTER = '/api/media/movie/poster'
const SHOTS = '/api/media/movie/screenshots'

it.each<[string, string, RequestInit]>([
  ['an upload to a folder that is gone', `${POSTER}?name=a.jpg`, { method: 'POST', body: sampleFile('jpg') }],
  ['a listing of a folder that is gone', POSTER, {}],
  ['an upload to a disk that is gone', `${SHOTS}?name=a.jpg`, { method: 'POST', body: sampleFile('jpg') }],
  ['a file of a disk that is gone', `${SHOTS}/a-3beac950-7721-46c9-9e7d-5e908ef51011.jpg`, {}],
  ['a listing of a disk that is gone', SHOTS, {}],
  ['a listing without a database', '/api/tables/movie/rows', {}],
  ['a row without a database', '/api/tables/movie/rows', { method: 'POST', body: '{"title":"Alien"}' }],
])('%s is a failure that tells no path, statement or address', async (_what, path, init) => {
  admin.log.length = 0
  const response = await admin.send(path, init)
  const body = await response.text()
  expect(response.status).toBe(503)
  expect(JSON.parse(body)).toMatchObject({ error: { code: expect.stringMatching(/^(STORAGE_FAILURE|UNAVAILABLE)$/) } })
  expect(admin.log).toHaveLength(1)
  for (const text of [body, ...admin.log]) {
    expect(text).not.toContain(world.folder)
    expect(text).not.toMatch(/127\.0\.0\.1|nobody|select |insert |Alien|node_modules|at \w+ \(/)
  }
  expect(admin.log[0]).toMatch(/"code":"(ENOENT|ECONNREFUSED|STORAGE_FAILURE)"/)
})

it('the health tells what is missing, and nothing else', async () => {
  const response = await admin.send('/api/health', { cookie: null })
  expect(response.status).toBe(503)
  expect(JSON.parse(await response.text())).toEqual({
    status: 'unavailable',
    database: 'unavailable',
    storages: 'unavailable',
  })
  for (const line of admin.log) expect(line).not.toContain(world.folder)
})
