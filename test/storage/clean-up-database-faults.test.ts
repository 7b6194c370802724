import { execFileSync } from 'node:child_process'
import { utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { eq, inArray, sql } from 'drizzle-orm'
import { type PostgresJsDatabase, drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CleanUpError, type DeleteUnusedFilesOptions } from 'vitrine/storage'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { type DatabaseProxy, startDatabaseProxy } from '../support/database-proxy.ts'
import { type PostgresServer, startPostgres, whyNoPostgres } from '../support/postgres-server.ts'
import { CREATE_MOVIE, movie } from './media-tables.ts'
import { printFigure } from './print-figure.ts'
import { makeTemporaryFolder, removeFolder } from './temporary-folder.ts'

const DAY = 86_400_000

const whyNot = whyNoPostgres()
if (whyNot !== null) process.stdout.write(`  not run: a real Postgres that fails: ${whyNot}\n`)

describe.skipIf(whyNot !== null)('a clean-up whose Postgres fails', () => {
  let server: PostgresServer
  let proxy: DatabaseProxy
  let clients: postgres.Sql[]
  let db: PostgresJsDatabase
  let mediaPath: string
  let storage: LocalMediaStorage<typeof movie.poster>

  beforeAll(async () => {
    server = await startPostgres()
    proxy = await startDatabaseProxy(server.url)
  })

  afterAll(async () => {
    await proxy.close()
    await server.close()
  })

  beforeEach(async () => {
    clients = []
    db = connectTo(server.url)
    await clients[0]!.unsafe(`drop schema public cascade; create schema public; ${CREATE_MOVIE}`)
    mediaPath = await makeTemporaryFolder()
    storage = new LocalMediaStorage({ column: movie.poster, mediaPath })
  })

  afterEach(async () => {
    proxy.heal()
    await Promise.all(clients.map((client) => client.end({ timeout: 1 })))
    await removeFolder(mediaPath)
  })

  function connectTo(url: string, options: postgres.Options<{}> = {}): PostgresJsDatabase {
    const client = postgres(url, { max: 1, connect_timeout: 5, backoff: () => 0.05, onnotice: () => {}, ...options })
    clients.push(client)
    return drizzle(client)
  }

  /** Files, some referenced, that look as old as this. */
  async function store(count: number, { used = false, hours = 48 } = {}): Promise<string[]> {
    const time = new Date(Date.now() - (hours / 24) * DAY)
    const keys = await Promise.all(
      Array.from({ length: count }, async () => {
        const key = await storage.storeFile('note.txt', new TextEncoder().encode('note'))
        await utimes(join(mediaPath, key), time, time)
        return key
      }),
    )
    if (used) await db.insert(movie).values(keys.map((poster) => ({ poster })))
    return keys
  }

  async function listedKeys(): Promise<string[]> {
    const keys: string[] = []
    for await (const key of storage.getFileKeys()) keys.push(key)
    return keys.toSorted()
  }

  async function getError(database: PostgresJsDatabase, options: DeleteUnusedFilesOptions = {}): Promise<CleanUpError> {
    const error = await storage.deleteUnusedFiles(database, options).catch((reason: unknown) => reason)
    if (error instanceof CleanUpError) return error
    throw new Error('it went on', { cause: error })
  }

  describe('on the way', () => {
    it('moves nothing when the answer with the rows breaks off after 50 bytes', async () => {
      const [used, unused] = [await store(20, { used: true }), await store(5)]
      const error = await getError(connectTo(proxy.url), {
        onProgress: ({ stage }) => {
          if (stage === 'listing') proxy.cutAfter(50)
        },
      })
      expect(error).toMatchObject({ code: 'CLEAN_UP_STOPPED', report: { examined: 25, deleted: 0 } })
      expect(error.message).toBe(
        'The clean-up stopped: the database failed. Before that, 0 files were deleted; nothing more was.',
      )
      expect(rootCause(error)).toMatch(/ECONNRESET|CONNECTION_CLOSED|ECONNREFUSED/)
      expect(await listedKeys()).toEqual([...used, ...unused].toSorted())
    })

    it('moves nothing when the look before the first batch breaks off', async () => {
      const [used, unused] = [await store(20, { used: true }), await store(5)]
      const confirm = () => {
        proxy.cutAfter(50)
        return true
      }
      expect(await getError(connectTo(proxy.url), { confirm })).toMatchObject({
        code: 'CLEAN_UP_STOPPED',
        report: { examined: 25, referenced: 20, unused: 5, deleted: 0 },
      })
      expect(await listedKeys()).toEqual([...used, ...unused].toSorted())
    })

    it('moves nothing more when Postgres is killed between two batches, tells how far it came, and goes on later', async () => {
      const [used, unused] = [await store(700, { used: true }), await store(600)]
      let killing: Promise<void> | undefined
      const error = await getError(connectTo(server.url), {
        onProgress: ({ stage }) => {
          if (stage === 'deleting') killing ??= server.kill()
        },
      })
      await killing
      expect(error).toMatchObject({ code: 'CLEAN_UP_STOPPED', report: { examined: 1300, unused: 600, deleted: 500 } })
      expect(error.report.runId).toMatch(/^\d{8}T\d{9}Z-[0-9a-f]{8}$/)
      expect(await listedKeys()).toHaveLength(800)
      await server.start()
      expect(await storage.deleteUnusedFiles(connectTo(server.url))).toMatchObject({ deleted: 100, failed: 0 })
      expect(await listedKeys()).toEqual(used.toSorted())
      for (const runId of await runs()) await storage.trash!.restoreRun(runId)
      expect(await listedKeys()).toEqual([...used, ...unused].toSorted())
    })

    it.each([
      ['when the rows are read', 'listing', 0],
      ['before the first batch', 'choosing', 5],
    ])('moves nothing while Postgres hangs %s, and stops at the signal without its answer', async (...given) => {
      const [, stageBefore, expected] = given
      const [used, unused] = [await store(20, { used: true }), await store(5)]
      const abort = new AbortController()
      let isFrozen = false
      const onProgress: DeleteUnusedFilesOptions['onProgress'] = ({ stage, total }) => {
        if (isFrozen || stage !== stageBefore || total === null) return
        isFrozen = true
        server.freeze()
        setTimeout(() => abort.abort(), 200)
      }
      try {
        const report = await storage.deleteUnusedFiles(connectTo(server.url), { onProgress, signal: abort.signal })
        expect(report).toMatchObject({ unused: expected, deleted: 0, interrupted: true })
      } finally {
        server.thaw()
      }
      // The answer that comes at last finds nobody.
      await db.execute(sql`select 1`)
      expect(await listedKeys()).toEqual([...used, ...unused].toSorted())
    })
  })

  async function runs(): Promise<Set<string>> {
    const runIds = new Set<string>()
    for await (const { runId } of storage.trash!.list()) runIds.add(runId)
    return runIds
  }

  describe('by answering what is not so', () => {
    it('moves nothing when another schema answers: without the table, with an empty one, with a few of the rows', async () => {
      const keys = await store(100, { used: true })
      const other = connectTo(server.url, { connection: { search_path: 'other' } })
      await db.execute(sql`create schema other`)
      expect(rootCause(await getError(other, { allowEmpty: true, maxFraction: 1 }))).toContain('"movie" does not exist')
      await db.execute(sql`create table other.movie (like public.movie including all)`)
      expect(await getError(other)).toMatchObject({ refusal: 'no-references' })
      await other.insert(movie).values(keys.slice(0, 40).map((poster) => ({ poster })))
      expect(await getError(other)).toMatchObject({ refusal: 'too-many-unused' })
      expect(await listedKeys()).toHaveLength(100)
    })

    it('moves nothing when the table is empty and there are 1000 files', async () => {
      await store(1000)
      expect(await getError(db)).toMatchObject({ refusal: 'no-references', report: { examined: 1000, deleted: 0 } })
      expect(await listedKeys()).toHaveLength(1000)
    })

    it('keeps what other rows hold when an array is NULL, holds a NULL, or is empty', async () => {
      const shots = new LocalMediaStorage({ column: movie.screenshots, mediaPath: join(mediaPath, 'shots') })
      const keys: string[] = []
      for (let index = 0; index < 4; index += 1)
        keys.push(await shots.storeFile('a.txt', new TextEncoder().encode('a')))
      await db.insert(movie).values([{ screenshots: null }, { screenshots: [] }, { screenshots: keys.slice(0, 2) }])
      await db.execute(sql`insert into movie (screenshots) values (array[null, ${keys[2]!}, null])`)
      expect(await shots.deleteUnusedFiles(db, { olderThan: 0 })).toMatchObject({ referenced: 3, deleted: 1 })
      const listed: string[] = []
      for await (const key of shots.getFileKeys()) listed.push(key)
      expect(listed.toSorted()).toEqual(keys.slice(0, 3).toSorted())
    })

    it('keeps the files of the last hours when a replica is as far behind', async () => {
      const old = await store(20, { used: true })
      await db.execute(sql`create schema replica`)
      await db.execute(sql`create table replica.movie as select * from public.movie`)
      const late = await store(10, { used: true, hours: 20 })
      const replica = connectTo(server.url, { connection: { search_path: 'replica' } })
      expect(await storage.deleteUnusedFiles(replica)).toMatchObject({ young: 10, unused: 0, deleted: 0 })
      expect(await listedKeys()).toEqual([...old, ...late].toSorted())
    })
  })

  it('takes nothing after a backup of an hour ago came back, and tells which rows and files have no partner', async () => {
    const kept = await store(30, { used: true })
    const goneSince = await store(4, { used: true })
    const dump = execFileSync(join(server.programs, 'pg_dump'), ['--clean', server.url], { encoding: 'utf8' })
    const added = await store(12, { used: true, hours: 0.5 })
    await db.delete(movie).where(inArray(movie.poster, goneSince))
    expect(await storage.deleteUnusedFiles(db, { permanent: true })).toMatchObject({ deleted: 4 })

    execFileSync(join(server.programs, 'psql'), ['-q', server.url], {
      input: dump,
      stdio: ['pipe', 'ignore', 'inherit'],
    })
    expect(await storage.deleteUnusedFiles(db)).toMatchObject({ young: 12, unused: 0, deleted: 0 })
    expect(await listedKeys()).toEqual([...kept, ...added].toSorted())
    const missing: string[] = []
    for await (const { key } of storage.findMissingFiles(db)) missing.push(key)
    expect(missing.toSorted()).toEqual(goneSince.toSorted())
    const unused: string[] = []
    for await (const key of storage.getUnusedFileKeys(db, { olderThan: 0 })) unused.push(key)
    expect(unused.toSorted()).toEqual(added.toSorted())
    printFigure(
      `a backup one hour older: 0 files deleted; ${missing.length} rows without files, ${unused.length} files without rows, both exact`,
    )
  })

  it('brings back what a transaction took that was committed after the file had gone', async () => {
    const [used, [late]] = [await store(10, { used: true }), await store(1)]
    let commit = () => {}
    const committed = new Promise<void>((resolve) => {
      commit = resolve
    })
    let transaction: Promise<void> | undefined
    const taken = new Promise<void>((resolve) => {
      transaction = connectTo(server.url).transaction(async (open) => {
        await open.insert(movie).values({ poster: late! })
        resolve()
        await committed
      })
    })
    await taken
    expect(await storage.deleteUnusedFiles(db)).toMatchObject({ unused: 1, deleted: 1 })
    expect(await listedKeys()).toEqual(used.toSorted())
    commit()
    await transaction
    expect(await storage.deleteUnusedFiles(db)).toMatchObject({ restored: 1, deleted: 0 })
    expect(await listedKeys()).toEqual([...used, late!].toSorted())
  })

  it('keeps what moves to another row, or comes back with a row that was deleted, while it runs', async () => {
    const [used, [moved, undone]] = [await store(10, { used: true }), await store(2)]
    await db.insert(movie).values({ id: 999, poster: moved! })
    const report = await storage.deleteUnusedFiles(db, {
      confirm: async () => {
        await db.delete(movie).where(eq(movie.id, 999))
        await db.insert(movie).values([{ poster: moved! }, { poster: undone! }])
        return true
      },
    })
    expect(report).toMatchObject({ unused: 1, deleted: 0, restored: 0 })
    expect(await listedKeys()).toEqual([...used, moved!, undone!].toSorted())
  })
})

/** What was wrong in the end. */
function rootCause(error: Error): string {
  return error.cause instanceof Error
    ? rootCause(error.cause)
    : `${error.message} ${'code' in error ? String(error.code) : ''}`
}
