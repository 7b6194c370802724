// One thing that is done with a folder of very many files, in a process of its own: bench/million-files.ts starts it.
import { opendir, readFile, readdir } from 'node:fs/promises'
import { pgTable, serial, text } from 'drizzle-orm/pg-core'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { LocalMediaStorage } from 'vitrine/storage/local'

/** Uploads at a time, their size, and how long they are measured with nothing else going on, in milliseconds. */
const UPLOADERS = 4
const UPLOAD_SIZE = 100_000
const ALONE = 5000

export type FolderTask = 'vitrine' | 'opendir' | 'readdir' | 'clean-up'

export interface FolderOutcome {
  seconds: number
  /** By how much memory grew, in bytes. */
  growth: number
  counted: number
  /** Milliseconds that 95 of 100 uploads took at most: with nothing else going on, and meanwhile. */
  uploads?: { alone: number; meanwhile: number; count: number }
}

const image = pgTable('million_files_bench', { id: serial().primaryKey(), file: text() })

process.once('message', ({ task, folder }: { task: FolderTask; folder: string }) => void perform(task, folder))

async function perform(task: FolderTask, folder: string): Promise<void> {
  const storage = new LocalMediaStorage({ column: image.file, mediaPath: folder, allowedExtensions: ['bin'] })
  process.send?.(task === 'clean-up' ? await cleanUp(storage) : await measured(() => LISTINGS[task](folder, storage)))
  process.disconnect?.()
}

type Storage = LocalMediaStorage<typeof image.file>

const LISTINGS = {
  vitrine: async (_folder: string, storage: Storage): Promise<number> => {
    let count = 0
    for await (const _key of storage.getFileKeys()) count += 1
    return count
  },
  opendir: async (folder: string): Promise<number> => {
    let count = 0
    for await (const entry of await opendir(folder)) if (entry.isFile()) count += 1
    return count
  },
  readdir: async (folder: string): Promise<number> => (await readdir(folder)).length,
}

/** A clean-up while files are stored, as in a server that does both. */
async function cleanUp(storage: Storage): Promise<FolderOutcome> {
  const client = postgres(process.env.DATABASE_URL ?? '', { max: 4, onnotice: () => {} })
  const db = drizzle(client)
  const alone = await uploadWhile(storage, () => new Promise((resolve) => setTimeout(resolve, ALONE)))
  const outcome = { seconds: 0, growth: 0, counted: 0 }
  const meanwhile = await uploadWhile(storage, async () => {
    Object.assign(outcome, await measured(async () => (await storage.deleteUnusedFiles(db)).deleted))
  })
  await client.end()
  return { ...outcome, uploads: { alone: p95(alone), meanwhile: p95(meanwhile), count: meanwhile.length } }
}

/** How long each upload took that was begun meanwhile. */
async function uploadWhile(storage: Storage, task: () => Promise<unknown>): Promise<number[]> {
  const bytes = new Uint8Array(UPLOAD_SIZE)
  const durations: number[] = []
  const over = new AbortController()
  const upload = async () => {
    while (!over.signal.aborted) {
      const started = performance.now()
      await storage.storeFile('upload.bin', bytes)
      durations.push(performance.now() - started)
    }
  }
  const uploads = Array.from({ length: UPLOADERS }, upload)
  await task()
  over.abort()
  await Promise.all(uploads)
  return durations
}

function p95(durations: readonly number[]): number {
  return durations.toSorted((a, b) => a - b)[Math.floor(durations.length * 0.95)] ?? Number.NaN
}

async function measured(task: () => Promise<number>): Promise<FolderOutcome> {
  const before = process.memoryUsage().rss
  const started = performance.now()
  const counted = await task()
  const seconds = (performance.now() - started) / 1000
  return { seconds, growth: (await peakMemory()) - before, counted }
}

async function peakMemory(): Promise<number> {
  const [, kilobytes = ''] = /^VmHWM:\s+(\d+) kB$/m.exec(await readFile('/proc/self/status', 'utf8')) ?? []
  return Number(kilobytes) * 1024
}
