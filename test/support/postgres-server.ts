import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, readFileSync, readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import postgres from 'postgres'

/** A real Postgres of one's own, which can be killed and stopped. */
export interface PostgresServer {
  readonly url: string
  readonly port: number
  /** Where its programs are, such as `pg_dump`. */
  readonly programs: string
  /** Ends it as a power cut would, with all that it was doing. */
  kill(): Promise<void>
  start(): Promise<void>
  /** Nothing of it runs any more, and nothing is closed. */
  freeze(): void
  thaw(): void
  close(): Promise<void>
}

/** Where Debian keeps the programs of its versions. */
const VERSIONS = '/usr/lib/postgresql'

/** It refuses to run as root. */
const NOBODY = 65_534

/** Why there is no Postgres here, or `null` when there is one. */
export function whyNoPostgres(): string | null {
  return programFolder() === null ? `Postgres is not installed in ${VERSIONS}` : null
}

export async function startPostgres(): Promise<PostgresServer> {
  const programs = programFolder()
  if (programs === null) throw new Error('Postgres is not installed.')
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-postgres-'))
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid)
  const initialise = [
    '-D',
    join(folder, 'data'),
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--no-sync',
    '--no-locale',
  ]
  execFileSync(join(programs, 'initdb'), initialise, { ...user, cwd: folder, stdio: 'ignore' })
  const port = await freePort()
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  const settings = [
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${folder}`,
    'fsync=off',
    'max_connections=60',
  ]
  const parameters = ['-D', join(folder, 'data'), '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])]
  let running: ChildProcess | null = null
  const launch = () => {
    running = spawn(join(programs, 'postgres'), parameters, { ...user, cwd: folder, stdio: 'ignore' })
  }
  const start = async () => {
    launch()
    // It refuses to start as long as a process of one that was killed is still on its way out.
    await untilItResponds(url, () => {
      if (running !== null && hasEnded(running)) launch()
    })
  }
  /** To the first process and to those that it began, of which each serves a connection. */
  const signal = (name: NodeJS.Signals) => {
    const pid = running?.pid ?? Number.NaN
    const others = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
    for (const one of [pid, ...others]) signalUnlessGone(one, name)
  }
  const kill = async () => {
    if (running === null || hasEnded(running)) return
    const ended = once(running, 'exit')
    signal('SIGKILL')
    await ended
    running = null
    await rm(join(folder, 'data', 'postmaster.pid'), { force: true })
  }
  await start()
  return {
    url,
    port,
    programs,
    kill,
    start,
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    async close() {
      await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** One that serves a connection may end at any moment. */
function signalUnlessGone(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

function programFolder(): string | null {
  if (!existsSync(VERSIONS)) return null
  const folders = readdirSync(VERSIONS).map((version) => join(VERSIONS, version, 'bin'))
  return folders.findLast((folder) => existsSync(join(folder, 'postgres'))) ?? null
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('There is no port.')
  server.close()
  await once(server, 'close')
  return address.port
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}

async function untilItResponds(url: string, beforeNext: () => void): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const client = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} })
    try {
      await client`select 1`
      return
    } catch (error) {
      if (attempt === 600) throw error
      await setTimeout(100)
      beforeNext()
    } finally {
      await client.end({ timeout: 0 })
    }
  }
}
