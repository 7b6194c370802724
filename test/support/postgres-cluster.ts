import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { PGlite } from '@electric-sql/pglite'

const run = promisify(execFile)

/** The files of an empty Postgres, as PGlite makes them anew: that takes it four seconds of the processor each time. */
const CLUSTER = fileURLToPath(new URL(`../../node_modules/.cache/postgres-${pgliteVersion()}.tar`, import.meta.url))

/** Makes the files once, for all tests and for later runs. */
export async function setup(): Promise<void> {
  if (await isThere(CLUSTER)) return
  await mkdir(dirname(CLUSTER), { recursive: true })
  const folder = await mkdtemp(`${CLUSTER}-`)
  const client = await PGlite.create(join(folder, 'database'))
  await client.close()
  await run('tar', ['-cf', join(folder, 'cluster.tar'), '-C', join(folder, 'database'), '.'])
  // In one step: runs side by side find all of it or nothing.
  await rename(join(folder, 'cluster.tar'), CLUSTER)
  await rm(folder, { recursive: true, force: true })
}

/** An empty Postgres in memory. */
export function newPostgres(): PGlite {
  return new PGlite({ loadDataDir: new Blob([readFileSync(CLUSTER)], { type: 'application/x-tar' }) })
}

/** Puts the files of an empty Postgres into a folder, for whoever opens one there. */
export async function copyPostgresFiles(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await run('tar', ['-xf', CLUSTER, '-C', folder])
}

function pgliteVersion(): string {
  const description = new URL('../../node_modules/@electric-sql/pglite/package.json', import.meta.url)
  const { version }: { version: string } = JSON.parse(readFileSync(description, 'utf8'))
  return version
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false
      throw error
    },
  )
}
