import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { isLibraryBuilt } from '../../scripts/is-built.mjs'

/** The repository's folder, with a slash. */
export const ROOT: string = fileURLToPath(new URL('../..', import.meta.url))

/** How the command ended, and what it wrote. */
export interface CommandResult {
  exitCode: number | null
  stdout: string
  stderr: string
}

/** A command that runs. */
export interface RunningCommand {
  ended: Promise<CommandResult>
  signal(name: NodeJS.Signals): void
}

/** An application's folder with a configuration in it. */
export interface CommandWorld {
  folder: string
  run(...args: string[]): Promise<CommandResult>
  /** The same with something on its standard input. */
  response(input: string, ...args: string[]): Promise<CommandResult>
  start(...args: string[]): RunningCommand
  /** Replaces the configuration; `imports` are there already. */
  configure(config: string): Promise<void>
  close(): Promise<void>
}

/** What a configuration can use: the test's tables, the storages, and `folder`, its own place. */
const IMPORTS = `
import { rmSync, writeFileSync, mkdirSync, chmodSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { movie } from '${ROOT}test/storage/media-tables.ts'
import { tableConfig } from '${ROOT}dist/admin/table-config.js'
import { defineConfig } from '${ROOT}dist/cli/define-config.js'
import { LocalMediaStorage } from '${ROOT}dist/storage-local.js'
const folder = import.meta.dirname
`

/** Makes a folder where \`vitrine.config.ts\` is \`config\`. */
export async function openCommandWorld(config: string): Promise<CommandWorld> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'vitrine-command-')))
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  const configure = (code: string) => writeFile(join(folder, 'vitrine.config.ts'), `${IMPORTS}\n${code}`)
  await configure(config)
  return {
    folder,
    configure,
    run: (...args) => startCommand(args, folder).ended,
    response: (input, ...args) => startCommand(args, folder, { input }).ended,
    start: (...args) => startCommand(args, folder),
    close: () => rm(folder, { recursive: true, force: true }),
  }
}

/** What a command finds when it starts. */
export interface CommandSurroundings {
  environment?: Record<string, string | undefined>
  /** What it is told on its standard input. */
  input?: string
}

/**
 * Starts the real command in a folder, as it is installed: built.
 *
 * @throws {Error} when it was built from other sources than those of now
 */
export function startCommand(
  args: readonly string[],
  cwd: string,
  { environment = {}, input = '' }: CommandSurroundings = {},
): RunningCommand {
  if (!isLibraryBuilt()) throw new Error('The command in dist is older than its sources: npm run build:library.')
  const child = spawn(process.execPath, [join(ROOT, 'dist/cli.js'), ...args], {
    cwd,
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.end(input)
  const closed = once(child, 'close')
  const ended = Promise.all([text(child.stdout), text(child.stderr), closed]).then(([stdout, stderr]) => ({
    exitCode: child.exitCode,
    stdout,
    stderr,
  }))
  return { ended, signal: (name) => void child.kill(name) }
}

/** The files of a folder with their SHA-256. */
export async function filesIn(folder: string): Promise<Record<string, string>> {
  const entries = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile())
  const names = entries.map(({ name }) => name).toSorted()
  const hashes = names.map(async (name) => [name, hashOf(await readFile(join(folder, name)))] as const)
  return Object.fromEntries(await Promise.all(hashes))
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
