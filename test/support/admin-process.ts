import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A server in a process of its own. */
export interface AdminProcess {
  url: string
  pid: number
  /** Memory that the process holds at this moment, in bytes. */
  residentSize(): Promise<number>
  /** Ends it at once, as `kill -9`, or as it is told. */
  kill(signal?: NodeJS.Signals): Promise<void>
}

/** What is started, and what it is told besides the folder. */
export interface ProgramOptions {
  /** A file beside this one. Defaults to `run-admin.ts`. */
  program?: string
  /** Further arguments. */
  told?: readonly string[]
}

/** Starts a server over a folder of media, and waits until it listens. */
export async function startAdminProcess(
  folder: string,
  { program = 'run-admin.ts', told = [] }: ProgramOptions = {},
): Promise<AdminProcess> {
  const file = join(import.meta.dirname, program)
  const server = spawn(process.execPath, ['--import', 'tsx', file, folder, ...told], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(server, 'exit')
  const url = await Promise.race([firstLine(server), exited.then(() => '')])
  if (url === '') throw new Error('The server ended before it listened.')
  return {
    url,
    pid: server.pid ?? 0,
    residentSize: () => residentSize(server.pid ?? 0),
    kill: async (signal = 'SIGKILL') => {
      server.kill(signal)
      await exited
    },
  }
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  let text = ''
  for await (const chunk of stdout ?? []) {
    text += String(chunk)
    if (text.includes('\n')) break
  }
  return text.trim()
}

async function residentSize(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024
}
