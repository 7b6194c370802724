import { sql } from 'drizzle-orm'
import { pgTable, text } from 'drizzle-orm/pg-core'
import { drizzle } from 'drizzle-orm/pg-proxy'
import { MemoryMediaStorage } from '../../examples/memory-storage/memory-media-storage.ts'
import { readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CleanUpProgress, MediaStorage, ReferenceDatabase, UnusedFilesOptions } from 'vitrine/storage'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { type MovieDatabase, createMovieDatabase } from './movie-database.ts'
import { movie } from './media-tables.ts'
import { WatchedMemoryStorage } from './memory-harness.ts'
import { pauseUpload } from './paused-upload.ts'
import { makeTemporaryFolder, removeFolder, stagedNames } from './temporary-folder.ts'
import { ANY_CONTENT } from '../support/any-content.ts'

const HOUR = 3_600_000

const FOREIGN = ['.gitkeep', '.DS_Store', 'Thumbs.db', 'desktop.ini', 'poster.jpg', 'notes-3beac950.txt', 'README']

let database: MovieDatabase
let mediaPath: string
let posters: LocalMediaStorage<typeof movie.poster>
let screenshots: LocalMediaStorage<typeof movie.screenshots>

beforeAll(async () => {
  database = await createMovieDatabase()
})

afterAll(() => database.client.close())

beforeEach(async () => {
  await database.db.delete(movie)
  mediaPath = await makeTemporaryFolder()
  posters = new LocalMediaStorage({ column: movie.poster, mediaPath, ...ANY_CONTENT })
  screenshots = new LocalMediaStorage({
    column: movie.screenshots,
    mediaPath: join(mediaPath, 'screenshots'),
    ...ANY_CONTENT,
  })
})

afterEach(() => removeFolder(mediaPath))

/** Stores a file and makes it look as old as this. */
async function store(storage: MediaStorage, hours: number): Promise<string> {
  const key = await storage.storeFile('poster.jpg', Buffer.from('bytes'))
  await age(key, hours)
  return key
}

async function storeScreenshot(hours: number): Promise<string> {
  const key = await screenshots.storeFile('shot.png', Buffer.from('bytes'))
  await age(key, hours, join(mediaPath, 'screenshots'))
  return key
}

async function age(name: string, hours: number, folder = mediaPath): Promise<void> {
  const time = new Date(Date.now() - hours * HOUR)
  await utimes(join(folder, name), time, time)
}

async function unusedKeys(storage: MediaStorage, options?: UnusedFilesOptions): Promise<string[]> {
  const keys: string[] = []
  for await (const key of storage.getUnusedFileKeys(database.db, options)) keys.push(key)
  return keys.toSorted()
}

async function listedKeys(storage: MediaStorage): Promise<string[]> {
  const keys: string[] = []
  for await (const key of storage.getFileKeys()) keys.push(key)
  return keys.toSorted()
}

async function referencedKeys(storage: MediaStorage): Promise<string[]> {
  const keys: string[] = []
  for await (const key of storage.getReferencedFileKeys(database.db)) keys.push(key)
  return keys
}

