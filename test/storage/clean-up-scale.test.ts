import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { MemoryMediaStorage } from '../../examples/memory-storage/memory-media-storage.ts'
import type { CleanUpProgress, ReferenceDatabase } from 'vitrine/storage'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { ANY_CONTENT } from '../support/any-content.ts'
import { type MovieDatabase, createMovieDatabase } from './movie-database.ts'
import { WatchedMemoryStorage } from './memory-harness.ts'
import { movie } from './media-tables.ts'
import { printFigure } from './print-figure.ts'
import { makeTemporaryFolder, removeFolder } from './temporary-folder.ts'

let database: MovieDatabase

beforeAll(async () => {
  database = await createMovieDatabase()
})

beforeEach(() => database.db.delete(movie))

afterAll(() => database.client.close())

/** Keys and nothing else. */
class ListedStorage extends MemoryMediaStorage<typeof movie.poster> {
  readonly #count: number

  constructor(count: number) {
    super({ column: movie.poster, ...ANY_CONTENT })
    this.#count = count
  }

  protected override async *listKeyPages() {
    for (let first = 1; first <= this.#count; first += 1000) {
      yield Array.from({ length: Math.min(1000, this.#count + 1 - first) }, (_, index) => getKey(first + index))
    }
  }

  protected override async *listEntries(only: (key: string) => boolean = () => true) {
    for await (const keys of this.listKeyPages()) {
      for (const key of keys) if (only(key)) yield { key, size: 10, lastModified: new Date(0) }
    }
  }
}

function getKey(index: number): string {
  return `poster-00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}.jpg`
}

/** Does something each time that a query is begun, which takes its `select`s. */
function watchedDatabase(onSelect: (count: number) => void): ReferenceDatabase {
  let count = 0
  return new Proxy(database.db, {
    get(target, property, receiver) {
      if (property === 'select') onSelect((count += 1))
      return Reflect.get(target, property, receiver)
    },
  })
}

async function storeMany(count: number): Promise<{ storage: WatchedMemoryStorage; keys: string[] }> {
  const storage = new WatchedMemoryStorage({ column: movie.poster, ...ANY_CONTENT })
  const keys: string[] = []
  for (let index = 0; index < count; index += 1) keys.push(await storage.storeFile('poster.jpg', Buffer.from('a')))
  return { storage, keys }
}

describe('a clean-up of many files', () => {
  it('finds exactly the unused ones among 60,000', async () => {
    await database.db.execute(sql`
      insert into movie (poster)
      select 'poster-00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0') || '.jpg'
      from generate_series(1, 60000) n where n % 1000 <> 0`)
    const storage = new ListedStorage(60_000)
    const stages = new Map<CleanUpProgress['stage'], number>()
    const started = performance.now()
    const keys: string[] = []
    const onProgress = ({ stage, done }: CleanUpProgress) => void stages.set(stage, done)
    for await (const key of storage.getUnusedFileKeys(database.db, { onProgress })) keys.push(key)
    printFigure(`clean-up of 60,000 files: ${Math.round(performance.now() - started)} ms`)
    expect(keys).toEqual(Array.from({ length: 60 }, (_, index) => getKey((index + 1) * 1000)))
    expect([...stages]).toEqual([
      ['listing', 60_000],
      ['comparing', 59_940],
      ['choosing', 60_000],
    ])
    expect(await storage.deleteUnusedFiles(database.db, { dryRun: true })).toMatchObject({
      examined: 60_000,
      referenced: 59_940,
      unused: 60,
    })
  })

  it('lists a second time only when there is something unused', async () => {
    const storage = new ListedStorage(3)
    await database.db.insert(movie).values([1, 2, 3].map((index) => ({ poster: getKey(index) })))
    const stages = new Set<string>()
    const options = { dryRun: true, onProgress: ({ stage }: CleanUpProgress) => void stages.add(stage) }
    expect(await storage.deleteUnusedFiles(database.db, options)).toMatchObject({ referenced: 3, unused: 0 })
    expect([...stages]).toEqual(['listing', 'comparing'])
  })

  it('keeps the file of a row that moves to a page which was read already', async () => {
    const { storage, keys } = await storeMany(1200)
    await database.db.insert(movie).values(keys.map((poster) => ({ poster })))
    const moved = keys[1100]!
    let moving: Promise<unknown> | undefined
    const racing = watchedDatabase((count) => {
      // Two for each page of 1000 rows.
      if (count === 3) moving = database.client.query('update movie set id = -1 where poster = $1', [moved])
    })
    const report = await storage.deleteUnusedFiles(racing, { olderThan: 0 })
    await moving
    expect(report).toMatchObject({ examined: 1200, referenced: 1199, unused: 1, deleted: 0 })
    expect(await storage.getFile(moved)).not.toBeNull()
  })

  it('searches declared texts once before and once after 2,400 files, not for each 500', async () => {
    const { storage, keys } = await storeMany(2400)
    await database.db.insert(movie).values([{ poster: keys[0]! }, { trailer: `<img src="${keys[1]!}">` }])
    let selects = 0
    const counted = watchedDatabase(() => (selects += 1))
    const options = { olderThan: 0, maxFraction: 1, references: [movie.trailer] }
    expect(await storage.deleteUnusedFiles(counted, options)).toMatchObject({ referenced: 2, deleted: 2398 })
    // Two columns are read once, with two selects each, and asked twice, with one select for keys and three for texts.
    expect(selects).toBe(4 + 8)
  })

  it('tells the reason of the signal that stops it while files are chosen', async () => {
    const storage = new ListedStorage(2500)
    await database.db.insert(movie).values(Array.from({ length: 2499 }, (_, index) => ({ poster: getKey(index + 1) })))
    const abort = new AbortController()
    const onProgress = ({ stage }: CleanUpProgress) => {
      if (stage === 'choosing') abort.abort(new Error('enough'))
    }
    const keysUntilThen = async () => {
      for await (const key of storage.getUnusedFileKeys(database.db, {
        olderThan: 0,
        signal: abort.signal,
        onProgress,
      })) {
        expect(key).toBe(getKey(2500))
      }
    }
    await expect(keysUntilThen()).rejects.toThrow('enough')
  })
})

describe('a folder of 20,000 files', () => {
  let mediaPath: string
  let storage: LocalMediaStorage
  const names = Array.from({ length: 20_000 }, (_, index) => getKey(index))

  beforeAll(async () => {
    mediaPath = join(await makeTemporaryFolder(), 'media')
    mkdirSync(mediaPath)
    for (const name of names) writeFileSync(join(mediaPath, name), '')
    storage = new LocalMediaStorage({ column: movie.poster, mediaPath, ...ANY_CONTENT })
  })

  afterAll(() => removeFolder(join(mediaPath, '..')))

  it('is listed whole, each file once', async () => {
    const started = performance.now()
    const listed: string[] = []
    for await (const key of storage.getFileKeys()) listed.push(key)
    printFigure(`a folder of 20,000 files: listed in ${Math.round(performance.now() - started)} ms`)
    expect(listed.toSorted()).toEqual(names)
  })

  it('is asked for the ages of those that are wanted, and of no other', async () => {
    const listed: string[] = []
    const only = (key: string) => key === names[7] || key === names[19_999]
    for await (const { key } of storage.listFiles({ only })) listed.push(key)
    expect(listed.toSorted()).toEqual([names[7], names[19_999]])
  })

  it('is never held as a whole: of what is deleted after the first key, few are listed', async () => {
    const listing = storage.getFileKeys()
    const first = await listing.next()
    for (const name of names) rmSync(join(mediaPath, name))
    let listed = first.done === true ? 0 : 1
    for await (const _key of listing) listed += 1
    printFigure(`a folder of 20,000 files: ${listed} names were held`)
    expect(listed).toBeGreaterThan(0)
    expect(listed).toBeLessThan(10_000)
  })
})
