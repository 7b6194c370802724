import { readFile, readlink } from 'node:fs/promises'

/**
 * This process, so that no other one has the same name: the start of the machine, the container, the process number and
 * its start. Where the system does not tell all of it, the name ends in an empty part and tells nothing.
 */
export async function ownProcessName(): Promise<string> {
  return [await container(), process.pid, await processStart(process.pid)].join('~')
}

/**
 * Whether the process of a name has ended. `false` also when that cannot be told from here: on another machine, in
 * another container, or without `/proc`.
 */
export async function isProcessGone(name: string): Promise<boolean> {
  const [boot = '', namespace = '', pid = '', start = ''] = name.split('~')
  if (boot === '' || start === '' || `${boot}~${namespace}` !== (await container())) return false
  return (await processStart(Number(pid))) !== start
}

/** Process numbers mean something only within one start of one machine, and within one container of it. */
async function container(): Promise<string> {
  const [boot, namespace] = await Promise.all([
    unlessMissing(readFile('/proc/sys/kernel/random/boot_id', 'utf8')),
    unlessMissing(readlink('/proc/self/ns/pid')),
  ])
  return `${boot.trim()}~${namespace.replace(/\D/g, '')}`
}

/** When a process began, in clock ticks since the machine did; `''` when there is no such process or no way to tell. */
export async function processStart(pid: number): Promise<string> {
  const stat = await unlessMissing(readFile(`/proc/${pid}/stat`, 'utf8'))
  // The second field is the program's name in parentheses, which may hold spaces; the start is field 22.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}

async function unlessMissing(reading: Promise<string>): Promise<string> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return ''
    throw error
  }
}
