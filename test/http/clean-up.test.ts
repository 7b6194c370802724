import { eq } from 'drizzle-orm'
import { readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { tableConfig } from 'vitrine'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { director, movie } from '../../examples/movies/schema.ts'
import type {
  CleanUpPlanResponse,
  CleanUpRunResponse,
  MissingFilesResponse,
  RestoreResponse,
} from '../../src/contract/clean-up.ts'
import type { SessionResponse } from '../../src/contract/session.ts'
import type { ErrorResponse } from '../../src/contract/error.ts'
import type { MediaStorage } from 'vitrine/storage'
import { type MovieAdmin, startMovieAdmin } from '../support/movie-admin.ts'
import { type SignedInWorld, openMovieWorld } from '../support/movie-world.ts'
import { readJson } from '../support/read-json.ts'
import { sampleFile } from '../support/sample-files.ts'

const DAY = 86_400_000

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

function getKey(index: number): string {
  return `poster-3beac950-7721-46c9-9e7d-${String(index).padStart(12, '0')}.jpg`
}

/** Files that are two days old; the first so many of them are used. */
async function prepare(files: number, used: number): Promise<string[]> {
  const keys: string[] = []
  for (let index = 0; index < files; index += 1) {
    const path = join(world.folder, 'poster', getKey(index))
    await writeFile(path, `bytes ${index}`)
    const time = new Date(Date.now() - 2 * DAY)
    await utimes(path, time, time)
    keys.push(getKey(index))
  }
  const rows = keys.slice(0, used).map((poster) => ({ title: poster, poster }))
  if (rows.length > 0) await world.db.insert(movie).values(rows)
  return keys
}

function post(path: string, body: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return admin.send(`/api/media/movie/poster/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
}

async function plan(body: unknown = {}): Promise<CleanUpPlanResponse> {
  const response = await post('clean-up', body)
  expect(response.status).toBe(200)
  return readJson<CleanUpPlanResponse>(response)
}

async function storedKeys(storage: MediaStorage = admin.storages.poster): Promise<string[]> {
  const keys: string[] = []
  for await (const key of storage.getFileKeys()) keys.push(key)
  return keys.toSorted()
}

describe('a clean-up over HTTP', () => {
  it('is planned, confirmed and undone', async () => {
    const keys = await prepare(5, 3)
    const planned = await plan()
    expect(planned).toMatchObject({
      count: 2,
      bytes: 14,
      unused: 2,
      examined: 5,
      referenced: 3,
      young: 0,
      olderThan: 86_400,
      restorableFor: 2_592_000,
    })
    const examples = planned.examples.toSorted((one, other) => one.fileKey.localeCompare(other.fileKey))
    expect(examples[0]).toMatchObject({ fileKey: keys[3], name: 'poster.jpg', size: 7, contentType: 'image/jpeg' })
    expect(await storedKeys()).toEqual(keys)

    const run = await readJson<CleanUpRunResponse>(await post('clean-up', { planId: planned.planId }))
    expect(run).toMatchObject({ deleted: 2, bytes: 14, kept: 0, failed: 0, failures: [], remaining: 0 })
    expect(await storedKeys()).toEqual(keys.slice(0, 3))
    expect((await post('clean-up', { planId: planned.planId })).status).toBe(404)

    const restored = await readJson<RestoreResponse>(await post(`clean-up/${run.runId}/restore`, {}))
    expect(restored).toEqual({ restored: 2, failed: 0, failures: [] })
    expect(await storedKeys()).toEqual(keys)

    const { user } = await readJson<SessionResponse>(await admin.send('/api/session'))
    const logged = { user: user.id, table: 'movie', column: 'poster', size: 7, runId: run.runId }
    expect(admin.moves.filter(({ runId }) => runId === run.runId)).toEqual(
      ['trashed', 'restored'].flatMap((action) =>
        keys.slice(3).map(() => expect.objectContaining({ ...logged, action, key: expect.any(String) })),
      ),
    )
  })

  it('takes only what was shown, and none of that which a row references by now', async () => {
    const keys = await prepare(8, 5)
    const { planId } = await plan()
    await world.db.insert(movie).values({ title: 'late', poster: keys[5]! })
    // Unused only now: nobody was shown it.
    await world.db.delete(movie).where(eq(movie.poster, keys[0]!))
    const run = await readJson<CleanUpRunResponse>(await post('clean-up', { planId }))
    expect(run).toMatchObject({ deleted: 2, kept: 1, remaining: 0 })
    expect(await storedKeys()).toEqual(keys.slice(0, 6))
  })

  it('is carried out in parts, by any server', async () => {
    await prepare(1300, 700)
    const { planId, count } = await plan()
    expect(count).toBe(600)
    const first = await readJson<CleanUpRunResponse>(await post('clean-up', { planId }))
    expect(first).toMatchObject({ deleted: 500, remaining: 100 })
    const other = await startMovieAdmin(world)
    const second = await other.send('/api/media/movie/poster/clean-up', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ planId }),
    })
    expect(await readJson<CleanUpRunResponse>(second)).toMatchObject({ deleted: 100, remaining: 0, runId: first.runId })
    const restored = await readJson<RestoreResponse>(await post(`clean-up/${first.runId}/restore`, {}))
    expect(restored.restored).toBe(600)
  })

  it('refuses instead of guessing, and says why', async () => {
    await prepare(4, 1)
    const tooMany = await post('clean-up', {})
    expect(tooMany.status).toBe(409)
    const { error } = await readJson<ErrorResponse>(tooMany)
    expect(error.code).toBe('CLEAN_UP_REFUSED')
    expect(error.message).toContain('3 of 4 files of movie.poster are unused')
    await world.db.delete(movie)
    expect((await post('clean-up', { maxFraction: 1 })).status).toBe(409)
    expect(await plan({ maxFraction: 1, allowEmpty: true })).toMatchObject({ count: 4 })
  })

  it('keeps young files, and says how many', async () => {
    await prepare(4, 3)
    await admin.storages.poster.storeFile('young.jpg', sampleFile('jpg'))
    expect(await plan()).toMatchObject({ count: 1, young: 1, examined: 5 })
  })

  it.each([
    [{ olderThan: -1 }],
    [{ olderThan: '1' }],
    [{ maxFraction: 2 }],
    [{ allowEmpty: 'yes' }],
    [{ permanent: true }],
    [{ planId: 1 }],
    [{ planId: 'x', olderThan: 1 }],
  ])('refuses %j', async (body) => {
    expect((await post('clean-up', body)).status).toBe(400)
  })

  it('knows no plan and no run that it did not make', async () => {
    for (const planId of ['x', '../plans', '3beac950-7721-46c9-9e7d-000000000000']) {
      expect((await post('clean-up', { planId })).status).toBe(404)
    }
    const restored = await post('clean-up/..%2f..%2fx/restore', {})
    expect(await readJson<RestoreResponse>(restored)).toEqual({ restored: 0, failed: 0, failures: [] })
    expect((await admin.send('/api/media/movie/title/clean-up', { method: 'POST', body: '{}' })).status).toBe(404)
  })

  it('is refused without a session and when the admin is read-only', async () => {
    await prepare(3, 2)
    const plans = () => readdir(join(world.folder, 'poster', '.vitrine', 'plans'))
    const before = await plans()
    const readOnly = await startMovieAdmin(world, { readOnly: true })
    for (const path of ['clean-up', 'clean-up/20261123T120000000Z-0123abcd/restore']) {
      const url = `/api/media/movie/poster/${path}`
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }
      expect((await admin.send(url, { ...init, cookie: null })).status).toBe(401)
      expect((await readOnly.send(url, init)).status).toBe(405)
      expect((await admin.send(url)).status).toBe(405)
    }
    expect((await readOnly.send('/api/media/movie/poster/missing')).status).toBe(200)
    expect((await admin.send('/api/media/movie/poster/missing', { cookie: null })).status).toBe(401)
    expect(await plans()).toEqual(before)
  })
})

describe('the rows whose files are missing', () => {
  it('are told with the table, the column and what the row is called', async () => {
    await prepare(1, 1)
    const [row] = await world.db
      .insert(movie)
      .values({ title: 'Lost movie', poster: getKey(99) })
      .returning()
    const response = await admin.send('/api/media/movie/poster/missing')
    expect(await readJson<MissingFilesResponse>(response)).toEqual({
      missing: [
        { fileKey: getKey(99), row: { table: 'movie', id: String(row?.id), column: 'poster', label: 'Lost movie' } },
      ],
      isComplete: true,
    })
  })

  it('are told in bounded numbers', async () => {
    const rows = Array.from({ length: 201 }, (_, index) => ({ title: `movie ${index}`, poster: getKey(1000 + index) }))
    await world.db.insert(movie).values(rows)
    const { missing, isComplete } = await readJson<MissingFilesResponse>(
      await admin.send('/api/media/movie/poster/missing'),
    )
    expect([missing.length, isComplete]).toEqual([200, false])
  })
})

describe('what happens to a file when its row gives it up', () => {
  async function rowWith(poster: string | null): Promise<string> {
    const [row] = await world.db.insert(movie).values({ title: 'movie', poster }).returning()
    return `/api/tables/movie/rows/${row?.id}`
  }

  function change(sender: MovieAdmin, path: string, poster: string | null): Promise<Response> {
    const headers = { 'content-type': 'application/json' }
    return sender.send(path, { method: 'PATCH', headers, body: JSON.stringify({ poster }) })
  }

  async function trashing(): Promise<MovieAdmin> {
    const poster = new LocalMediaStorage({
      column: movie.poster,
      mediaPath: join(world.folder, 'poster'),
      whenUnreferenced: 'trash',
    })
    return startMovieAdmin(world, { tables: [tableConfig({ table: movie, mediaStorage: [poster] }), director] })
  }

  it('nothing, by default', async () => {
    const [first, second] = await prepare(2, 0)
    const path = await rowWith(first!)
    expect((await change(admin, path, second!)).status).toBe(200)
    expect((await admin.send(path, { method: 'DELETE' })).status).toBe(204)
    expect(await storedKeys()).toEqual([first, second])
  })

  it('it goes into the trash where the storage is told so, unless another row holds it', async () => {
    const [replaced, deleted, shared] = await prepare(3, 0)
    const sender = await trashing()
    const path = await rowWith(replaced!)
    await rowWith(shared!)
    const other = await rowWith(shared!)
    expect((await change(sender, path, deleted!)).status).toBe(200)
    expect(await storedKeys()).toEqual([deleted, shared])
    expect((await sender.send(path, { method: 'DELETE' })).status).toBe(204)
    expect((await sender.send(other, { method: 'DELETE' })).status).toBe(204)
    expect(await storedKeys()).toEqual([shared])
    expect(await admin.storages.poster.trash!.restoreFile(replaced!)).toBe(true)
    expect(await admin.storages.poster.trash!.restoreFile(deleted!)).toBe(true)
  })

  it('nothing, when the change fails', async () => {
    const [first] = await prepare(1, 0)
    const sender = await trashing()
    const path = await rowWith(first!)
    expect((await change(sender, path, 'absent.jpg')).status).toBe(422)
    expect(await storedKeys()).toEqual([first])
  })

  it('comes back when a clean-up took it between the check of a form and its commit', async () => {
    const keys = await prepare(3, 2)
    const path = await rowWith(null)
    const { hiddenFiles } = admin.storages.poster
    // The check of the form sees the file; the clean-up hides it before the row is committed.
    const getFile = admin.storages.poster.getFile.bind(admin.storages.poster)
    let looks = 0
    admin.storages.poster.getFile = async (key, context) => {
      const file = await getFile(key, context)
      looks += 1
      if (looks === 1) await hiddenFiles.hide(key, `trash/20261123T120000000Z-0123abcd/${key}`)
      return file
    }
    expect((await change(admin, path, keys[2]!)).status).toBe(200)
    admin.storages.poster.getFile = getFile
    expect(await storedKeys()).toEqual(keys)
  })
})
