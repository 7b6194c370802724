import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { movie } from '../../examples/movies/schema.ts'
import type { TrashResponse, TrashRunsResponse, TrashedFilesResponse } from '../../src/contract/trash.ts'
import { type MovieAdmin, startMovieAdmin } from '../support/movie-admin.ts'
import { type SignedInWorld, openMovieWorld } from '../support/movie-world.ts'
import { readJson } from '../support/read-json.ts'
import { quartered } from '../support/sample-images.ts'
import { sampleFile } from '../support/sample-files.ts'

const OLD_RUN = '20260101T120000000Z-0123abcd'
const NEW_RUN = '20260301T120000000Z-0123abcd'

let world: SignedInWorld
let admin: MovieAdmin

beforeAll(async () => {
  world = await openMovieWorld()
  admin = await startMovieAdmin(world)
})

afterAll(() => world.close())

beforeEach(async () => {
  await world.db.delete(movie)
  for (const storage of [admin.storages.poster, admin.storages.photo]) {
    for await (const key of storage.getFileKeys()) await storage.deleteFile(key)
    for await (const { path } of storage.hiddenFiles.list('trash/')) await storage.hiddenFiles.remove(path)
  }
})

async function trashed(name: string, runId: string, storage: 'poster' | 'photo' = 'poster'): Promise<string> {
  const key = await admin.storages[storage].storeFile(name, sampleFile('jpg'))
  await admin.storages[storage].trash!.add(key, { runId })
  return key
}

async function list(query = ''): Promise<TrashedFilesResponse> {
  return readJson(await admin.send(`/api/media/trash${query}`))
}

function post(body: unknown, sender = admin): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return sender.send('/api/media/trash', { method: 'POST', headers, body: JSON.stringify(body) })
}

const at = (fileKey: string, runId: string, column = 'poster') => ({
  table: column === 'photo' ? 'director' : 'movie',
  column,
  runId,
  fileKey,
})

