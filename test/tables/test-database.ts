import { sql } from 'drizzle-orm'
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite'
import { drizzle as drizzlePostgres } from 'drizzle-orm/postgres-js'
import { readFile } from 'node:fs/promises'
import postgres from 'postgres'
import type { Database } from '../../src/tables/database.ts'
import { newPostgres } from '../support/postgres-cluster.ts'
import { SPECIMEN_SQL } from './specimen.ts'

/** A database of its own, with the movies example's tables and `specimen`. */
export interface TestDatabase {
  db: Database
  /** Statements sent so far, with their parameters. */
  queries: { query: string; parameters: unknown[] }[]
  close: () => Promise<void>
}

export interface Engine {
  name: string
  /** Why the engine cannot be used here; `null` when it can. */
  missing: string | null
  open: () => Promise<TestDatabase>
}

const serverUrl = process.env['DATABASE_URL']

export const ENGINES: Engine[] = [
  { name: 'PGlite', missing: null, open: openPglite },
  {
    name: 'Postgres',
    missing: serverUrl === undefined ? 'DATABASE_URL is not set' : null,
    open: () => openPostgres(serverUrl ?? ''),
  },
]

export async function openPglite(): Promise<TestDatabase> {
  const client = newPostgres()
  const { queries, logger } = recordQueries()
  const db: Database = drizzlePglite(client, { logger })
  await createTables(db)
  return { db, queries, close: () => client.close() }
}

async function openPostgres(url: string): Promise<TestDatabase> {
  const name = `vitrine_test_${crypto.randomUUID().replaceAll('-', '')}`
  const server = postgres(url, { max: 1 })
  await server.unsafe(`create database ${name}`)
  const client = postgres(url, { database: name, onnotice: () => {} })
  const { queries, logger } = recordQueries()
  const db: Database = drizzlePostgres(client, { logger })
  await createTables(db)
  const close = async () => {
    await client.end()
    await server.unsafe(`drop database ${name}`)
    await server.end()
  }
  return { db, queries, close }
}

function recordQueries() {
  const queries: TestDatabase['queries'] = []
  const logger = { logQuery: (query: string, parameters: unknown[]) => void queries.push({ query, parameters }) }
  return { queries, logger }
}

async function createTables(db: Database): Promise<void> {
  const migration = new URL('../../examples/movies/migrations/0000_movies.sql', import.meta.url)
  const statements = (await readFile(migration, 'utf8')).split('--> statement-breakpoint')
  for (const statement of [...statements, ...SPECIMEN_SQL]) await db.execute(sql.raw(statement))
}
