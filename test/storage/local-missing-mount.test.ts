import { execFileSync } from 'node:child_process'
import { mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CleanUpError, type MediaStorageError } from 'vitrine/storage'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { type MovieDatabase, createMovieDatabase } from './movie-database.ts'
import { movie } from './media-tables.ts'
import { whyNoSmallDisk } from './small-disk.ts'
import { makeTemporaryFolder, removeFolder } from './temporary-folder.ts'

const NOT_THERE = {
  code: 'STORAGE_FAILURE',
  message:
    'The media folder of movie.poster is not there: another folder, or none, is in its place. Is its disk mounted?',
}

/** How a disk comes to its place and goes away, and why that cannot be tried here. */
const DISKS = [
  {
    title: 'a disk that is mounted',
    whyNot: whyNoSmallDisk(),
    mount: async (disk: string, mediaPath: string) => void execFileSync('mount', ['--bind', disk, mediaPath]),
    unmount: async (_disk: string, mediaPath: string) => void execFileSync('umount', ['-l', mediaPath]),
  },
  {
    title: 'a folder that is moved into its place',
    whyNot: null,
    mount: async (disk: string, mediaPath: string) => {
      await rmdir(mediaPath)
      await rename(disk, mediaPath)
    },
    unmount: async (disk: string, mediaPath: string) => {
      await rename(mediaPath, disk)
      await mkdir(mediaPath)
    },
  },
]

let database: MovieDatabase
let root: string
let disk: string
let mediaPath: string

beforeAll(async () => {
  database = await createMovieDatabase()
  for (const { title, whyNot } of DISKS) if (whyNot !== null) process.stdout.write(`  not run: ${title}: ${whyNot}\n`)
})

afterAll(() => database.client.close())

beforeEach(async () => {
  await database.db.delete(movie)
  root = await makeTemporaryFolder()
  disk = join(root, 'disk')
  mediaPath = join(root, 'media')
  await mkdir(disk)
  await mkdir(mediaPath)
})

afterEach(() => removeFolder(root))

function open(newFolder: 'create' | 'refuse' = 'create'): LocalMediaStorage<typeof movie.poster> {
  return new LocalMediaStorage({ column: movie.poster, mediaPath, newFolder })
}

function store(storage: LocalMediaStorage): Promise<string> {
  return storage.storeFile('note.txt', new TextEncoder().encode('note'))
}

async function listedKeys(storage: LocalMediaStorage): Promise<string[]> {
  const keys: string[] = []
  for await (const key of storage.getFileKeys()) keys.push(key)
  return keys.toSorted()
}

/** Nothing is answered that would be wrong, and nothing is left in the folder that is not the right one. */
async function expectAllRefused(storage: LocalMediaStorage<typeof movie.poster>, key: string): Promise<void> {
  await expect(storage.checkHealth()).rejects.toMatchObject(NOT_THERE)
  await expect(store(storage)).rejects.toMatchObject(NOT_THERE)
  await expect(storage.getFile(key)).rejects.toMatchObject(NOT_THERE)
  await expect(storage.deleteFile(key)).rejects.toMatchObject(NOT_THERE)
  await expect(listedKeys(storage)).rejects.toMatchObject(NOT_THERE)
  await expect(storage.unfinishedFiles.create('uploads/one')).rejects.toMatchObject(NOT_THERE)
  await expect(storage.hiddenFiles.open('uploads/one.json')).rejects.toMatchObject(NOT_THERE)
  await expect(storage.hiddenFiles.list('uploads/').next()).rejects.toMatchObject(NOT_THERE)
  const anything = { olderThan: 0, maxFraction: 1, allowEmpty: true }
  const error = await storage.deleteUnusedFiles(database.db, anything).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(CleanUpError)
  expect(error).toMatchObject({ code: 'CLEAN_UP_STOPPED', report: { deleted: 0 }, cause: NOT_THERE })
  expect(await readdir(mediaPath)).toEqual([])
}

