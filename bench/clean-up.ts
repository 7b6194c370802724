// How long it takes to find the unused files among very many, and what memory, beside the same with two sets of keys, in
// one run. It needs Postgres: DATABASE_URL=postgres://... npx tsx bench/clean-up.ts [files ...]
import { fork } from 'node:child_process'
import { once } from 'node:events'
import postgres from 'postgres'
import { bundleProgram } from '../test/storage/bundle-program.ts'
import type { Outcome, Way } from './clean-up-program.ts'

/** One file of so many is unused. */
const ONE_UNUSED_OF = 1000

const COUNTS = [100_000, 1_000_000, 10_000_000]

const WAYS = ['vitrine', 'two sets', 'listing alone'] as const

const program = await bundleProgram('clean-up-program.ts', 'bench')
const client = postgres(process.env.DATABASE_URL ?? '', { max: 1, onnotice: () => {} })
const counts = process.argv.slice(2).map(Number)
console.log('     files  way              seconds  of processor  peak MB  unused  seconds by stage')
for (const files of counts.length === 0 ? COUNTS : counts) {
  await fill(files)
  for (const way of WAYS) print(files, way, await inChild(way, files))
}
await client`drop table clean_up_bench`
await client.end()

async function fill(files: number): Promise<void> {
  await client`drop table if exists clean_up_bench`
  await client`create table clean_up_bench (id serial primary key, file text)`
  await client`
    insert into clean_up_bench (file)
    select 'poster-' || lpad(to_hex((n::bigint * 2654435761) & 4294967295), 8, '0') || '-0000-4000-8000-'
      || lpad(to_hex(n), 12, '0') || '.jpg'
    from generate_series(1, ${files}::int) n where n % ${ONE_UNUSED_OF}::int <> 0`
  await client`vacuum analyze clean_up_bench`
  await client`checkpoint`
}

/** Two sets of ten million do not fit into the memory that Node takes by itself; nothing else is given more than that. */
async function inChild(way: Way, files: number): Promise<Outcome> {
  const child = fork(program, { execArgv: way === 'two sets' ? ['--max-old-space-size=12000'] : [] })
  child.send({ way, files })
  const [outcome]: Outcome[] = await once(child, 'message')
  if (outcome === undefined) throw new Error(`${way} told nothing`)
  return outcome
}

function print(files: number, way: Way, { seconds, processorSeconds, peak, unused, stages }: Outcome): void {
  const figures = [
    String(files).padStart(10),
    way.padEnd(14),
    seconds.toFixed(1).padStart(8),
    processorSeconds.toFixed(1).padStart(12),
    String(Math.round(peak / 1e6)).padStart(7),
    String(unused).padStart(6),
    Object.entries(stages)
      .map(([stage, taken]) => `${stage} ${taken.toFixed(1)}`)
      .join(', '),
  ]
  console.log(figures.join('  '))
}