describe('the keys that rows reference', () => {
  it('are those of a varchar column, each once, without NULLs', async () => {
    await database.db
      .insert(movie)
      .values([{ poster: 'b.jpg' }, { poster: null }, { poster: 'a.jpg' }, { poster: 'b.jpg' }])
    expect(await referencedKeys(new MemoryMediaStorage({ column: movie.poster }))).toEqual(['a.jpg', 'b.jpg'])
  })

  it('are those of a text column', async () => {
    await database.db.insert(movie).values([{ trailer: 'a.mp4', poster: 'other.jpg' }])
    expect(await referencedKeys(new MemoryMediaStorage({ column: movie.trailer }))).toEqual(['a.mp4'])
  })

  it('are those in all arrays of a column, each once, without NULL and empty arrays and NULLs in them', async () => {
    await database.db
      .insert(movie)
      .values([
        { screenshots: ['c.png', 'a.png'] },
        { screenshots: [] },
        { screenshots: null },
        { screenshots: ['a.png', 'a.png', 'b.png'] },
      ])
    await database.db.execute(sql`insert into movie (screenshots) values (array[null, 'd.png', null])`)
    const expected = ['a.png', 'b.png', 'c.png', 'd.png']
    expect(await referencedKeys(new MemoryMediaStorage({ column: movie.screenshots }))).toEqual(expected)
  })

  it('are those of a text array, that is never NULL', async () => {
    await database.db.insert(movie).values([{}, { clips: ['x.mp4'] }])
    expect(await referencedKeys(new MemoryMediaStorage({ column: movie.clips }))).toEqual(['x.mp4'])
  })

  it('are not the empty text, which is no key', async () => {
    await database.db.insert(movie).values([{ poster: '' }, { poster: 'a.jpg' }])
    expect(await referencedKeys(new MemoryMediaStorage({ column: movie.poster }))).toEqual(['a.jpg'])
  })

  it('are given as they are, whatever signs are in them', async () => {
    const keys = [`it's "quoted".jpg`, '100%_.jpg', 'back\\slash.jpg', 'ñandú 🎬.jpg', '{a,b}.jpg', 'NULL']
    await database.db.insert(movie).values([{ clips: keys }, ...keys.map((poster) => ({ poster }))])
    expect((await referencedKeys(new MemoryMediaStorage({ column: movie.clips }))).toSorted()).toEqual(keys.toSorted())
    expect((await referencedKeys(new MemoryMediaStorage({ column: movie.poster }))).toSorted()).toEqual(keys.toSorted())
  })

  it('are none in an empty table', async () => {
    expect(await referencedKeys(new MemoryMediaStorage({ column: movie.poster }))).toEqual([])
    expect(await referencedKeys(new MemoryMediaStorage({ column: movie.screenshots }))).toEqual([])
  })

  it('are all there, each once, beyond the size of a page', async () => {
    await database.db.execute(
      sql`insert into movie (poster) select 'p-' || n % 25001 || '.jpg' from generate_series(1, 30000) n`,
    )
    const keys = await referencedKeys(new MemoryMediaStorage({ column: movie.poster }))
    expect(keys).toHaveLength(25_001)
    expect(new Set(keys).size).toBe(25_001)
  })
})

describe('deleting unused files', () => {
  it('deletes those that no row references, and no other', async () => {
    const [used, unused, alsoUnused] = [await store(posters, 25), await store(posters, 25), await store(posters, 999)]
    await database.db.insert(movie).values([{ poster: used }, { poster: null }, { poster: 'gone.jpg' }])
    expect(await unusedKeys(posters)).toEqual([unused, alsoUnused].toSorted())

    expect(await posters.deleteUnusedFiles(database.db, { maxFraction: 1 })).toEqual({
      runId: expect.stringMatching(/^\d{8}T\d{9}Z-[0-9a-f]{8}$/),
      examined: 3,
      referenced: 1,
      young: 0,
      unused: 2,
      deleted: 2,
      bytes: 10,
      restored: 0,
      purged: 0,
      failed: 0,
      failures: [],
      interrupted: false,
    })
    expect(await listedKeys(posters)).toEqual([used])
  })

  it('keeps what any array holds, at any place in it', async () => {
    const [first, second, third, fourth, unused] = await Promise.all([1, 2, 3, 4, 5].map(() => storeScreenshot(25)))
    await database.db
      .insert(movie)
      .values([
        { screenshots: [first!, second!] },
        { screenshots: [] },
        { screenshots: null },
        { screenshots: [third!, first!, fourth!] },
      ])
    expect(await unusedKeys(screenshots)).toEqual([unused])
    expect((await screenshots.deleteUnusedFiles(database.db)).deleted).toBe(1)
    expect(await listedKeys(screenshots)).toEqual([first!, second!, third!, fourth!].toSorted())
  })

  it('keeps a file that is younger than the grace period, of 24 hours or as given', async () => {
    const used = await store(posters, 25)
    await database.db.insert(movie).values({ poster: used })
    const [young, old] = [await store(posters, 23.9), await store(posters, 24.1)]
    const future = await store(posters, -48)
    expect(await unusedKeys(posters)).toEqual([old])
    expect(await unusedKeys(posters, { olderThan: 23 * 3600 })).toEqual([young, old].toSorted())
    expect(await unusedKeys(posters, { olderThan: 30 * 3600 })).toEqual([])
    expect(await unusedKeys(posters, { olderThan: Number.NaN })).toEqual([])

    expect(await posters.deleteUnusedFiles(database.db)).toMatchObject({ young: 2, unused: 1, deleted: 1 })
    expect(await listedKeys(posters)).toEqual([used, young, future].toSorted())
  })

  it('never deletes a foreign file, nor an upload that is under way', async () => {
    const used = await store(posters, 25)
    await database.db.insert(movie).values({ poster: used })
    for (const name of FOREIGN) {
      await writeFile(join(mediaPath, name), 'foreign')
      await age(name, 9999)
    }
    const upload = await pauseUpload(posters)
    const [unfinished = ''] = await stagedNames(mediaPath)
    await age(join('.vitrine', 'staging', unfinished), 9999)

    expect((await posters.deleteUnusedFiles(database.db, { olderThan: 0 })).deleted).toBe(0)
    const key = await upload.finish()
    expect((await readdir(mediaPath)).toSorted()).toEqual([...FOREIGN, used, key, '.vitrine', 'screenshots'].toSorted())
  })

  it('deletes nothing when it only asks', async () => {
    await store(posters, 25)
    await database.db.insert(movie).values({ poster: 'other.jpg' })
    const before = await readdir(mediaPath)
    expect(await unusedKeys(posters)).toHaveLength(1)
    expect(await readdir(mediaPath)).toEqual(before)
  })
})