describe.each(DISKS.filter(({ whyNot }) => whyNot === null))('$title', ({ mount, unmount }) => {
  it('is missed by a running server, and found again when it is back', async () => {
    await mount(disk, mediaPath)
    try {
      const storage = open()
      const key = await store(storage)
      await database.db.insert(movie).values({ poster: key })
      await unmount(disk, mediaPath)
      await expectAllRefused(storage, key)
      await mount(disk, mediaPath)
      await storage.checkHealth()
      const next = await store(storage)
      expect(await listedKeys(storage)).toEqual([key, next].toSorted())
    } finally {
      await unmount(disk, mediaPath)
    }
  })

  it('is missed before the first use of a server that saw it when it began', async () => {
    await mount(disk, mediaPath)
    const key = await store(open())
    const storage = open()
    await unmount(disk, mediaPath)
    await expectAllRefused(storage, key)
  })

  it('is missed by a server that begins without it, when new folders are refused', async () => {
    await mount(disk, mediaPath)
    const key = await store(open())
    await unmount(disk, mediaPath)
    const storage = open('refuse')
    await expectAllRefused(storage, key)
    await mount(disk, mediaPath)
    try {
      expect(await listedKeys(storage)).toEqual([key])
      await store(storage)
    } finally {
      await unmount(disk, mediaPath)
    }
  })

  it('is not taken for another disk in its place', async () => {
    const other = join(root, 'other')
    await mkdir(other)
    await mount(other, mediaPath)
    await store(open())
    await unmount(other, mediaPath)
    await mount(disk, mediaPath)
    const storage = open()
    await store(storage)
    await unmount(disk, mediaPath)
    await mount(other, mediaPath)
    try {
      await expect(store(storage)).rejects.toMatchObject(NOT_THERE)
      expect(await listedKeys(open())).toHaveLength(1)
    } finally {
      await unmount(other, mediaPath)
    }
  })
})

describe('a media folder', () => {
  it('that is gone is missed, and not made again', async () => {
    const storage = open()
    const key = await store(storage)
    await rm(mediaPath, { recursive: true })
    await expect(store(storage)).rejects.toMatchObject(NOT_THERE)
    await expect(storage.getFile(key)).rejects.toMatchObject(NOT_THERE)
    await expect(listedKeys(storage)).rejects.toMatchObject(NOT_THERE)
    await expect(storage.checkHealth()).rejects.toMatchObject(NOT_THERE)
    expect(await readdir(root)).toEqual(['disk'])
  })

  it('that does not exist is not made where new folders are refused', async () => {
    await rmdir(mediaPath)
    await expect(store(open('refuse'))).rejects.toMatchObject(NOT_THERE)
    expect(await readdir(root)).toEqual(['disk'])
  })

  it('of before there were markers gets one with the next upload, and keeps its files', async () => {
    const key = await store(open())
    await rm(join(mediaPath, '.vitrine'), { recursive: true })
    const storage = open()
    await storage.checkHealth()
    expect((await storage.getFile(key))?.size).toBe(4)
    await store(storage)
    expect(await readdir(join(mediaPath, '.vitrine'))).toContain('store-id')
    await open('refuse').checkHealth()
  })

  it('gets one marker from many that begin at the same time, in one storage and in several', async () => {
    const storages = Array.from({ length: 8 }, () => open())
    await Promise.all(storages.flatMap((storage) => [store(storage), store(storage)]))
    expect(await listedKeys(open())).toHaveLength(16)
    expect((await readdir(join(mediaPath, '.vitrine'))).toSorted()).toEqual(['staging', 'store-id'])
  })

  it('that is deleted and made anew is another one, also under the number of the old one', async () => {
    const storage = open()
    await store(storage)
    const { ino } = await stat(mediaPath)
    await rm(mediaPath, { recursive: true })
    // ext4 gives the number at once to the next folder; where a file system does not, the folder is another one anyway.
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await mkdir(mediaPath)
      if ((await stat(mediaPath)).ino === ino) break
      await rmdir(mediaPath)
    }
    await mkdir(mediaPath, { recursive: true })
    await expect(store(storage)).rejects.toMatchObject(NOT_THERE)
  })

  it('that lost its marker while it was in use goes on', async () => {
    const storage = open()
    await store(storage)
    await rm(join(mediaPath, '.vitrine'), { recursive: true })
    await store(storage)
    const failure: Promise<MediaStorageError | null> = store(open('refuse')).then(
      () => null,
      (error: MediaStorageError) => error,
    )
    expect(await failure).toMatchObject(NOT_THERE)
  })
})
