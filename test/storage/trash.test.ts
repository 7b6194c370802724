import { readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  CleanUpError,
  type DeleteUnusedFilesReport,
  type FileMove,
  type MediaStorage,
  type ReferenceDatabase,
} from 'vitrine/storage'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { type MovieDatabase, createMovieDatabase } from './movie-database.ts'
import { movie } from './media-tables.ts'
import { WatchedMemoryStorage } from './memory-harness.ts'
import { printFigure } from './print-figure.ts'
import { makeTemporaryFolder, removeFolder } from './temporary-folder.ts'
import { ANY_CONTENT } from '../support/any-content.ts'

const DAY = 86_400_000

let database: MovieDatabase
let mediaPath: string
let posters: LocalMediaStorage<typeof movie.poster>

beforeAll(async () => {
  database = await createMovieDatabase()
})

afterAll(() => database.client.close())

beforeEach(async () => {
  await database.db.delete(movie)
  mediaPath = await makeTemporaryFolder()
  posters = new LocalMediaStorage({ column: movie.poster, ...ANY_CONTENT, mediaPath })
})

afterEach(() => removeFolder(mediaPath))

async function storeOld(storage: MediaStorage, count: number, folder = mediaPath): Promise<string[]> {
  const keys: string[] = []
  for (let index = 0; index < count; index += 1) {
    const key = await storage.storeFile('poster.jpg', Buffer.from(`bytes ${index}`))
    const time = new Date(Date.now() - 2 * DAY)
    await utimes(join(folder, key), time, time)
    keys.push(key)
  }
  return keys
}

async function storeUsed(count: number): Promise<string[]> {
  const keys = await storeOld(posters, count)
  await database.db.insert(movie).values(keys.map((poster) => ({ poster })))
  return keys
}

async function listedKeys(storage: MediaStorage): Promise<string[]> {
  const keys: string[] = []
  for await (const key of storage.getFileKeys()) keys.push(key)
  return keys.toSorted()
}

async function trashedKeys(storage: MediaStorage): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of storage.trash!.list()) keys.push(key)
  return keys.toSorted()
}

async function getRefusal(cleanUp: Promise<DeleteUnusedFilesReport>): Promise<CleanUpError> {
  const error = await cleanUp.catch((reason: unknown) => reason)
  if (error instanceof CleanUpError) return error
  throw new Error('it did not refuse', { cause: error })
}

