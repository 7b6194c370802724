import { drizzle as drizzlePglite, type PgliteDatabase } from 'drizzle-orm/pglite'
import { drizzle as drizzlePostgres, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { expect, it } from 'vitest'
import * as schema from '../../examples/movies/schema.ts'
import type { Database } from '../../src/tables/database.ts'

// What is proved here is proved by the compiler; the test only keeps the values alive.
it('accepts what drizzle() of every Postgres driver returns, with or without a schema', () => {
  const client = postgres({ host: 'localhost' })
  const plainPglite: PgliteDatabase = drizzlePglite.mock()
  const pgliteWithSchema: PgliteDatabase<typeof schema> = drizzlePglite.mock({ schema })
  const plainPostgres: PostgresJsDatabase = drizzlePostgres(client)
  const databases: Database[] = [
    plainPglite,
    pgliteWithSchema,
    plainPostgres,
    drizzlePostgres(client, { schema }),
    drizzlePostgres({ client, schema, casing: 'snake_case' }),
  ]
  expect(databases.map((db) => typeof db.select)).toEqual(Array.from({ length: 5 }, () => 'function'))
})

it('accepts the transaction of a database, and not its client', () => {
  const client = postgres({ host: 'localhost' })
  const db = drizzlePostgres(client, { schema })
  const fromTransaction = (transaction: Parameters<Parameters<typeof db.transaction>[0]>[0]): Database => transaction
  // @ts-expect-error -- a client has queries, but none of Drizzle's
  const refused: Database = client
  expect([typeof fromTransaction, typeof refused]).toEqual(['function', 'function'])
})
