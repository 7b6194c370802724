import { eq } from 'drizzle-orm'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { seededRandom } from '../support/seeded-random.ts'
import { type FilmDatabase, createFilmDatabase } from './film-database.ts'
import { film } from './media-tables.ts'
import { printFigure } from './print-figure.ts'
import { makeTemporaryFolder, removeFolder } from './temporary-folder.ts'

const WRITERS = 24
const UPLOADS_EACH = 25

let database: FilmDatabase
let mediaPath: string

beforeAll(async () => {
  database = await createFilmDatabase()
  mediaPath = await makeTemporaryFolder()
})

afterAll(async () => {
  await database.client.close()
  await removeFolder(mediaPath)
})

function open(): LocalMediaStorage<typeof film.poster> {
  return new LocalMediaStorage({ column: film.poster, mediaPath })
}

it('loses no file to a race of uploads and saves with two clean-ups that grant no grace', async () => {
  const random = seededRandom(7)
  const saved = new Map<string, string>()
  const running = new AbortController()
  const figures = { operations: 0, cleanUps: 0, taken: 0, broughtBack: 0, movedByMistake: 0 }
  const write = async (writer: number) => {
    const storage = open()
    for (let index = 0; index < UPLOADS_EACH; index += 1) {
      const text = `writer ${writer}, file ${index}`
      const key = await storage.storeFile('note.txt', new TextEncoder().encode(text))
      await setTimeout(random(200))
      figures.operations += 2
      // Some forms are abandoned.
      if (random(4) === 0) continue
      await database.db.insert(film).values({ poster: key })
      saved.set(key, text)
      if ((await storage.getFile(key)) === null) figures.movedByMistake += 1
      if (random(5) > 0) continue
      await database.db.delete(film).where(eq(film.poster, key))
      saved.delete(key)
      figures.operations += 1
    }
  }
  const clean = async () => {
    const storage = open()
    while (!running.signal.aborted) {
      const options = { olderThan: 0, maxFraction: 1, allowEmpty: true, purgeAfter: 3600 }
      const { deleted, restored } = await storage.deleteUnusedFiles(database.db, options)
      figures.cleanUps += 1
      figures.taken += deleted
      figures.broughtBack += restored
    }
  }
  const cleaners = [clean(), clean()]
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)))
  running.abort()
  await Promise.all(cleaners)

  const storage = open()
  await storage.deleteUnusedFiles(database.db, { olderThan: 0, maxFraction: 1 })
  let missing = 0
  for (const [key, text] of saved) if ((await (await storage.getFile(key))?.text()) !== text) missing += 1
  expect(missing).toBe(0)
  expect(figures.cleanUps).toBeGreaterThan(2)
  printFigure(`race: ${JSON.stringify(figures)}; ${saved.size} referenced after one more pass, ${missing} missing`)
})

it('moves no file that is younger than the default grace period, whatever goes on', async () => {
  const storage = open()
  await database.db.insert(film).values({ poster: await storage.storeFile('note.txt', new TextEncoder().encode('a')) })
  const before = await keysOf(storage)
  const reports = await Promise.all([1, 2].map(() => open().deleteUnusedFiles(database.db)))
  expect(reports.map(({ deleted }) => deleted)).toEqual([0, 0])
  expect(await keysOf(storage)).toEqual(before)
})

async function keysOf(storage: LocalMediaStorage<typeof film.poster>): Promise<string[]> {
  const keys: string[] = []
  for await (const key of storage.getFileKeys()) keys.push(key)
  return keys.toSorted()
}