describe('the trash', () => {
  it('holds what a clean-up took, hidden from everything, and gives it back by its run or one by one', async () => {
    const used = await storeUsed(3)
    const [first, second] = await storeOld(posters, 2)
    const { runId, deleted, bytes } = await posters.deleteUnusedFiles(database.db)
    expect({ deleted, bytes }).toEqual({ deleted: 2, bytes: 14 })
    expect(await listedKeys(posters)).toEqual(used.toSorted())
    expect(await posters.getFile(first!)).toBe(null)
    const trashed: { key: string; runId: string; size: number }[] = []
    for await (const { key, runId: run, size, trashedAt } of posters.trash!.list()) {
      expect(Math.abs(trashedAt.getTime() - Date.now())).toBeLessThan(60_000)
      trashed.push({ key, runId: run, size })
    }
    expect(trashed.toSorted((one, other) => one.key.localeCompare(other.key))).toEqual(
      [first!, second!].toSorted((one, other) => one.localeCompare(other)).map((key) => ({ key, runId, size: 7 })),
    )

    expect(await posters.trash!.restoreFile(first!)).toBe(true)
    expect(await posters.trash!.restoreFile(first!)).toBe(false)
    expect(await (await posters.getFile(first!))?.text()).toBe('bytes 0')
    expect(await posters.trash!.restoreRun(runId!)).toEqual({ restored: 1, failed: 0, failures: [] })
    expect(await (await posters.getFile(second!))?.text()).toBe('bytes 1')
    expect(await trashedKeys(posters)).toEqual([])
    expect(await posters.trash!.restoreRun(runId!)).toEqual({ restored: 0, failed: 0, failures: [] })
    expect(await posters.trash!.restoreRun('../../etc')).toEqual({ restored: 0, failed: 0, failures: [] })
  })

  it('takes what was foretold, tells each file that it moves, and gives all of it back', async () => {
    await storeUsed(30)
    const unused = (await storeOld(posters, 25)).toSorted()
    const foretold: string[] = []
    for await (const key of posters.getUnusedFileKeys(database.db)) foretold.push(key)
    const { unused: count, bytes } = await posters.deleteUnusedFiles(database.db, { dryRun: true })
    const before = await listedKeys(posters)
    const moves: FileMove[] = []
    const onMove = (move: FileMove) => void moves.push(move)
    const report = await posters.deleteUnusedFiles(database.db, { onMove })
    expect({ count, bytes }).toEqual({ count: report.deleted, bytes: report.bytes })
    expect(foretold.toSorted()).toEqual(unused)
    const restored = await posters.trash!.restoreRun(report.runId!, { onMove })
    expect(restored).toMatchObject({ restored: 25, failed: 0 })
    expect(await listedKeys(posters)).toEqual(before)
    const { runId } = report
    for (const action of ['trashed', 'restored']) {
      const told = moves.filter((move) => move.action === action)
      expect(told.map(({ key }) => key).toSorted()).toEqual(unused)
      expect(new Set(told.map((move) => move.runId))).toEqual(new Set([runId]))
      expect(told.reduce((sum, { size }) => sum + size, 0)).toBe(bytes)
    }
    printFigure('dry run and run: the same 25 files; restored: 25 of 25')
  })

  it('tells what it destroys, what comes back, and what goes for good', async () => {
    await storeUsed(4)
    const [gone, wanted] = await storeOld(posters, 2)
    await posters.deleteUnusedFiles(database.db)
    await database.db.insert(movie).values({ poster: wanted! })
    const moves: string[] = []
    const onMove = ({ action, key }: FileMove) => void moves.push(`${action} ${key}`)
    await posters.deleteUnusedFiles(database.db, { onMove, purgeAfter: 0 })
    const [last] = await storeOld(posters, 1)
    await posters.deleteUnusedFiles(database.db, { onMove, permanent: true })
    expect(moves).toEqual([`restored ${wanted}`, `purged ${gone}`, `deleted ${last}`])
  })

  it('gives a file back as a new one, so that the next clean-up does not take it at once', async () => {
    await storeUsed(2)
    const [unused] = await storeOld(posters, 1)
    await posters.deleteUnusedFiles(database.db)
    await posters.trash!.restoreFile(unused!)
    expect(await posters.deleteUnusedFiles(database.db)).toMatchObject({ unused: 0, young: 1 })
  })

  it('gives back by itself, with the next clean-up, what a row references again', async () => {
    await storeUsed(2)
    const [unused] = await storeOld(posters, 1)
    await posters.deleteUnusedFiles(database.db)
    await database.db.insert(movie).values({ poster: unused! })
    expect(await posters.deleteUnusedFiles(database.db, { dryRun: true })).toMatchObject({ restored: 0 })
    expect(await trashedKeys(posters)).toEqual([unused])
    expect(await posters.deleteUnusedFiles(database.db)).toMatchObject({ restored: 1, deleted: 0 })
    expect(await (await posters.getFile(unused!))?.text()).toBe('bytes 0')
  })

  it('is emptied of what has been in it for 30 days, or as given, and of nothing that a row references', async () => {
    await storeUsed(4)
    const [gone, wanted] = await storeOld(posters, 2)
    await posters.deleteUnusedFiles(database.db)
    expect(await posters.deleteUnusedFiles(database.db)).toMatchObject({ purged: 0 })
    expect(await trashedKeys(posters)).toEqual([gone!, wanted!].toSorted())
    await database.db.insert(movie).values({ poster: wanted! })
    const purged = await posters.trash!.purge(database.db, { purgeAfter: 0 })
    expect(purged).toEqual({ purged: 1, restored: 1, failed: 0, failures: [], interrupted: false })
    expect(await trashedKeys(posters)).toEqual([])
    expect(await (await posters.getFile(wanted!))?.text()).toBe('bytes 1')
    expect(await posters.getFile(gone!)).toBe(null)
    expect(await readdir(join(mediaPath, '.vitrine', 'trash'))).toEqual([])
  })

  it('is not emptied when the database answers nothing', async () => {
    await storeUsed(2)
    await storeOld(posters, 1)
    await posters.deleteUnusedFiles(database.db)
    await database.db.delete(movie)
    const purge = posters.trash!.purge(database.db, { purgeAfter: 0 })
    await expect(purge).rejects.toMatchObject({ code: 'CLEAN_UP_REFUSED', refusal: 'no-references' })
    expect(await trashedKeys(posters)).toHaveLength(1)
  })

  it('is what a clean-up needs, unless it deletes for good', async () => {
    class WithoutTrash extends WatchedMemoryStorage {}
    const storage = new WithoutTrash({ column: movie.poster, ...ANY_CONTENT })
    Object.defineProperty(storage, 'hiddenFiles', { value: null })
    const used = await storage.storeFile('used.jpg', Buffer.from('a'))
    await database.db.insert(movie).values({ poster: used })
    const unused = await storage.storeFile('poster.jpg', Buffer.from('a'))
    expect((await getRefusal(storage.deleteUnusedFiles(database.db, { olderThan: 0 }))).refusal).toBe('no-trash')
    expect(await listedKeys(storage)).toEqual([used, unused].toSorted())
    expect(storage.trash).toBe(null)
    const report = await storage.deleteUnusedFiles(database.db, { olderThan: 0, permanent: true })
    expect(report).toMatchObject({ runId: null, deleted: 1 })
  })

  it('takes files out of the storage and its fallback, and gives them back to both', async () => {
    const oldPath = await makeTemporaryFolder()
    const fallback = new LocalMediaStorage({ column: movie.poster, ...ANY_CONTENT, mediaPath: oldPath })
    const storage = new LocalMediaStorage({ column: movie.poster, ...ANY_CONTENT, mediaPath, fallback })
    await database.db.insert(movie).values({ poster: (await storeOld(storage, 1))[0]! })
    const [old] = await storeOld(fallback, 1, oldPath)
    expect(await storage.deleteUnusedFiles(database.db)).toMatchObject({ examined: 2, deleted: 1 })
    expect(await fallback.getFile(old!)).toBe(null)
    expect(await storage.trash!.restoreFile(old!)).toBe(true)
    expect(await (await fallback.getFile(old!))?.text()).toBe('bytes 0')
    await removeFolder(oldPath)
  })
})

