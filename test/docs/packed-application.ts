import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { isBuilt } from '../../scripts/is-built.mjs'

const ROOT = join(import.meta.dirname, '../..')

/** An empty folder, with the packed package beside it where the README expects it. */
export interface PackedApplication {
  folder: string
  /** Variables of the environment of everything that runs in it. */
  environment: Record<string, string>
  write(name: string, content: string): Promise<void>
  /** Runs commands of a shell to their end, with what is typed, and returns what they print. */
  run(commands: string, input?: string): Promise<string>
  /** Starts a command that goes on, and returns the URL that it prints. */
  start(command: string): Promise<RunningServer>
  close(): Promise<void>
}

export interface RunningServer {
  url: string
  /** As Ctrl+C does; resolves with the exit code or the signal. */
  stop(): Promise<string>
}

/** Packs the package as it is published, and makes an empty folder beside it. */
export async function openPackedApplication(): Promise<PackedApplication> {
  if (!isBuilt()) throw new Error('What is in dist is older than its sources: npm run build.')
  const parent = await mkdtemp(join(tmpdir(), 'vitrine-application-'))
  const folder = join(parent, 'application')
  await Promise.all([mkdir(folder), mkdir(join(parent, 'vitrine'))])
  // Not built again: it has just been.
  const pack = ['pack', '--ignore-scripts', '--pack-destination', join(parent, 'vitrine')]
  await promisify(execFile)('npm', pack, { cwd: ROOT })
  const environment: Record<string, string> = {
    npm_config_prefer_offline: 'true',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
  }
  const options = () => ({ cwd: folder, env: { ...withoutTestRunner(process.env), ...environment } })
  const running = new Set<ChildProcess>()
  return {
    folder,
    environment,
    async write(name, content) {
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), content)
    },
    run: (commands, input = '') => runShell(commands, input, options()),
    async start(command) {
      // In a group of its own: npx starts the program as a child, and Ctrl+C reaches both.
      const child = spawn('sh', ['-c', command], { ...options(), detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
      running.add(child)
      return { url: await printedUrl(child, command), stop: () => stopGroup(child) }
    },
    async close() {
      await Promise.all([...running].map(stopGroup))
      await rm(parent, { recursive: true, force: true })
    },
  }
}

async function runShell(commands: string, input: string, options: object): Promise<string> {
  const child = spawn('sh', ['-e', '-c', commands], { ...options, stdio: ['pipe', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => void (output += String(chunk)))
  child.stdin.end(input)
  await once(child, 'close')
  if (child.exitCode !== 0) throw new Error(`${commands}ended with ${child.exitCode}:\n${output}`)
  return output
}

async function printedUrl(child: ChildProcess, command: string): Promise<string> {
  const lines: string[] = []
  const { stdout, stderr } = child
  if (stdout === null || stderr === null) throw new Error('There is no output.')
  return new Promise((resolve, reject) => {
    const read = (line: string) => {
      lines.push(line)
      const [url] = /https?:\/\/[\w.-]+:\d+/.exec(line) ?? []
      if (url !== undefined) resolve(url)
    }
    createInterface({ input: stdout }).on('line', read)
    createInterface({ input: stderr }).on('line', read)
    child.once('close', () => reject(new Error(`${command} ended without a URL:\n${lines.join('\n')}`)))
  })
}

async function stopGroup(child: ChildProcess): Promise<string> {
  if (child.exitCode === null && child.signalCode === null) {
    const closed = once(child, 'close')
    process.kill(-(child.pid ?? Number.NaN), 'SIGINT')
    await closed
  }
  return String(child.exitCode ?? child.signalCode)
}

/** The reader's commands are not run by vitest, nor by an npm of this repository. */
function withoutTestRunner(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(
      ([name]) => !/^(npm_(?!config_registry)|VITEST|NODE_ENV$|NODE_OPTIONS$)/i.test(name),
    ),
  )
}
