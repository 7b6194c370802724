import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { CREATE_FILM } from './media-tables.ts'

/** A Postgres in memory with an empty table of films. */
export async function createFilmDatabase() {
  const client = await PGlite.create()
  await client.exec(CREATE_FILM)
  return { db: drizzle(client), client }
}

export type FilmDatabase = Awaited<ReturnType<typeof createFilmDatabase>>
