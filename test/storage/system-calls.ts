import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ChildProgram } from './child-program.ts'

/** Why system calls cannot be watched here, or `null` when they can. */
export function whyNoStrace(): string | null {
  try {
    execFileSync('strace', ['-o', '/dev/null', 'true'], { stdio: 'pipe' })
    return null
  } catch (error) {
    return `strace does not run here: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`
  }
}

/** When a call began and ended, as places in the trace: calls of several threads lie across each other. */
export interface SystemCall {
  name: string
  args: string
  started: number
  ended: number
}

export interface TracedRun {
  lines: string[]
  calls: SystemCall[]
}

/** Runs a program of Node's under strace, with these options besides. */
export async function runTraced(
  folder: string,
  straceOptions: readonly string[],
  nodeArgs: readonly string[],
): Promise<TracedRun> {
  const trace = join(folder, 'trace')
  const args = ['-f', '-y', '-s', '200', '-o', trace, ...straceOptions, process.execPath, ...nodeArgs]
  // Not by a ring, where strace sees nothing, and from one thread, since strace counts calls for each.
  const child = new ChildProgram('strace', args, { UV_USE_IO_URING: '0', UV_THREADPOOL_SIZE: '1' })
  await child.ended()
  return { lines: child.lines, calls: parseTrace(await readFile(trace, 'utf8')) }
}

/** Lines are `PID name(args) = result`, or in two parts: `PID name(args <unfinished ...>`, `PID <... name resumed>…`. */
function parseTrace(trace: string): SystemCall[] {
  const calls: SystemCall[] = []
  const unfinished = new Map<string, SystemCall>()
  for (const [place, line] of trace.split('\n').entries()) {
    const [, thread = '', rest = ''] = /^(\d+) +(.*)$/.exec(line) ?? []
    const started = unfinished.get(thread)
    if (rest.startsWith('<...') && started !== undefined) {
      started.ended = place
      started.args += rest
      unfinished.delete(thread)
      continue
    }
    const [, name = '', args = ''] = /^(\w+)\((.*)$/.exec(rest) ?? []
    if (name === '') continue
    const call = { name, args, started: place, ended: place }
    calls.push(call)
    if (rest.includes('<unfinished')) unfinished.set(thread, call)
  }
  return calls
}