describe('a database that cannot be trusted', () => {
  it('has nothing deleted when it fails', async () => {
    const key = await store(posters, 25)
    const broken: ReferenceDatabase = {
      select: () => {
        throw new Error('connection reset')
      },
    }
    const stopped = { code: 'CLEAN_UP_STOPPED', cause: { message: 'connection reset' }, report: { deleted: 0 } }
    await expect(posters.deleteUnusedFiles(broken)).rejects.toMatchObject(stopped)
    await expect(posters.deleteUnusedFiles(broken, { allowEmpty: true })).rejects.toMatchObject(stopped)
    expect(await listedKeys(posters)).toEqual([key])
  })

  it('has nothing deleted when its table is missing', async () => {
    const nowhere = pgTable('nowhere', { poster: text('poster') })
    const storage = new LocalMediaStorage({ column: nowhere.poster, mediaPath, ...ANY_CONTENT })
    const key = await store(storage, 25)
    await expect(storage.deleteUnusedFiles(database.db, { allowEmpty: true })).rejects.toThrow()
    expect(await listedKeys(storage)).toEqual([key])
  })

  it.each([
    ['has no row at all', []],
    ['has only NULLs', [{ poster: null }, { poster: null }]],
    ['has only empty texts', [{ poster: '' }, { poster: null }]],
  ])('has nothing deleted when the column %s, unless that is said to be right', async (_what, rows) => {
    if (rows.length > 0) await database.db.insert(movie).values(rows)
    const key = await store(posters, 25)
    const refusal = {
      name: 'CleanUpError',
      code: 'CLEAN_UP_REFUSED',
      refusal: 'no-references',
      message:
        'Nothing was deleted: no row references a file in movie.poster although there are files. If that is right, set allowEmpty.',
    }
    await expect(posters.deleteUnusedFiles(database.db)).rejects.toMatchObject(refusal)
    await expect(unusedKeys(posters)).rejects.toMatchObject(refusal)
    expect(await listedKeys(posters)).toEqual([key])
    expect((await posters.deleteUnusedFiles(database.db, { allowEmpty: true, maxFraction: 1 })).deleted).toBe(1)
  })

  it.each(['when the rows are read', 'right before a file goes'])(
    'has nothing deleted when a proxy answers nothing %s, and is not believed',
    async (moment) => {
      const [used, unused] = [await store(posters, 25), await store(posters, 25)]
      await database.db.insert(movie).values({ poster: used })
      let isSilent = moment === 'when the rows are read'
      const proxied = drizzle(async (query, parameters) => {
        const { rows } = await database.client.query<unknown[]>(query, parameters, { rowMode: 'array' })
        return { rows: isSilent ? [] : rows }
      })
      const confirm = () => (isSilent = true)
      const options = { allowEmpty: true, maxFraction: 1, confirm }
      await expect(posters.deleteUnusedFiles(proxied, options)).rejects.toMatchObject({
        code: 'CLEAN_UP_STOPPED',
        cause: { message: 'The database answered with nothing a question that has an answer.' },
        report: { deleted: 0 },
      })
      expect(await listedKeys(posters)).toEqual([used, unused].toSorted())
    },
  )

  it('has the files listed before its rows are read: what is saved in between is no candidate', async () => {
    const [used, late] = [await store(posters, 25), await store(posters, 25)]
    await database.db.insert(movie).values({ poster: used })
    let saving: Promise<unknown> | undefined
    const onProgress = ({ stage, total }: CleanUpProgress) => {
      if (stage === 'listing' && total !== null) saving = database.db.insert(movie).values({ poster: late }).execute()
    }
    const report = await posters.deleteUnusedFiles(database.db, { onProgress })
    await saving
    expect(report).toMatchObject({ examined: 2, referenced: 2, unused: 0, deleted: 0 })
  })

  it('is no reason to refuse when there is no file either', async () => {
    expect(await posters.deleteUnusedFiles(database.db)).toMatchObject({ examined: 0, deleted: 0, failed: 0 })
  })

  it('deletes nothing more once it fails in the middle', async () => {
    const storage = new WatchedMemoryStorage({ column: movie.poster, ...ANY_CONTENT })
    for (let index = 0; index < 1500; index += 1) await storage.storeFile('poster.jpg', Buffer.from('a'))
    await database.db.insert(movie).values({ poster: await storage.storeFile('used.jpg', Buffer.from('a')) })
    let checks = 0
    const failing = new Proxy(database.db, {
      get(target, property, receiver) {
        // Two for the query that reads the rows. Each batch of 500 asks before it moves, and after.
        if (property === 'select' && (checks += 1) > 4) throw new Error('connection reset')
        return Reflect.get(target, property, receiver)
      },
    })
    await expect(storage.deleteUnusedFiles(failing, { olderThan: 0, maxFraction: 1 })).rejects.toMatchObject({
      code: 'CLEAN_UP_STOPPED',
      message: 'The clean-up stopped: the database failed. Before that, 500 files were deleted; nothing more was.',
      report: { unused: 1500, deleted: 500 },
    })
    expect(await listedKeys(storage)).toHaveLength(1001)
  })
})

