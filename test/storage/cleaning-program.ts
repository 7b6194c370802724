import { drizzle as drizzleByMessages } from 'drizzle-orm/pg-proxy'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { CleanUpError, type DeleteUnusedFilesReport, type ReferenceDatabase } from 'vitrine/storage'
import { LocalMediaStorage } from 'vitrine/storage/local'
import type { QueryReply, CleanUpOrder, CleanUpOutcome, Question } from '../support/cleaning-process.ts'
import { movie } from './media-tables.ts'

/**
 * A process that cleans a folder up as often as it is told to. Its database is the one that `DATABASE_URL` names, else that
 * of the process which started it.
 */
const [mediaPath = ''] = process.argv.slice(2)

const waiting = new Map<number, (response: QueryReply) => void>()
const db = openDatabase()

process.on('message', (message: CleanUpOrder | QueryReply) => {
  if ('rows' in message) waiting.get(message.id)?.(message)
  else void carryOut(message)
})
process.on('disconnect', () => process.exit())
process.send?.({ kind: 'ready' })

async function carryOut({ options, times }: CleanUpOrder): Promise<void> {
  const outcomes = await Promise.all(Array.from({ length: times }, () => cleanUp(options)))
  process.send?.({ kind: 'outcomes', outcomes })
}

async function cleanUp(options: CleanUpOrder['options']): Promise<CleanUpOutcome> {
  const storage = new LocalMediaStorage({ column: movie.poster, mediaPath })
  try {
    return { report: asPlain(await storage.deleteUnusedFiles(db, options)), error: null }
  } catch (error) {
    if (!(error instanceof CleanUpError)) throw error
    return {
      report: asPlain(error.report),
      error: { code: error.code, refusal: error.refusal, message: error.message },
    }
  }
}

function asPlain({ failures, ...report }: DeleteUnusedFilesReport): CleanUpOutcome['report'] {
  return { ...report, failures: failures.map(({ key, error }) => ({ key, message: error.message })) }
}

function openDatabase(): ReferenceDatabase {
  const url = process.env.DATABASE_URL
  if (url !== undefined) return drizzle(postgres(url, { max: 4, onnotice: () => {} }))
  let questions = 0
  return drizzleByMessages(async (query, parameters) => {
    const id = (questions += 1)
    const { rows, error } = await new Promise<QueryReply>((resolve) => {
      waiting.set(id, resolve)
      process.send?.({ kind: 'question', id, query, parameters } satisfies Question)
    })
    waiting.delete(id)
    if (error !== null) throw new Error(error)
    return { rows }
  })
}
