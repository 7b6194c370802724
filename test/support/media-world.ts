import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { ADA, type MovieWorld } from './movie-admin.ts'

/**
 * A world for tests that touch no row: its database cannot be reached, and the application signs people in, as Ada and
 * under every other name.
 */
export async function openMediaWorld(): Promise<MovieWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-http-'))
  const world = mediaWorldIn(folder)
  return {
    ...world,
    close: async () => {
      await world.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The same in a folder that is there, and stays. */
export function mediaWorldIn(folder: string): MovieWorld {
  const client = postgres('postgres://nobody@127.0.0.1:1/none', { max: 1 })
  const cookie = 'application_session=ada'
  return {
    db: drizzle(client),
    folder,
    cookie,
    authenticate: (request) => {
      const name = /^application_session=(\w+)$/.exec(request.headers.get('cookie') ?? '')?.[1]
      return name === undefined ? null : { ...ADA, id: name }
    },
    close: () => client.end(),
  }
}
