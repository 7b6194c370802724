// Uploads and saves go on while clean-ups run in two processes, on a real Postgres and a folder: first without grace, then
// with the default one; then eight clean-ups at once. npx tsx bench/clean-up-race.ts [forms] [rounds]
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type PostgresJsDatabase, drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { CREATE_MOVIE, movie } from '../test/storage/media-tables.ts'
import { CleaningProcess, type CleanUpOrder } from '../test/support/cleaning-process.ts'
import { startPostgres } from '../test/support/postgres-server.ts'
import { type RaceLedger, countMissing, runWriters } from '../test/support/race-writers.ts'

const WRITERS = 50
const PROGRAM = fileURLToPath(new URL('../test/storage/cleaning-program.ts', import.meta.url))
const NO_GRACE = { olderThan: 0, maxFraction: 1, allowEmpty: true }
const DEFAULT_GRACE = { maxFraction: 1, allowEmpty: true }

interface World {
  mediaPath: string
  db: PostgresJsDatabase
  cleaners: CleaningProcess[]
}

const [forms = 6500, rounds = 100] = process.argv.slice(2).map(Number)

await inWorld((world) => race(world, 'no grace', NO_GRACE))
await inWorld((world) => race(world, 'default grace', DEFAULT_GRACE))
await inWorld(cleanEightAtOnce)

async function inWorld(run: (world: World) => Promise<void>): Promise<void> {
  const server = await startPostgres()
  const mediaPath = await mkdtemp(join(tmpdir(), 'vitrine-race-'))
  const client = postgres(server.url, { max: 20, onnotice: () => {} })
  await client.unsafe(CREATE_MOVIE)
  await client`create index on movie (poster)`
  const start = () => new CleaningProcess(PROGRAM, { mediaPath, database: server }).ready()
  const cleaners = await Promise.all([start(), start()])
  try {
    await run({ mediaPath, db: drizzle(client), cleaners })
  } finally {
    await Promise.all(cleaners.map((cleaner) => cleaner.kill()))
    await client.end()
    await server.close()
    await rm(mediaPath, { recursive: true, force: true })
  }
}

async function race(
  { mediaPath, db, cleaners }: World,
  title: string,
  options: CleanUpOrder['options'],
): Promise<void> {
  const storage = new LocalMediaStorage({ column: movie.poster, mediaPath })
  const running = new AbortController()
  const figures = { cleanUps: 0, errors: 0, taken: 0, movedByMistake: 0 }
  const started = performance.now()
  const cleaning = cleaners.map(async (cleaner) => {
    while (!running.signal.aborted) {
      for (const { report, error } of await cleaner.clean(options)) {
        figures.cleanUps += 1
        figures.errors += report.failed + (error === null ? 0 : 1)
        figures.taken += report.deleted
        figures.movedByMistake += report.restored
      }
    }
  })
  const ledger = await runWriters({ storage, db, writers: WRITERS, forms: forms / WRITERS, pause: 500 })
  running.abort()
  await Promise.all(cleaning)
  figures.movedByMistake += (await storage.deleteUnusedFiles(db, options)).restored
  const missing = await countMissing(storage, ledger)
  console.log(
    `${title}: ${describe(ledger)}, ${JSON.stringify(figures)}, ${((performance.now() - started) / 1000).toFixed(0)} s`,
  )
  console.log(`  after one more pass: ${ledger.saved.size} referenced, ${missing} missing`)
}

function describe({ operations, uploads, refused, seenMissing }: RaceLedger): string {
  return `${operations} operations, ${uploads} uploads, ${refused} saves refused, ${seenMissing} missing right after their save`
}

async function cleanEightAtOnce({ mediaPath, db, cleaners }: World): Promise<void> {
  const storage = new LocalMediaStorage({ column: movie.poster, mediaPath })
  const used = new Set<string>()
  const figures = { errors: 0, countedTwice: 0, wrong: 0 }
  for (let round = 0; round < rounds; round += 1) {
    for (let index = 0; index < 20; index += 1) {
      const key = await storage.storeFile('note.txt', new TextEncoder().encode('note'))
      if (index % 2 === 0) used.add(key)
      if (index % 2 === 0) await db.insert(movie).values({ poster: key })
    }
    const outcomes = (await Promise.all(cleaners.map((cleaner) => cleaner.clean(NO_GRACE, 4)))).flat()
    figures.errors += outcomes.filter(({ report, error }) => error !== null || report.failed > 0).length
    figures.countedTwice += outcomes.reduce((sum, { report }) => sum + report.deleted, -10)
  }
  for (const key of used) if ((await storage.getFile(key)) === null) figures.wrong += 1
  console.log(`eight at once, ${rounds} rounds: ${JSON.stringify(figures)}`)
}
