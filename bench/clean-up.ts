// How long it takes to find the unused files among very many, and what memory, beside the same with two sets of keys, in
// one run. It needs Postgres: DATABASE_URL=postgres://... npx tsx bench/clean-up.ts [files ...]
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { pgTable, serial, text } from 'drizzle-orm/pg-core'
import { type PostgresJsDatabase, drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { type ListFilesOptions, type ListedFile, MediaStorage } from 'vitrine/storage'

/** One file of so many is unused. */
const ONE_UNUSED_OF = 1000

const DAY = 86_400_000

const clip = pgTable('clean_up_bench', { id: serial().primaryKey(), file: text() })

/** Keys and nothing else, as a bucket lists them. */
class ListedStorage extends MediaStorage<typeof clip.file> {
  override readonly location = 'bench:///'
  readonly #files: number

  constructor(files: number) {
    super({ column: clip.file })
    this.#files = files
  }

  protected override async *listKeys(): AsyncGenerator<string> {
    for (let index = 1; index <= this.#files; index += 1) yield keyOf(index)
  }

  protected override async *listEntries(only: NonNullable<ListFilesOptions['only']>): AsyncGenerator<ListedFile> {
    const lastModified = new Date(Date.now() - 2 * DAY)
    for await (const key of this.listKeys()) if (only(key)) yield { key, size: 1000, lastModified }
  }

  protected override writeFile(): Promise<void> {
    throw new Error('It stores nothing.')
  }

  protected override async openFile(): Promise<null> {
    return null
  }

  protected override async removeFile(): Promise<void> {}
}

type Way = 'vitrine' | 'two sets'

interface Outcome {
  seconds: number
  peak: number
  unused: number
}

if (process.send === undefined) await compare(process.argv.slice(2).map(Number))
else process.once('message', ({ way, files }: { way: Way; files: number }) => void find(way, files))

async function compare(counts: readonly number[]): Promise<void> {
  const { db, client } = connect()
  for (const files of counts.length === 0 ? [100_000, 1_000_000] : counts) {
    await fill(db, files)
    for (const way of ['vitrine', 'two sets'] as const) {
      const { seconds, peak, unused } = await inChild(way, files)
      const memory = `${Math.round(peak / 1e6)} MB at its peak`
      console.log(`${files} files  ${way.padEnd(9)} ${seconds.toFixed(1)} s  ${memory}  ${unused} unused`)
    }
  }
  await db.execute(sql`drop table ${clip}`)
  await client.end()
}

/** The same in JavaScript and in SQL; spread over all fingerprints. */
function keyOf(index: number): string {
  const spread = (Math.imul(index, 2_654_435_761) >>> 0).toString(16).padStart(8, '0')
  return `poster-${spread}-0000-4000-8000-${index.toString(16).padStart(12, '0')}.jpg`
}

async function fill(db: PostgresJsDatabase, files: number): Promise<void> {
  await db.execute(sql`drop table if exists ${clip}`)
  await db.execute(sql`create table ${clip} (id serial primary key, file text)`)
  await db.execute(sql`
    insert into ${clip} (file)
    select 'poster-' || lpad(to_hex((n::bigint * 2654435761) & 4294967295), 8, '0') || '-0000-4000-8000-'
      || lpad(to_hex(n), 12, '0') || '.jpg'
    from generate_series(1, ${files}::int) n where n % ${ONE_UNUSED_OF}::int <> 0`)
  await db.execute(sql`analyze ${clip}`)
}

async function inChild(way: Way, files: number): Promise<Outcome> {
  const execArgv = [...process.execArgv, '--max-old-space-size=12000']
  const child = fork(fileURLToPath(import.meta.url), { execArgv })
  child.send({ way, files })
  const [outcome]: Outcome[] = await once(child, 'message')
  if (outcome === undefined) throw new Error(`${way} told nothing`)
  return outcome
}

async function find(way: Way, files: number): Promise<void> {
  const { db, client } = connect()
  const storage = new ListedStorage(files)
  const began = performance.now()
  const unused =
    way === 'vitrine'
      ? (await storage.deleteUnusedFiles(db, { dryRun: true })).unused
      : await countByTwoSets(storage, client)
  const seconds = (performance.now() - began) / 1000
  process.send?.({ seconds, peak: process.resourceUsage().maxRSS * 1024, unused } satisfies Outcome)
  await client.end()
}

/** Both sides in memory, as it is done everywhere; the rows come by a cursor, so that only the sets are compared. */
async function countByTwoSets(storage: ListedStorage, client: postgres.Sql): Promise<number> {
  const stored = new Set<string>()
  for await (const key of storage.getFileKeys()) stored.add(key)
  const referenced = new Set<string>()
  for await (const rows of client<{ file: string }[]>`select file from clean_up_bench`.cursor(20_000)) {
    for (const { file } of rows) referenced.add(file)
  }
  let unused = 0
  for (const key of stored) if (!referenced.has(key)) unused += 1
  return unused
}

function connect() {
  const client = postgres(process.env.DATABASE_URL ?? '', { max: 1, onnotice: () => {} })
  return { db: drizzle(client), client }
}
