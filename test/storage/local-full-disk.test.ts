import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MediaStorageError } from 'vitrine/storage'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { movie } from './media-tables.ts'
import { printFigure } from './print-figure.ts'
import { isWhole, sealedBytes } from './sealed-bytes.ts'
import { mountSmallDisk, unmountSmallDisk, whyNoSmallDisk } from './small-disk.ts'
import { stagedNames } from './temporary-folder.ts'
import { ANY_CONTENT } from '../support/any-content.ts'

const FULL = {
  name: 'MediaStorageError',
  code: 'INSUFFICIENT_SPACE',
  message: 'The file cannot be stored: the storage is full.',
}

const missing = whyNoSmallDisk()
if (missing !== null) printFigure(`full disk: not tested, ${missing}`)

let disk: string
let storage: LocalMediaStorage

async function useDisk(options: string): Promise<void> {
  disk = await mountSmallDisk(options)
  storage = new LocalMediaStorage({ column: movie.poster, ...ANY_CONTENT, mediaPath: join(disk, 'media') })
}

/** The keys that are listed; fails when one of them is torn or anything is left among the unfinished. */
async function wholeKeys(): Promise<string[]> {
  const keys: string[] = []
  for await (const key of storage.getFileKeys()) keys.push(key)
  for (const key of keys) expect(isWhole(Buffer.from(await (await storage.getFile(key))!.arrayBuffer()))).toBe(true)
  expect(await stagedNames(join(disk, 'media'))).toEqual([])
  return keys.toSorted()
}

async function freeBytes(): Promise<number> {
  const { bavail, bsize } = await statfs(disk)
  return bavail * bsize
}

describe.skipIf(missing !== null)('a disk of 1 MiB', () => {
  beforeEach(() => useDisk('size=1m'))
  afterEach(() => unmountSmallDisk(disk))

  it('refuses what has no space, keeps nothing of it, and takes the next once there is space', async () => {
    const first = await storage.storeFile('poster.jpg', sealedBytes(700_000, 1))
    const before = await freeBytes()
    await expect(storage.storeFile('poster.jpg', sealedBytes(700_000, 2))).rejects.toMatchObject(FULL)
    expect(await freeBytes()).toBe(before)
    expect(await wholeKeys()).toEqual([first])

    await storage.deleteFile(first)
    const next = await storage.storeFile('poster.jpg', sealedBytes(700_000, 3))
    expect(await wholeKeys()).toEqual([next])
  })

  it('stays whole through 200 uploads, of which most have no space, while files are read', async () => {
    const kept = await storage.storeFile('kept.jpg', sealedBytes(100_000, 0))
    const figures = { stored: 0, full: 0, other: 0, readsThatFailed: 0 }
    const keys: string[] = []
    const upload = async (index: number) => {
      try {
        keys.push(await storage.storeFile('poster.jpg', sealedBytes(10_000 + ((index * 37) % 30) * 10_000, index)))
        figures.stored += 1
      } catch (error) {
        const isFull = error instanceof MediaStorageError && error.code === 'INSUFFICIENT_SPACE'
        figures[isFull ? 'full' : 'other'] += 1
      }
      const bytes = Buffer.from(await (await storage.getFile(kept))!.arrayBuffer())
      if (!isWhole(bytes)) figures.readsThatFailed += 1
      const oldest = index % 3 === 0 ? keys.shift() : undefined
      if (oldest !== undefined) await storage.deleteFile(oldest)
    }
    for (let index = 0; index < 200; index += 4) await Promise.all([0, 1, 2, 3].map((offset) => upload(index + offset)))
    printFigure(`full disk: ${figures.stored} stored, ${figures.full} refused as full, ${figures.other} other of 200`)
    expect(figures).toMatchObject({ other: 0, readsThatFailed: 0 })
    expect(figures.full).toBeGreaterThan(0)
    expect(await wholeKeys()).toEqual([kept, ...keys].toSorted())
  })
})

describe.skipIf(missing !== null)('a disk with few inodes', () => {
  beforeEach(() => useDisk('size=10m,nr_inodes=14'))
  afterEach(() => unmountSmallDisk(disk))

  it('refuses the file that has none, keeps nothing of it, and takes the next once there is one', async () => {
    const keys: string[] = []
    let failure: unknown = null
    for (let index = 0; index < 30 && failure === null; index += 1) {
      try {
        keys.push(await storage.storeFile('poster.jpg', sealedBytes(1000, index)))
      } catch (error) {
        failure = error
      }
    }
    expect(failure).toMatchObject(FULL)
    expect(keys.length).toBeGreaterThan(3)
    expect(await wholeKeys()).toEqual(keys.toSorted())

    const gone = keys.splice(0, 2)
    await storage.bulkDeleteFiles(gone)
    keys.push(await storage.storeFile('poster.jpg', sealedBytes(1000, 99)))
    expect(await wholeKeys()).toEqual(keys.toSorted())
  })
})
