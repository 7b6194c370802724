import type { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import { pgTable, serial, varchar } from 'drizzle-orm/pg-core'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as schema from '../../examples/movies/schema.ts'
import { TableRegistry } from '../../src/tables/table-registry.ts'
import { newPostgres } from '../support/postgres-cluster.ts'
import { required } from './required.ts'

let client: PGlite

// On a busy machine a start takes longer than a test may.
beforeAll(async () => {
  client = newPostgres()
  await client.waitReady
})

afterAll(() => client.close())

it('the migrations of the movies example make the tables of its schema, once', async () => {
  const db = drizzle(client, { schema })
  const migrationsFolder = fileURLToPath(new URL('../../examples/movies/migrations', import.meta.url))
  await migrate(db, { migrationsFolder })
  await migrate(db, { migrationsFolder })
  expect(await db.select().from(schema.movie)).toEqual([])
  expect(await db.select().from(schema.director)).toEqual([])
  expect(await db.select().from(schema.studio)).toEqual([])
})

it('columns are named in errors where Drizzle writes names in snake case', async () => {
  const shop = pgTable('shop', { id: serial().primaryKey(), streetAddress: varchar({ length: 20 }).unique().notNull() })
  const db = drizzle(client, { casing: 'snake_case' })
  await db.execute('create table shop (id serial primary key, street_address varchar(20) unique not null)')
  const registry = new TableRegistry({ db, tables: [{ table: shop }], checkFileKeys: async () => [] })
  const shops = required(registry.get('shop'))
  await shops.createRow({ streetAddress: 'Main Street 1' })
  await expect(shops.createRow({ id: 9, streetAddress: 'Main Street 1' })).rejects.toMatchObject({
    code: 'CONFLICT',
    field: 'streetAddress',
  })
})
