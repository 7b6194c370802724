// What 500 aborted uploads and 200 slow ones do to the server and to somebody who works on it meanwhile, and what they leave:
// first all of one person, then of eight.
//
// npx tsx bench/upload-flood.ts [seconds]
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startAdminProcess } from '../test/support/admin-process.ts'
import { folderState, visibleFiles } from '../test/support/folder-state.ts'
import { type FloodFigures, type Latency, floodUploads } from '../test/support/upload-flood.ts'

const seconds = Number(process.argv[2] ?? 20)
const folder = await mkdtemp(join(tmpdir(), 'vitrine-flood-'))

try {
  // Less patience than by default, so that those who wait are answered within this run.
  const options = JSON.stringify({ uploadLimits: { timeout: seconds / 2 } })
  const server = await startAdminProcess(folder, { program: 'run-admin-with-rows.ts', told: [options] })
  const quiet = { aborted: 0, slow: 0, people: 1, seconds: 3, pages: ['/api/health', '/api/tables/movie/rows'] }
  print('nobody', await floodUploads(server, quiet))
  for (const people of [1, 8]) {
    const figures = await floodUploads(server, { ...quiet, aborted: 500, slow: 200, people, seconds })
    print(`500 aborted, 200 slow, of ${people}`, figures)
  }
  await server.kill('SIGTERM')
  console.log(`stored and seen: ${(await visibleFiles(join(folder, 'trailer'))).length}`)
  await new Promise((resolve) => setTimeout(resolve, 1500))
  const sweeping = await startAdminProcess(folder, { told: [JSON.stringify({ uploadExpiry: 1 })] })
  await sweeping.kill()
  const left = Object.keys(await folderState(join(folder, 'trailer/.vitrine')))
  console.log(`left after a sweep: ${left.length} hidden files`)
} finally {
  await rm(folder, { recursive: true, force: true })
}

function print(title: string, { pages: [health, rows], honest, slow, descriptors, memory }: FloodFigures): void {
  console.log(title)
  console.log(`  health ${latency(health)}; rows ${latency(rows)}`)
  console.log(
    `  honest uploads: ${honest.stored} stored, ${honest.refused} refused, longest ${honest.longest.toFixed(0)} ms`,
  )
  console.log(`  answers to the slow ones: ${JSON.stringify(slow)}`)
  console.log(`  descriptors ${descriptors.before}, at most ${descriptors.peak}, then ${descriptors.after}`)
  console.log(`  MB ${megabytes(memory.before)}, at most ${megabytes(memory.peak)}, then ${megabytes(memory.after)}`)
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6)
}

function latency({ median, p99, failures }: Latency = { median: NaN, p99: NaN, failures: NaN }): string {
  return `${median.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, ${failures} failed`
}
