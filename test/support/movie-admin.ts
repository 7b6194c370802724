import { type Admin, type AdminOptions, type Database, createAdmin, tableConfig } from 'vitrine'
import type { Authenticate } from 'vitrine/auth'
import { type AdminServer, serve } from 'vitrine/node'
import { director, movie, studio } from '../../examples/movies/schema.ts'
import { type MovieStorages, createMovieStorages } from './movie-storages.ts'

/** A database and a folder for media: what several admins can share. */
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

/** An admin of such a world, over the tables of the movies example. */
export interface MovieAdmin {
  admin: Admin
  storages: MovieStorages
  /** Every failure that was logged. */
  log: string[]
  /** Every file that a clean-up moved, as it was logged. */
  moves: Record<string, unknown>[]
  /** Sends a request, signed in unless told otherwise. */
  send(path: string, init?: SendOptions): Promise<Response>
  /** The admin behind a port of its own. */
  listen(): Promise<AdminServer>
}

export type SendOptions = RequestInit & {
  /** `null` for none. Defaults to a session that holds. */
  cookie?: string | null
}

/** Who is signed in. */
export const ADA = { email: 'ada@example.com', name: 'Ada', password: 'vitrine-demo' }

/** Where tests send their requests. */
export const ORIGIN = 'http://admin.test'

export async function startMovieAdmin(world: MovieWorld, options: Partial<AdminOptions> = {}): Promise<MovieAdmin> {
  const storages = createMovieStorages(world.folder)
  const { poster, screenshots, trailer, photo } = storages
  const log: string[] = []
  const moves: Record<string, unknown>[] = []
  const admin = createAdmin({
    db: world.db,
    tables: [
      tableConfig({ table: movie, mediaStorage: [poster, screenshots, trailer] }),
      tableConfig({ table: director, mediaStorage: [photo] }),
      studio,
    ],
    ...(world.authenticate === undefined ? {} : { authenticate: world.authenticate }),
    logger: {
      error: (message, details) => void log.push(JSON.stringify({ message, details })),
      info: (_message, details) => void moves.push(details),
    },
    ...options,
  })
  await admin.ready
  return {
    admin,
    storages,
    log,
    moves,
    send: (path, { cookie = world.cookie, ...init } = {}) => admin.fetch(requestFor(path, init, cookie)),
    listen: () => serve(admin, { port: 0 }),
  }
}

function requestFor(path: string, init: RequestInit, cookie: string | null): Request {
  const headers = new Headers(init.headers)
  if (cookie !== null) headers.set('cookie', cookie)
  const options: RequestInit & { duplex: 'half' } = { duplex: 'half', ...init, headers }
  return new Request(`${ORIGIN}${path}`, options)
}
