import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { sql } from 'drizzle-orm'
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite'
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator'
import { drizzle as drizzlePostgres } from 'drizzle-orm/postgres-js'
import { migrate as migratePostgres } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import type { Database } from 'vitrine'
import { authTables } from 'vitrine/auth'
import { lockFolder } from './lock-folder.ts'
import type { Settings } from './settings.ts'

/** A database with the demo's tables. */
export interface OpenDatabase {
  db: Database
  readonly close: () => Promise<void>
}

const migrationsFolder = join(import.meta.dirname, 'migrations')

/** Opens the database of the settings and brings its tables up to date. */
export async function openDatabase(settings: Settings): Promise<OpenDatabase> {
  await mkdir(settings.dataFolder, { recursive: true, mode: 0o700 })
  // Two processes on one PGlite folder lose each other's rows without a word.
  const unlock = await lockFolder(settings.dataFolder)
  const { db, close } =
    settings.databaseUrl === null ? await openPglite(settings) : await openPostgres(settings, settings.databaseUrl)
  return {
    db,
    async close() {
      await close()
      await unlock()
    },
  }
}

async function openPglite({ dataFolder, reset }: Settings): Promise<OpenDatabase> {
  const folder = join(dataFolder, 'database')
  if (reset) await rm(folder, { recursive: true, force: true })
  const client = await PGlite.create(folder)
  const db = drizzlePglite(client)
  await migratePglite(db, { migrationsFolder })
  return { db, close: () => client.close() }
}

async function openPostgres({ reset }: Settings, url: string): Promise<OpenDatabase> {
  const client = postgres(url, { onnotice: () => {} })
  const db = drizzlePostgres(client)
  if (reset) await dropTables(db)
  await migratePostgres(db, { migrationsFolder })
  return { db, close: () => client.end() }
}

/** Drops what the demo and the admin have made, and nothing else of the database. */
async function dropTables(db: Database): Promise<void> {
  await db.execute(sql`drop table if exists movie, director, studio cascade`)
  for (const table of Object.values(authTables)) await db.execute(sql`drop table if exists ${table} cascade`)
  await db.execute(sql`drop type if exists genre`)
  await db.execute(sql`drop schema if exists drizzle cascade`)
}
