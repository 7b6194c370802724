import { eq } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import { setTimeout } from 'node:timers/promises'
import type { MediaStorage } from 'vitrine/storage'
import { movie } from '../storage/media-tables.ts'
import { seededRandom } from './seeded-random.ts'

/** Forms that upload and save at the same time. */
export interface RaceOptions {
  storage: MediaStorage
  db: PgDatabase<PgQueryResultHKT>
  writers: number
  /** Forms that each writer fills in. */
  forms: number
  /** Longest time, in milliseconds, that passes between upload and save. */
  pause: number
}

/** What the writers did, and what rows hold in the end. */
export interface RaceLedger {
  /** Uploads, saves and deletions of rows. */
  operations: number
  uploads: number
  /** Forms whose file was gone when they were sent: they were told so, and saved nothing. */
  refused: number
  /** Saved files that were not in their place right after the commit. */
  seenMissing: number
  /** What is saved, with its content. */
  saved: Map<string, string>
}

/** A form uploads, waits, looks whether its file is there as the admin does, and saves. Some are abandoned, and some rows go. */
export async function runWriters(race: RaceOptions): Promise<RaceLedger> {
  const ledger: RaceLedger = { operations: 0, uploads: 0, refused: 0, seenMissing: 0, saved: new Map() }
  const random = seededRandom(7)
  await Promise.all(
    Array.from({ length: race.writers }, async (_, writer) => {
      for (let index = 0; index < race.forms; index += 1) {
        await fillInForm(race, ledger, { text: `writer ${writer}, file ${index}`, random })
      }
    }),
  )
  return ledger
}

interface Form {
  text: string
  random: (below: number) => number
}

async function fillInForm({ storage, db, pause }: RaceOptions, ledger: RaceLedger, form: Form): Promise<void> {
  const { text, random } = form
  const key = await storage.storeFile('note.txt', new TextEncoder().encode(text))
  ledger.uploads += 1
  ledger.operations += 1
  await setTimeout(random(pause))
  if (random(4) === 0) return
  if ((await storage.getFile(key)) === null) {
    ledger.refused += 1
    return
  }
  await db.insert(movie).values({ poster: key })
  ledger.operations += 1
  ledger.saved.set(key, text)
  if ((await storage.getFile(key)) === null) ledger.seenMissing += 1
  if (random(5) > 0) return
  await db.delete(movie).where(eq(movie.poster, key))
  ledger.saved.delete(key)
  ledger.operations += 1
}

/** How many of the saved files are not in their place with their bytes. */
export async function countMissing(storage: MediaStorage, { saved }: RaceLedger): Promise<number> {
  let missing = 0
  for (const [key, text] of saved) if ((await (await storage.getFile(key))?.text()) !== text) missing += 1
  return missing
}
