import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Takes a folder for this process, until `unlock` is called or the process ends, however it ends.
 *
 * @throws {Error} when a living process has it
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'lock')
  const own = `${path}-${process.pid}-${crypto.randomUUID()}`
  const content = await describeProcess(process.pid)
  await writeFile(own, content)
  try {
    await claim(path, own, folder)
  } finally {
    await rm(own, { force: true })
  }
  return () => rm(path, { force: true })
}

/** A link is made in one step, and only where there is none: of two processes one succeeds. */
async function claim(path: string, own: string, folder: string): Promise<void> {
  try {
    await link(own, path)
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
    await removeAbandoned(path, folder)
    await claim(path, own, folder)
  }
}

/** Moves the lock of a dead process away. If a living one took it in the meantime, it gets it back. */
async function removeAbandoned(path: string, folder: string): Promise<void> {
  const holder = await readLock(path)
  if (holder === null) return
  const pid = Number(holder.split(' ')[0])
  if ((await describeProcess(pid)) === holder) {
    throw new Error(`${folder} is in use by process ${pid}: stop it first, or set DATA_DIR to another folder.`)
  }
  const moved = `${path}-old-${crypto.randomUUID()}`
  await rename(path, moved)
  if ((await readLock(moved)) !== holder) await link(moved, path)
  await rm(moved, { force: true })
}

async function readLock(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
}

/** A process by its number and when it began, so that a later process with the same number is not taken for it. */
async function describeProcess(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    return `${pid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''}`
  } catch (error) {
    if (!hasCode(error, 'ENOENT') && !hasCode(error, 'ESRCH')) throw error
    return isAlive(pid) ? `${pid} ` : 'gone'
  }
}

/** For systems without /proc. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return hasCode(error, 'EPERM')
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
