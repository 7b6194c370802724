import { drizzle } from 'drizzle-orm/pglite'
import { newPostgres } from '../support/postgres-cluster.ts'
import { CREATE_FILM } from './media-tables.ts'

/** A Postgres in memory with an empty table of films. */
export async function createFilmDatabase() {
  const client = newPostgres()
  await client.exec(CREATE_FILM)
  return { db: drizzle(client), client }
}

export type FilmDatabase = Awaited<ReturnType<typeof createFilmDatabase>>
