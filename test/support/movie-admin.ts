import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import { drizzle as drizzlePostgres } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { type Admin, type AdminOptions, type Database, createAdmin, tableConfig } from 'vitrine'
import { type Authenticate, createAuth } from 'vitrine/auth'
import { type AdminServer, serve } from 'vitrine/node'
import { director, movie, studio } from '../../examples/movies/schema.ts'
import { type MovieStorages, createMovieStorages } from './movie-storages.ts'

/** A database in memory with the movies example's tables, and a folder for media: what several admins can share. */
export interface MovieWorld {
  db: Database
  /** Holds the media folders, and what a test plants beside them. */
  folder: string
  /** A `Cookie` header of somebody who is signed in. */
  cookie: string
  /** In place of the admin's own accounts. */
  authenticate?: Authenticate
  close(): Promise<void>
}

/** A world whose sessions are the admin's own. */
export interface SignedInWorld extends MovieWorld {
  /** Signs in once more, for a session that a test can spoil. */
  signIn(): Promise<string>
}

/** An admin of that world, as the movies example sets it up. */
export interface MovieAdmin {
  admin: Admin
  storages: MovieStorages
  /** Every failure that was logged. */
  log: string[]
  /** Sends a request, signed in unless told otherwise. */
  send(path: string, init?: SendOptions): Promise<Response>
  /** The admin behind a port of its own. It is closed with the world. */
  listen(): Promise<AdminServer>
}

export type SendOptions = RequestInit & {
  /** `null` for none. Defaults to a session that holds. */
  cookie?: string | null
}

const ADA = { email: 'ada@example.com', name: 'Ada', password: 'vitrine-demo' }

/** Where tests send their requests. */
export const ORIGIN = 'http://admin.test'

const migrationsFolder = join(import.meta.dirname, '../../examples/movies/migrations')

/** Starting Postgres takes seconds: a test file makes one world and its admins share it. */
export async function openMovieWorld(): Promise<SignedInWorld> {
  const client = new PGlite()
  const db = drizzle(client)
  await migrate(db, { migrationsFolder })
  const auth = createAuth({ db })
  await auth.createUser(ADA)
  const signIn = async () => cookieOf(await auth.handle(signInRequest()))
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-http-'))
  const close = async () => {
    await client.close()
    await rm(folder, { recursive: true, force: true })
  }
  return { db, folder, cookie: await signIn(), signIn, close }
}

/** A world for tests that touch no row: its database cannot be reached, and the application signs people in. */
export async function openMediaWorld(): Promise<MovieWorld> {
  const client = postgres('postgres://nobody@127.0.0.1:1/none', { max: 1 })
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-http-'))
  const cookie = 'application_session=ada'
  return {
    db: drizzlePostgres(client),
    folder,
    cookie,
    authenticate: (request) => (request.headers.get('cookie') === cookie ? { id: '1', ...ADA } : null),
    close: async () => {
      await client.end()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export async function startMovieAdmin(world: MovieWorld, options: Partial<AdminOptions> = {}): Promise<MovieAdmin> {
  const storages = createMovieStorages(world.folder)
  const { poster, screenshots, trailer, photo } = storages
  const log: string[] = []
  const admin = createAdmin({
    db: world.db,
    tables: [
      tableConfig({ table: movie, mediaStorage: [poster, screenshots, trailer] }),
      tableConfig({ table: director, mediaStorage: [photo] }),
      studio,
    ],
    ...(world.authenticate === undefined ? {} : { authenticate: world.authenticate }),
    logger: { error: (message, details) => void log.push(JSON.stringify({ message, details })) },
    ...options,
  })
  await admin.ready
  return {
    admin,
    storages,
    log,
    send: (path, { cookie = world.cookie, ...init } = {}) => admin.fetch(requestFor(path, init, cookie)),
    listen: () => serve(admin, { port: 0 }),
  }
}

function requestFor(path: string, init: RequestInit, cookie: string | null): Request {
  const headers = new Headers(init.headers)
  if (cookie !== null) headers.set('cookie', cookie)
  return new Request(`${ORIGIN}${path}`, { duplex: 'half', ...init, headers })
}

function signInRequest(): Request {
  return new Request(`${ORIGIN}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ADA),
  })
}

function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}
