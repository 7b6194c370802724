import { execFileSync } from 'node:child_process'
import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { drizzle } from 'drizzle-orm/postgres-js'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAdmin, tableConfig } from 'vitrine'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { S3MediaStorage } from 'vitrine/storage/s3'
import { movie } from './media-tables.ts'
import { printFigure } from './print-figure.ts'
import { whyNoSmallDisk } from './small-disk.ts'
import { makeTemporaryFolder, removeFolder } from './temporary-folder.ts'

const SHARED = 'movie.poster and movie.trailer keep their files in the same place, or one inside the other'

const whyNoMount = whyNoSmallDisk()
if (whyNoMount !== null) process.stdout.write(`  not run: a folder by two mounts: ${whyNoMount}\n`)

let root: string
let tried = 0

beforeEach(async () => {
  root = await makeTemporaryFolder()
  await mkdir(join(root, 'a', 'inner'), { recursive: true })
})

afterEach(() => removeFolder(root))

afterAll(() => printFigure(`two columns in one place: ${tried} names of it, all refused at start`))

type Storage<TColumn extends PgColumn> = LocalMediaStorage<TColumn> | S3MediaStorage<TColumn>

/** Makes an admin with two columns. */
function begin(poster: Storage<typeof movie.poster>, trailer: Storage<typeof movie.trailer>) {
  const tables = [tableConfig({ table: movie, mediaStorage: [poster, trailer] })]
  return () => createAdmin({ db: drizzle.mock(), tables, authenticate: () => null })
}

function startInFolders(first: string, second: string) {
  return begin(
    new LocalMediaStorage({ column: movie.poster, mediaPath: first }),
    new LocalMediaStorage({ column: movie.trailer, mediaPath: second }),
  )
}

function startInBucket(first: string, second: string, endpoint = 'http://127.0.0.1:9') {
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' }
  const place = (folderName: string, at: string) => ({
    bucketName: 'bucket',
    folderName,
    clientConfig: { endpoint: at, region: 'us-east-1', credentials },
  })
  return begin(
    new S3MediaStorage({ column: movie.poster, ...place(first, 'http://127.0.0.1:9') }),
    new S3MediaStorage({ column: movie.trailer, ...place(second, endpoint) }),
  )
}

describe('two columns in one place are refused at start', () => {
  it.each([
    ['the same', 'a', 'a'],
    ['with a slash', 'a', 'a/'],
    ['with a full stop', 'a', 'a/.'],
    ['with two', 'a', 'a/../a'],
    ['inside the other', 'a', 'a/inner'],
    ['around the other', 'a/inner', 'a'],
  ])('for a folder that is %s', (_title, first, second) => {
    tried += 1
    expect(startInFolders(`${root}/${first}`, `${root}/${second}`)).toThrow(SHARED)
  })

  it('for a folder by a symbolic link, and one below such a link', async () => {
    await symlink(join(root, 'a'), join(root, 'link'))
    tried += 2
    expect(startInFolders(join(root, 'a'), join(root, 'link'))).toThrow(SHARED)
    expect(startInFolders(join(root, 'a', 'inner'), join(root, 'link', 'inner'))).toThrow(SHARED)
  })

  it.skipIf(whyNoMount !== null)('for a folder by a bind mount, and one below such a mount', async () => {
    const bound = join(root, 'bound')
    await mkdir(bound)
    execFileSync('mount', ['--bind', join(root, 'a'), bound])
    tried += 2
    try {
      expect(startInFolders(join(root, 'a'), bound)).toThrow(SHARED)
      expect(startInFolders(join(root, 'a', 'inner'), join(bound, 'inner'))).toThrow(SHARED)
    } finally {
      execFileSync('umount', [bound])
    }
  })

  it.each([
    ['the same', 'a', 'a', undefined],
    ['with a slash', 'a', 'a/', undefined],
    ['inside the other', 'a', 'a/b', undefined],
    ['the bucket itself', '', 'a', undefined],
    ['that of another endpoint', 'a', 'a', 'http://localhost:9'],
  ])('for a folder of a bucket that is %s', (...given) => {
    const [, first, second, endpoint] = given
    tried += 1
    expect(startInBucket(first, second, endpoint)).toThrow(SHARED)
  })
})

it('two places whose names only begin alike are two', async () => {
  expect(startInFolders(join(root, 'a'), join(root, 'ab'))).not.toThrow()
  expect(startInBucket('a', 'ab')).not.toThrow()
})
