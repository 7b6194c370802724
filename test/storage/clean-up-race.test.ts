import { utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { CleaningProcess } from '../support/cleaning-process.ts'
import { countMissing, runWriters } from '../support/race-writers.ts'
import { bundleProgram } from './bundle-program.ts'
import { type MovieDatabase, createMovieDatabase } from './movie-database.ts'
import { movie } from './media-tables.ts'
import { printFigure } from './print-figure.ts'
import { makeTemporaryFolder, removeFolder } from './temporary-folder.ts'

/** `bench/clean-up-race.ts` runs the same with more of all, on a Postgres. */
const WRITERS = 20
const FORMS_EACH = 15
const ROUNDS = 2
const NO_GRACE = { olderThan: 0, maxFraction: 1, allowEmpty: true }

let program: string
let database: MovieDatabase
let mediaPath: string
let cleaners: CleaningProcess[]

beforeAll(async () => {
  ;[program, database] = await Promise.all([bundleProgram('cleaning-program.ts'), createMovieDatabase()])
})

afterAll(async () => {
  await database.client.close()
  await removeFolder(dirname(program))
})

beforeEach(async () => {
  await database.db.delete(movie)
  mediaPath = await makeTemporaryFolder()
  const start = () => new CleaningProcess(program, { mediaPath, database: database.client }).ready()
  cleaners = await Promise.all([start(), start()])
})

afterEach(async () => {
  await Promise.all(cleaners.map((cleaner) => cleaner.kill()))
  await removeFolder(mediaPath)
})

function open(): LocalMediaStorage<typeof movie.poster> {
  return new LocalMediaStorage({ column: movie.poster, mediaPath })
}

it('loses no file to a race of uploads and saves with clean-ups in two processes that grant no grace', async () => {
  const running = new AbortController()
  const figures = { cleanUps: 0, taken: 0, movedByMistake: 0 }
  const clean = async (cleaner: CleaningProcess) => {
    while (!running.signal.aborted) {
      for (const { report, error } of await cleaner.clean(NO_GRACE)) {
        expect(error).toBe(null)
        figures.cleanUps += 1
        figures.taken += report.deleted
        figures.movedByMistake += report.restored
      }
    }
  }
  const cleaning = cleaners.map(clean)
  const race = { storage: open(), db: database.db, writers: WRITERS, forms: FORMS_EACH, pause: 200 }
  const ledger = await runWriters(race)
  running.abort()
  await Promise.all(cleaning)

  figures.movedByMistake += (await open().deleteUnusedFiles(database.db, NO_GRACE)).restored
  expect(await countMissing(open(), ledger)).toBe(0)
  expect(figures.cleanUps).toBeGreaterThan(2)
  const { operations, refused, seenMissing, saved } = ledger
  printFigure(
    `race in two processes: ${operations} operations, ${JSON.stringify({ ...figures, refused, seenMissing })}; ${saved.size} referenced after one more pass, 0 missing`,
  )
})

it('moves no file that is younger than the default grace period, whatever goes on', async () => {
  const running = new AbortController()
  let moved = 0
  const clean = async (cleaner: CleaningProcess) => {
    while (!running.signal.aborted) {
      for (const { report } of await cleaner.clean({ allowEmpty: true, maxFraction: 1 })) {
        moved += report.deleted + report.restored + report.failed
      }
    }
  }
  const cleaning = cleaners.map(clean)
  const ledger = await runWriters({ storage: open(), db: database.db, writers: 12, forms: 10, pause: 50 })
  running.abort()
  await Promise.all(cleaning)
  expect(moved).toBe(0)
  expect(ledger.refused).toBe(0)
  const keys: string[] = []
  for await (const key of open().getFileKeys()) keys.push(key)
  expect(keys).toHaveLength(ledger.uploads)
})

it('goes by the clock of the storage, whatever that of its process says', async () => {
  const [used, young, old, future] = await storeAged([48, 23.9, 24.1, -48])
  await database.db.insert(movie).values({ poster: used! })
  const minute = 60_000
  const shifts = [-10, 10, -1440, 1440, 525_600].map((minutes) => minutes * minute)
  let wrong = 0
  for (const shift of shifts) {
    const execArgv = ['--import', `data:text/javascript,${encodeURIComponent(shiftedClock(shift))}`]
    const cleaner = await new CleaningProcess(program, { mediaPath, database: database.client, execArgv }).ready()
    const [outcome] = await cleaner.clean({ purgeAfter: 86_400 })
    await cleaner.kill()
    expect(outcome).toMatchObject({
      error: null,
      report: { referenced: 1, young: 2, unused: 1, deleted: 1, purged: 0 },
    })
    for (const key of [used, young, future]) if ((await open().getFile(key!)) === null) wrong += 1
    await open().trash!.restoreRun(outcome!.report.runId!)
    await age(old!, 24.1)
  }
  expect(wrong).toBe(0)
  printFigure(`clocks that are ${shifts.map((shift) => shift / minute).join(', ')} minutes off: ${wrong} wrong`)
})

/** Every look at the clock of the process is so many milliseconds off. */
function shiftedClock(milliseconds: number): string {
  return `const RealDate = Date
    globalThis.Date = class extends RealDate {
      constructor(...parts) {
        super(...(parts.length === 0 ? [RealDate.now() + ${milliseconds}] : parts))
      }
      static now() {
        return RealDate.now() + ${milliseconds}
      }
    }`
}

async function storeAged(hours: readonly number[]): Promise<string[]> {
  return Promise.all(
    hours.map(async (each) => {
      const key = await open().storeFile('note.txt', new TextEncoder().encode('note'))
      await age(key, each)
      return key
    }),
  )
}

async function age(key: string, hours: number): Promise<void> {
  const time = new Date(Date.now() - hours * 3_600_000)
  await utimes(join(mediaPath, key), time, time)
}

it('counts each file once when eight clean-ups run at the same time, four in each process', async () => {
  let errors = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const used = await open().storeFile('used.txt', new TextEncoder().encode('used'))
    await database.db.insert(movie).values({ poster: used })
    for (let index = 0; index < 60; index += 1) await open().storeFile('note.txt', new TextEncoder().encode('unused'))
    const outcomes = (await Promise.all(cleaners.map((cleaner) => cleaner.clean(NO_GRACE, 4)))).flat()
    errors += outcomes.filter(({ report, error }) => error !== null || report.failed > 0).length
    expect(outcomes.reduce((sum, { report }) => sum + report.deleted, 0)).toBe(60)
    expect(await open().getFile(used)).not.toBe(null)
  }
  expect(errors).toBe(0)
  printFigure(`eight clean-ups at once in two processes, ${ROUNDS} rounds: ${errors} errors, 0 counted twice, 0 wrong`)
})
