// One way of finding the unused files, in a process of its own: bench/clean-up.ts starts it and tells it what to do.
import { readFile } from 'node:fs/promises'
import { pgTable, serial, text } from 'drizzle-orm/pg-core'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { type CleanUpProgress, type ListFilesOptions, type ListedFile, MediaStorage } from 'vitrine/storage'

/** Keys that come at a time, as from a bucket. */
const PAGE_SIZE = 1000

const DAY = 86_400_000

export type Way = 'vitrine' | 'two sets' | 'listing alone'

export interface Outcome {
  seconds: number
  /** Of this process: how much it would take on a machine with nothing else to do. */
  processorSeconds: number
  /** In bytes. */
  peak: number
  unused: number
  /** Seconds, by stage. */
  stages: Partial<Record<CleanUpProgress['stage'], number>>
}

const clip = pgTable('clean_up_bench', { id: serial().primaryKey(), file: text() })

/** Of a number below 65 536, in four digits. */
const HEX = Array.from({ length: 65_536 }, (_, value) => value.toString(16).padStart(4, '0'))

/** Keys and nothing else, as a bucket lists them. */
class ListedStorage extends MediaStorage<typeof clip.file> {
  override readonly location = 'bench:///'
  readonly #files: number

  constructor(files: number) {
    super({ column: clip.file })
    this.#files = files
  }

  override async *listKeyPages(): AsyncGenerator<string[]> {
    for (let first = 1; first <= this.#files; first += PAGE_SIZE) {
      const keys: string[] = []
      for (let index = first; index < Math.min(first + PAGE_SIZE, this.#files + 1); index += 1) keys.push(getKey(index))
      yield keys
    }
  }

  protected override async *listEntries(only: NonNullable<ListFilesOptions['only']>): AsyncGenerator<ListedFile> {
    const lastModified = new Date(Date.now() - 2 * DAY)
    for await (const keys of this.listKeyPages()) {
      for (const key of keys) if (only(key)) yield { key, size: 1000, lastModified }
    }
  }

  protected override writeFile(): Promise<void> {
    throw new Error('It stores nothing.')
  }

  protected override async openFile(): Promise<null> {
    return null
  }

  protected override async removeFile(): Promise<void> {}
}

process.once('message', ({ way, files }: { way: Way; files: number }) => void find(way, files))

async function find(way: Way, files: number): Promise<void> {
  const client = postgres(process.env.DATABASE_URL ?? '', { max: 1, onnotice: () => {} })
  const storage = new ListedStorage(files)
  const stages: Outcome['stages'] = {}
  const started = performance.now()
  const unused = await unusedBy(way, { storage, client, stages })
  const seconds = (performance.now() - started) / 1000
  const { user, system } = process.cpuUsage()
  const outcome: Outcome = {
    seconds,
    processorSeconds: (user + system) / 1e6,
    peak: await peakMemory(),
    unused,
    stages,
  }
  process.send?.(outcome)
  await client.end()
}

/** `maxRSS` would not do: it counts what the process that started this one took. */
async function peakMemory(): Promise<number> {
  const [, kilobytes = ''] = /^VmHWM:\s+(\d+) kB$/m.exec(await readFile('/proc/self/status', 'utf8')) ?? []
  return Number(kilobytes) * 1024
}

interface Search {
  storage: ListedStorage
  client: postgres.Sql
  stages: Outcome['stages']
}

async function unusedBy(way: Way, { storage, client, stages }: Search): Promise<number> {
  if (way === 'two sets') return countByTwoSets(storage, client)
  if (way === 'listing alone') return countKeys(storage)
  let last = performance.now()
  const onProgress = ({ stage }: CleanUpProgress) => {
    stages[stage] = (stages[stage] ?? 0) + (performance.now() - last) / 1000
    last = performance.now()
  }
  return (await storage.deleteUnusedFiles(drizzle(client), { dryRun: true, onProgress })).unused
}

async function countKeys(storage: ListedStorage): Promise<number> {
  let characters = 0
  for await (const keys of storage.listKeyPages()) for (const key of keys) characters += key.length
  if (characters === 0) throw new Error('Nothing was listed.')
  return 0
}

/** Both sides in memory, as it is done everywhere; the rows come by a cursor, so that only the sets are compared. */
async function countByTwoSets(storage: ListedStorage, client: postgres.Sql): Promise<number> {
  const stored = new Set<string>()
  for await (const keys of storage.listKeyPages()) for (const key of keys) stored.add(key)
  const referenced = new Set<string>()
  for await (const rows of client<{ file: string }[]>`select file from clean_up_bench`.cursor(20_000)) {
    for (const { file } of rows) referenced.add(file)
  }
  let unused = 0
  for (const key of stored) if (!referenced.has(key)) unused += 1
  return unused
}

/** The same as in the SQL that fills the table; spread over all fingerprints. */
function getKey(index: number): string {
  const spread = Math.imul(index, 2_654_435_761) >>> 0
  return `poster-${HEX[spread >>> 16]}${HEX[spread & 0xffff]}-0000-4000-8000-0000${HEX[index >>> 16]}${HEX[index & 0xffff]}.jpg`
}
