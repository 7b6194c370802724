import { drizzle } from 'drizzle-orm/pglite'
import { newPostgres } from '../support/postgres-cluster.ts'
import { CREATE_MOVIE } from './media-tables.ts'

/** A Postgres in memory with an empty table of movies. */
export async function createMovieDatabase() {
  const client = newPostgres()
  await client.exec(CREATE_MOVIE)
  return { db: drizzle(client), client }
}

export type MovieDatabase = Awaited<ReturnType<typeof createMovieDatabase>>
