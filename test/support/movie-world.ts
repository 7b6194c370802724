import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import { createAuth } from 'vitrine/auth'
import { ADA, type MovieWorld, ORIGIN } from './movie-admin.ts'
import { newPostgres } from './postgres-cluster.ts'

/** A world with a database in memory, whose sessions are the admin's own. */
export interface SignedInWorld extends MovieWorld {
  /** Signs in once more, for a session that a test can spoil. */
  signIn(): Promise<string>
}

const migrationsFolder = join(import.meta.dirname, '../../examples/movies/migrations')

/** Starting Postgres takes seconds: a test file makes one world and its admins share it. */
export async function openMovieWorld(): Promise<SignedInWorld> {
  const client = newPostgres()
  const db = drizzle(client)
  await migrate(db, { migrationsFolder })
  const auth = createAuth({ db })
  await auth.createUser(ADA)
  const signIn = async () => getCookie(await auth.handle(signInRequest()))
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-http-'))
  const close = async () => {
    await client.close()
    await rm(folder, { recursive: true, force: true })
  }
  return { db, folder, cookie: await signIn(), signIn, close }
}

function signInRequest(): Request {
  return new Request(`${ORIGIN}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ADA),
  })
}

function getCookie(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}
