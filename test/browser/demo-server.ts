import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { copyPostgresFiles } from '../support/postgres-cluster.ts'

/** The movie demo as its user starts it, in a process of its own. */
export interface DemoServer {
  /** Such as `http://127.0.0.1:40123`. */
  readonly url: string
  readonly dataFolder: string
  /** Stops the process and starts another one on the same data. */
  restart(): Promise<void>
  /** Stops the process and removes its data. */
  stop(): Promise<void>
}

const root = fileURLToPath(new URL('../../', import.meta.url))

/**
 * The demo with an empty database at hand, which saves it the seconds of making one, and its sample videos.
 *
 * @param environment - settings of the demo besides its folder and port
 */
export async function startDemo(environment: Record<string, string> = {}): Promise<DemoServer> {
  const dataFolder = await newFolder()
  await copyPostgresFiles(join(dataFolder, 'database'))
  return startIn(dataFolder, environment)
}

/** The demo as it starts for the first time, with nothing there. */
export async function startNewDemo(environment: Record<string, string> = {}): Promise<DemoServer> {
  return startIn(await newFolder(), environment)
}

function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'vitrine-demo-'))
}

async function startIn(dataFolder: string, environment: Record<string, string>): Promise<DemoServer> {
  let running = await launch({ ...environment, DATA_DIR: dataFolder, PORT: '0' })
  return {
    get url() {
      return running.url
    },
    dataFolder,
    async restart() {
      const { port } = new URL(running.url)
      await end(running.process)
      running = await launch({ ...environment, DATA_DIR: dataFolder, PORT: port })
    },
    async stop() {
      await end(running.process)
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

/** What the demo finds around it, without the bucket and the database of the tests: those it is given by name. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const settings = Object.entries(process.env)
  return Object.fromEntries(settings.filter(([name]) => !name.startsWith('S3_') && name !== 'DATABASE_URL'))
}

interface RunningDemo {
  process: ChildProcess
  url: string
}

async function launch(environment: Record<string, string>): Promise<RunningDemo> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'examples/movies/main.ts'], {
    cwd: root,
    env: { ...ownEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const address = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const url = /Address +(http:\S+)/.exec(output)?.[1]
      if (url !== undefined) resolve(url)
    })
    child.once('exit', (code) => reject(new Error(`The demo ended with ${code}:\n${output}`)))
  })
  return { process: child, url: await address }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}