describe('deleting unused files of many', () => {
  it('finds each of 2 500 beyond the size of a batch, and reports what could not be deleted', async () => {
    const storage = new WatchedMemoryStorage({ column: movie.poster, ...ANY_CONTENT })
    const keys: string[] = []
    for (let index = 0; index < 2500; index += 1) keys.push(await storage.storeFile('poster.jpg', Buffer.from('a')))
    const used = keys.filter((_key, index) => index % 2 === 0)
    await database.db.insert(movie).values(used.map((poster) => ({ poster })))
    storage.stuck.add(keys[1]!)

    const report = await storage.deleteUnusedFiles(database.db, { olderThan: 0, permanent: true })
    expect(report).toMatchObject({ examined: 2500, referenced: 1250, deleted: 1249, failed: 1 })
    expect(report.failures.map(({ key, error }) => [key, error.code])).toEqual([[keys[1], 'STORAGE_FAILURE']])
    expect(await listedKeys(storage)).toEqual([...used, keys[1]!].toSorted())
  })

  it('does no harm when eight clean-ups run at the same time', async () => {
    const storage = new WatchedMemoryStorage({ column: movie.poster, ...ANY_CONTENT })
    const used = await storage.storeFile('used.jpg', Buffer.from('a'))
    await database.db.insert(movie).values({ poster: used })
    for (let index = 0; index < 100; index += 1) await storage.storeFile('poster.jpg', Buffer.from('a'))
    const options = { olderThan: 0, maxFraction: 1 }
    const cleanUps = Array.from({ length: 8 }, () => storage.deleteUnusedFiles(database.db, options))
    const reports = await Promise.all(cleanUps)
    expect(reports.map(({ failed }) => failed)).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
    expect(reports.reduce((sum, { deleted }) => sum + deleted, 0)).toBe(100)
    expect(await listedKeys(storage)).toEqual([used])
  })
})
