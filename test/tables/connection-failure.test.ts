import type { PGlite } from '@electric-sql/pglite'
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite'
import { drizzle as drizzlePostgres } from 'drizzle-orm/postgres-js'
import { createServer } from 'node:net'
import postgres from 'postgres'
import { beforeAll, expect, it } from 'vitest'
import { director } from '../../examples/movies/schema.ts'
import type { Database } from '../../src/tables/database.ts'
import { isConnectionFailure } from '../../src/tables/database-error.ts'
import { TableRegistry } from '../../src/tables/table-registry.ts'
import { newPostgres } from '../support/postgres-cluster.ts'
import { required } from './required.ts'

let pglite: PGlite

// On a busy machine a start takes longer than a test may.
beforeAll(async () => {
  pglite = newPostgres()
  await pglite.waitReady
})

async function getFailure(db: Database): Promise<unknown> {
  const registry = new TableRegistry({ db, tables: [{ table: director }], checkFileKeys: async () => [] })
  const directors = required(registry.get('director'))
  return await directors.createRow({ name: 'Ridley Scott' }).then(
    () => null,
    (reason: unknown) => reason,
  )
}

it('knows a database that nothing listens for', async () => {
  const client = postgres({ host: '127.0.0.1', port: await freePort(), connect_timeout: 2 })
  expect(isConnectionFailure(await getFailure(drizzlePostgres(client)))).toBe(true)
  await client.end()
})

it('knows a connection that was ended', async () => {
  const client = postgres({ host: '127.0.0.1', port: await freePort() })
  await client.end()
  expect(isConnectionFailure(await getFailure(drizzlePostgres(client)))).toBe(true)
})

it('knows a socket that is not there, and does not take a missing file for it', async () => {
  const client = postgres({ path: '/nowhere/.s.PGSQL.5432' })
  expect(isConnectionFailure(await getFailure(drizzlePostgres(client)))).toBe(true)
  await client.end()
  expect(isConnectionFailure(Object.assign(new Error('No file.'), { code: 'ENOENT', syscall: 'open' }))).toBe(false)
})

it('knows a PGlite that was closed', async () => {
  await pglite.close()
  expect(isConnectionFailure(await getFailure(drizzlePglite(pglite)))).toBe(true)
})

it('does not take other errors for it', () => {
  const circular = new Error('A circle.')
  circular.cause = circular
  const others = [new Error('no'), circular, { code: '23505' }, { code: '42P01' }, null, 'ECONNREFUSED', undefined]
  expect(others.map((error) => isConnectionFailure(error))).toEqual(others.map(() => false))
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 1
}
