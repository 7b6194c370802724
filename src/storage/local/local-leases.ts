import { constants } from 'node:fs'
import { type FileHandle, link, open, rename, unlink, utimes } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Lease, Leases } from '../hidden/unfinished-files.ts'
import { makeHiddenFolders } from './local-hiding.ts'
import { getCode, unlinkIfPresent } from './local-naming.ts'
import type { MediaRoot } from './media-root.ts'

/** Leases as files beside what they are for: also for servers that share the folder over a network. */
export class LocalLeases implements Leases {
  readonly #root: MediaRoot
  readonly #getPath: (path: string) => string

  constructor(root: MediaRoot, getPath: (path: string) => string) {
    this.#root = root
    this.#getPath = getPath
  }

  async claim(path: string, holder: string): Promise<boolean> {
    await makeHiddenFolders(this.#root, dirname(this.#getLease(path)))
    const handle = await unlessCode('EEXIST', open(this.#getLease(path), 'wx', 0o600))
    if (handle === null) return false
    try {
      await handle.writeFile(holder)
    } finally {
      await handle.close()
    }
    return true
  }

  async look(path: string): Promise<Lease | null> {
    return readLease(this.#getLease(path))
  }

  async renew(path: string, holder: string): Promise<boolean> {
    if ((await this.look(path))?.holder !== holder) return false
    const now = new Date()
    return (
      (await unlessCode(
        'ENOENT',
        utimes(this.#getLease(path), now, now).then(() => true),
      )) ?? false
    )
  }

  /** Only one of several can rename a file. Which lease it was is looked at then: it may be a new one. */
  async takeOver(path: string, lease: Lease, holder: string): Promise<boolean> {
    const location = this.#getLease(path)
    const taken = `${location}~${crypto.randomUUID()}`
    const isTaken = await unlessCode(
      'ENOENT',
      rename(location, taken).then(() => true),
    )
    if (isTaken === null) return false
    const found = await readLease(taken)
    if (found !== null && found.version !== lease.version) {
      await unlessCode('EEXIST', link(taken, location))
      await unlink(taken)
      return false
    }
    await unlinkIfPresent(taken)
    return this.claim(path, holder)
  }

  async release(path: string, holder: string): Promise<void> {
    if ((await this.look(path))?.holder === holder) await unlinkIfPresent(this.#getLease(path))
  }

  #getLease(path: string): string {
    return `${this.#getPath(path)}.lease`
  }
}

async function readLease(location: string): Promise<Lease | null> {
  const handle = await unlessCode('ENOENT', open(location, constants.O_RDONLY | constants.O_NOFOLLOW))
  if (handle === null) return null
  try {
    return await leaseIn(handle)
  } finally {
    await handle.close()
  }
}

async function leaseIn(handle: FileHandle): Promise<Lease> {
  const { mtimeNs, ino } = await handle.stat({ bigint: true })
  return { holder: await handle.readFile('utf8'), version: `${ino}-${mtimeNs}` }
}

async function unlessCode<TResult>(code: string, operation: Promise<TResult>): Promise<TResult | null> {
  try {
    return await operation
  } catch (error) {
    if (getCode(error) === code) return null
    throw error
  }
}
