// How a folder of a million files is listed, and cleaned up while files are uploaded. It needs Postgres, and a folder on a
// disk with so many inodes: DATABASE_URL=postgres://... npx tsx bench/million-files.ts [files] [folder]
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, utimesSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { bundleProgram } from '../test/storage/bundle-program.ts'
import type { FolderOutcome, FolderTask } from './million-files-program.ts'

const UNUSED = 1000

const ROWS_AT_A_TIME = 10_000

const DAY = 86_400

const TASKS = ['vitrine', 'opendir', 'readdir', 'clean-up'] as const

const count = Number(process.argv[2] ?? 1_000_000)
const folder = await mkdtemp(join(process.argv[3] ?? tmpdir(), 'million-files-'))
const program = await bundleProgram('million-files-program.ts', 'bench')
const client = postgres(process.env.DATABASE_URL ?? '', { max: 1, onnotice: () => {} })
try {
  await fill()
  for (const task of TASKS) print(task, await inChild(task))
} finally {
  await client`drop table if exists million_files_bench`
  await client.end()
  await rm(folder, { recursive: true })
}

/** Empty files that are two days old, and a row for each but the unused. */
async function fill(): Promise<void> {
  const started = performance.now()
  await client`drop table if exists million_files_bench`
  await client`create table million_files_bench (id serial primary key, file text)`
  const old = Date.now() / 1000 - 2 * DAY
  let rows: string[] = []
  for (let index = 0; index < count; index += 1) {
    const key = `picture-${crypto.randomUUID()}.bin`
    closeSync(openSync(join(folder, key), 'wx'))
    utimesSync(join(folder, key), old, old)
    if (index >= UNUSED) rows.push(key)
    if (rows.length < ROWS_AT_A_TIME && index + 1 < count) continue
    await client`insert into million_files_bench (file) select unnest(${rows}::text[])`
    rows = []
  }
  await client`vacuum analyze million_files_bench`
  console.log(`${count} files made in ${((performance.now() - started) / 1000).toFixed(0)} s, ${UNUSED} of them unused`)
}

async function inChild(task: FolderTask): Promise<FolderOutcome> {
  const child = fork(program, { execArgv: [] })
  child.send({ task, folder })
  const [outcome]: FolderOutcome[] = await once(child, 'message')
  if (outcome === undefined) throw new Error(`${task} told nothing`)
  return outcome
}

function print(task: FolderTask, { seconds, growth, counted, uploads }: FolderOutcome): void {
  const what = task === 'clean-up' ? `${counted} deleted` : `${counted} listed`
  console.log(
    `${task.padEnd(8)}  ${seconds.toFixed(1).padStart(6)} s  ${what}, ${Math.round(growth / 1e6)} MB more memory`,
  )
  if (uploads === undefined) return
  const { alone, meanwhile, count: uploaded } = uploads
  console.log(
    `          ${uploaded} uploads meanwhile: p95 ${meanwhile.toFixed(1)} ms, and ${alone.toFixed(1)} ms with nothing else going on`,
  )
}