describe('what a clean-up is told', () => {
  it('only looks with dryRun, and does exactly that afterwards', async () => {
    await storeUsed(3)
    const unused = await storeOld(posters, 3)
    const planned = await posters.deleteUnusedFiles(database.db, { dryRun: true })
    expect(planned).toMatchObject({ runId: null, examined: 6, referenced: 3, unused: 3, deleted: 0, bytes: 21 })
    expect(await listedKeys(posters)).toHaveLength(6)
    const done = await posters.deleteUnusedFiles(database.db)
    expect(done).toMatchObject({ examined: 6, referenced: 3, unused: 3, deleted: 3, bytes: 21 })
    expect(await trashedKeys(posters)).toEqual(unused.toSorted())
  })

  it('takes no more than the limit', async () => {
    await storeUsed(3)
    await storeOld(posters, 3)
    expect(await posters.deleteUnusedFiles(database.db, { limit: 2 })).toMatchObject({ unused: 3, deleted: 2 })
    expect(await posters.deleteUnusedFiles(database.db, { limit: Number.NaN })).toMatchObject({ deleted: 0 })
    const keys: string[] = []
    for await (const key of posters.getUnusedFileKeys(database.db, { limit: 0 })) keys.push(key)
    expect(keys).toEqual([])
  })

  it('asks for leave with the count, the bytes and ten examples', async () => {
    await storeUsed(12)
    const unused = await storeOld(posters, 11)
    const asked: unknown[] = []
    const confirm = (plan: { count: number; bytes: number; examples: readonly string[] }) => {
      asked.push([plan.count, plan.bytes, plan.examples.length, plan.examples.every((key) => unused.includes(key))])
      return false
    }
    expect(await posters.deleteUnusedFiles(database.db, { confirm })).toMatchObject({ unused: 11, deleted: 0 })
    expect(asked).toEqual([[11, 78, 10, true]])
    expect(await listedKeys(posters)).toHaveLength(23)
  })

  it.each<[unknown]>([[undefined], [null], [0], [1], [''], ['no'], ['yes'], [{}], [[]]])(
    'deletes nothing when %j is the answer',
    async (response) => {
      await storeUsed(2)
      const unused = await storeOld(posters, 1)
      for (const confirm of [() => response, async () => response]) {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion
        const options = { confirm: confirm as () => boolean }
        expect(await posters.deleteUnusedFiles(database.db, options)).toMatchObject({ unused: 1, deleted: 0 })
      }
      expect(await listedKeys(posters)).toEqual(expect.arrayContaining(unused))
      expect(await posters.deleteUnusedFiles(database.db, { confirm: () => true })).toMatchObject({ deleted: 1 })
    },
  )

  it('refuses when more than half would go, unless maxFraction says so', async () => {
    await storeUsed(2)
    await storeOld(posters, 3)
    const { refusal, message, report } = await getRefusal(posters.deleteUnusedFiles(database.db))
    expect(refusal).toBe('too-many-unused')
    expect(message).toBe(
      'Nothing was deleted: 3 of 5 files of movie.poster are unused, more than the 50 % that may go at once. Is it the right database? If that is right, raise maxFraction.',
    )
    expect(report).toMatchObject({ examined: 5, referenced: 2, unused: 3, deleted: 0 })
    await getRefusal(posters.deleteUnusedFiles(database.db, { maxFraction: Number.NaN }))
    await getRefusal(posters.deleteUnusedFiles(database.db, { limit: 1 }))
    expect(await posters.deleteUnusedFiles(database.db, { maxFraction: 0.6 })).toMatchObject({ deleted: 3 })
  })

  it('refuses when rows reference files and there is none: the disk may not be mounted', async () => {
    await database.db.insert(movie).values({ poster: 'poster.jpg' })
    const { refusal, message } = await getRefusal(posters.deleteUnusedFiles(database.db))
    expect(refusal).toBe('no-files')
    expect(message).toContain('Is its disk mounted')
  })

  it('stops at the signal, and tells how far it came', async () => {
    const storage = new WatchedMemoryStorage({ column: movie.poster, ...ANY_CONTENT })
    const keys: string[] = []
    for (let index = 0; index < 2400; index += 1) keys.push(await storage.storeFile('poster.jpg', Buffer.from('a')))
    await database.db.insert(movie).values(keys.slice(0, 1200).map((poster) => ({ poster })))
    const abort = new AbortController()
    const stages = new Set<string>()
    const report = await storage.deleteUnusedFiles(database.db, {
      olderThan: 0,
      signal: abort.signal,
      onProgress: ({ stage, done, total }) => {
        stages.add(stage)
        if (stage === 'deleting') {
          expect([done, total]).toEqual([500, 1200])
          abort.abort()
        }
      },
    })
    expect(report).toMatchObject({ unused: 1200, deleted: 500, interrupted: true })
    expect([...stages]).toEqual(['restoring', 'listing', 'comparing', 'choosing', 'deleting'])
  })

  it('keeps what further columns hold or mention: of keys, of lists, of rich text and of JSON', async () => {
    const keys = await storeOld(posters, 8)
    const [own, trailer, shot, quoted, inJson, mentioned] = keys
    await database.db.insert(movie).values([
      {
        poster: own,
        trailer: `<img src="/media/${encodeURIComponent(mentioned!)}?x=1"> and ${quoted!.toUpperCase()}`,
      },
      { trailer, screenshots: [shot!, 'other.png'] },
      { extra: { blocks: [{ file: inJson }] } },
    ])
    const references = [movie.trailer, movie.screenshots, movie.extra]
    expect(await posters.deleteUnusedFiles(database.db, { references })).toMatchObject({ referenced: 6, deleted: 2 })
    expect(await listedKeys(posters)).toEqual(keys.slice(0, 6).toSorted())
    const declared = new LocalMediaStorage({ column: movie.poster, ...ANY_CONTENT, mediaPath, references })
    await database.db.update(movie).set({ poster: null }).where(eq(movie.poster, own!))
    expect(await declared.deleteUnusedFiles(database.db, { olderThan: 86_400 })).toMatchObject({ deleted: 1 })
    expect(await listedKeys(posters)).toEqual(keys.slice(1, 6).toSorted())
  })

  it('asks the database once more right before a file goes, and brings back what came in between', async () => {
    const used = await storeUsed(3)
    const [late, later] = await storeOld(posters, 2)
    let selects = 0
    const racing: ReferenceDatabase = new Proxy(database.db, {
      get(target, property, receiver) {
        if (property === 'select') selects += 1
        return Reflect.get(target, property, receiver)
      },
    })
    const hide = posters.hiddenFiles.hide.bind(posters.hiddenFiles)
    posters.hiddenFiles.hide = async (key, path) => {
      // After the look and before the move.
      if (key === later) await database.db.insert(movie).values({ poster: later })
      return hide(key, path)
    }
    const report = await posters.deleteUnusedFiles(racing, {
      // After the rows were read and before the look.
      confirm: async () => {
        await database.db.insert(movie).values({ poster: late! })
        return true
      },
    })
    expect(report).toMatchObject({ unused: 2, deleted: 0, restored: 1 })
    expect(selects).toBe(4)
    expect(await listedKeys(posters)).toEqual([...used, late!, later!].toSorted())
  })
})