describe('the trash over HTTP', () => {
  it('lists the files of all media columns, the last run first', async () => {
    const old = await trashed('old.jpg', OLD_RUN)
    const photo = await trashed('photo.jpg', NEW_RUN, 'photo')
    const { files, next } = await list()
    expect(files.map(({ fileKey }) => fileKey)).toEqual([photo, old])
    expect(files[1]).toMatchObject({
      ...at(old, OLD_RUN),
      name: 'old.jpg',
      contentType: 'image/jpeg',
      trashedAt: '2026-01-01T12:00:00.000Z',
      expiresAt: '2026-01-31T12:00:00.000Z',
    })
    expect(next).toBeNull()
  })

  it('finds files by name, run and column', async () => {
    const old = await trashed('Night Ferry.jpg', OLD_RUN)
    await trashed('other.jpg', NEW_RUN)
    await trashed('photo.jpg', NEW_RUN, 'photo')
    for (const query of ['?search=ferry', `?runId=${OLD_RUN}`, '?table=movie&column=poster&search=night']) {
      expect((await list(query)).files.map(({ fileKey }) => fileKey)).toEqual([old])
    }
    expect((await list('?runId=../..')).files).toEqual([])
  })

  it('pages through files and runs without a gap', async () => {
    const keys: string[] = []
    for (let index = 0; index < 25; index += 1)
      keys.push(await trashed(`file ${index}.jpg`, index < 20 ? NEW_RUN : OLD_RUN))
    const seen: string[] = []
    let after = ''
    for (;;) {
      const { files, next } = await list(`?limit=2${after}`)
      seen.push(...files.map(({ fileKey }) => fileKey))
      if (next === null) break
      after = `&after=${encodeURIComponent(next)}`
    }
    expect(seen).toHaveLength(25)
    expect(seen.toSorted()).toEqual(keys.toSorted())
    const first = await readJson<TrashRunsResponse>(await admin.send('/api/media/trash?groupBy=run&limit=1'))
    expect(first.runs).toMatchObject([{ runId: NEW_RUN, count: 20, bytes: 20 * sampleFile('jpg').byteLength }])
    const cursor = encodeURIComponent(first.next!)
    const second = await readJson<TrashRunsResponse>(
      await admin.send(`/api/media/trash?groupBy=run&limit=1&after=${cursor}`),
    )
    expect(second).toMatchObject({ runs: [{ runId: OLD_RUN, count: 5 }], next: null })
  })

  it('restores chosen files and reports those that are not there', async () => {
    const key = await trashed('back.jpg', OLD_RUN)
    const photo = await trashed('photo.jpg', OLD_RUN, 'photo')
    // The key of the photo names no file of the posters.
    const files = [at(key, OLD_RUN), at(key, NEW_RUN), at(photo, OLD_RUN), at('../x', OLD_RUN), at(key, '..')]
    const response = await readJson<TrashResponse>(await post({ action: 'restore', files }))
    expect(response).toMatchObject({ restored: 1, deleted: 0, failed: 4 })
    expect(response.failures.every(({ code }) => code === 'NOT_FOUND')).toBe(true)
    expect(await admin.storages.poster.getFile(key)).not.toBeNull()
    expect((await list()).files.map(({ fileKey }) => fileKey)).toEqual([photo])
  })

  it('does not overwrite a file that has the key by now', async () => {
    const key = await trashed('twice.jpg', OLD_RUN)
    await trashed('filler.jpg', OLD_RUN)
    const { poster } = admin.storages
    const other = await poster.storeFile('other.jpg', sampleFile('jpg'))
    await poster.hiddenFiles.hide(other, 'scratch/other.jpg')
    await poster.hiddenFiles.publish('scratch/other.jpg', key)
    const response = await readJson<TrashResponse>(await post({ action: 'restore', files: [at(key, OLD_RUN)] }))
    expect(response).toMatchObject({ restored: 0, failed: 1, failures: [{ fileKey: key, code: 'FILE_EXISTS' }] })
    expect((await list(`?search=twice`)).files).toHaveLength(1)
  })

  it('restores and deletes a whole run, and nothing of an unknown one', async () => {
    await trashed('one.jpg', OLD_RUN)
    await trashed('two.jpg', OLD_RUN)
    await trashed('three.jpg', NEW_RUN)
    const run = { table: 'movie', column: 'poster' }
    const unknown = await post({ action: 'restore', run: { ...run, runId: '20250101T120000000Z-0123abcd' } })
    expect(await readJson<TrashResponse>(unknown)).toEqual({ restored: 0, deleted: 0, failed: 0, failures: [] })
    const restored = await post({ action: 'restore', run: { ...run, runId: OLD_RUN } })
    expect(await readJson<TrashResponse>(restored)).toMatchObject({ restored: 2, failed: 0 })
    const deleted = await post({ action: 'delete', run: { ...run, runId: NEW_RUN } })
    expect(await readJson<TrashResponse>(deleted)).toMatchObject({ deleted: 1, failed: 0 })
    expect((await list()).files).toEqual([])
  })

  it('deletes chosen files for good, but restores one that a row references', async () => {
    const gone = await trashed('gone.jpg', NEW_RUN)
    const used = await trashed('used.jpg', NEW_RUN)
    await world.db.insert(movie).values({ title: 'Movie', poster: used })
    const response = await post({ action: 'delete', files: [at(gone, NEW_RUN), at(used, NEW_RUN)] })
    expect(await readJson<TrashResponse>(response)).toMatchObject({ deleted: 1, restored: 1, failed: 0 })
    expect(await admin.storages.poster.getFile(used)).not.toBeNull()
    expect(await admin.storages.poster.getFile(gone)).toBeNull()
    expect((await list()).files).toEqual([])
    expect(new Set(admin.moves.slice(-2).map(({ action }) => action))).toEqual(new Set(['purged', 'restored']))
  })

  it('deletes what expired, and refuses where no row references any file', async () => {
    const kept = await admin.storages.poster.storeFile('kept.jpg', sampleFile('jpg'))
    await trashed('expired.jpg', '20200101T120000000Z-0123abcd')
    const recent = await admin.storages.poster.storeFile('recent.jpg', sampleFile('jpg'))
    await admin.storages.poster.trash!.add(recent)
    const request = { action: 'deleteExpired', table: 'movie', column: 'poster' }
    expect((await post(request)).status).toBe(409)
    await world.db.insert(movie).values({ title: 'Movie', poster: kept })
    expect(await readJson<TrashResponse>(await post(request))).toMatchObject({ deleted: 1, failed: 0 })
    expect((await list()).files.map(({ fileKey }) => fileKey)).toEqual([recent])
  })

  it('shows a small image of a file in the trash, to those with a session', async () => {
    const key = await admin.storages.poster.storeFile('seen.jpg', await quartered(400, 300).jpeg().toBuffer())
    await admin.storages.poster.trash!.add(key, { runId: NEW_RUN })
    const path = `/api/media/movie/poster/trash/${NEW_RUN}/${key}/thumbnail?width=160`
    const image = await admin.send(path)
    expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/webp'])
    expect((await admin.send(path, { cookie: null })).status).toBe(401)
    expect((await admin.send(path.replace(NEW_RUN, OLD_RUN))).status).toBe(404)
    expect((await admin.send(path.replace('movie/poster', 'director/photo'))).status).toBe(404)
  })

  it.each([
    [{}],
    [{ action: 'restore' }],
    [{ action: 'restore', files: [] }],
    [{ action: 'delete', files: [{ table: 'movie', column: 'poster', runId: NEW_RUN }] }],
    [{ action: 'delete', files: [at('a.jpg', NEW_RUN)], run: at('a.jpg', NEW_RUN) }],
    [{ action: 'deleteExpired', table: 'movie' }],
    [{ action: 'empty' }],
  ])('refuses %j', async (body) => {
    expect((await post(body)).status).toBe(400)
  })

  it('refuses unknown columns, wrong cursors, and changes of a read-only admin', async () => {
    expect((await admin.send('/api/media/trash?table=movie&column=title')).status).toBe(404)
    for (const query of ['after=x', 'after=%25E0/a/b/c', 'limit=0', 'groupBy=row', 'table=movie']) {
      expect((await admin.send(`/api/media/trash?${query}`)).status).toBe(400)
    }
    expect((await post({ action: 'restore', files: [at('a.jpg', NEW_RUN, 'title')] })).status).toBe(404)
    const readOnly = await startMovieAdmin(world, { readOnly: true })
    expect((await post({ action: 'deleteExpired' }, readOnly)).status).toBe(405)
    expect((await readOnly.send('/api/media/trash')).status).toBe(200)
    expect((await admin.send('/api/media/trash', { cookie: null })).status).toBe(401)
  })
})
