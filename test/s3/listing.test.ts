import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { S3MediaStorage } from 'vitrine/storage/s3'
import { movie } from '../storage/media-tables.ts'
import { openS3FaultWorld } from '../support/s3-fault-world.ts'
import { requireS3Server } from '../support/s3-server.ts'

const server = await requireS3Server()
const world = await openS3FaultWorld(server)
const { storage, folder, proxy } = world

const COUNT = 2500

/** Names that begin with letters of the folder's name, which trimming letters instead of a prefix would eat. */
const names = Array.from({ length: COUNT }, (_, index) => `${folder.slice(index % 7, (index % 7) + 5)}-${index}.jpg`)

/** Folders whose files are not this folder's. */
const NEIGHBOURS = [
  `${folder}-2/neighbour.jpg`,
  `${folder}neighbour.jpg`,
  `${folder}/nested/inner.jpg`,
  `${folder}/.hidden.jpg`,
]

beforeAll(async () => {
  await putAll([...names.map((name) => `${folder}/${name}`), ...NEIGHBOURS])
})

afterAll(async () => {
  await server.removeFolder(`${folder}-2`)
  await world.close()
})

async function putAll(keys: string[]): Promise<void> {
  const remaining = keys.values()
  const putRemaining = async () => {
    for (const key of remaining) await server.putObject(key, Buffer.from('x'))
  }
  await Promise.all(Array.from({ length: 16 }, putRemaining))
}

async function listed(): Promise<string[]> {
  const keys: string[] = []
  for await (const key of storage.getFileKeys()) keys.push(key)
  return keys.toSorted()
}

describe('a folder of 2,500 files with neighbours', () => {
  it('is listed exactly, over as many pages as it takes', async () => {
    proxy.reset()
    expect(await listed()).toEqual(names.toSorted())
    expect(proxy.seen).toEqual(['list', 'list', 'list'])
  })

  it('is listed with the size of each file', async () => {
    let size = 0
    for await (const file of storage.listFiles()) size += file.size
    expect(size).toBe(COUNT)
  })

  it('is asked for no more pages than are read', async () => {
    proxy.reset()
    for await (const _key of storage.getFileKeys()) break
    expect(proxy.seen).toEqual(['list'])
  })

  it('reports exactly the files that a bulk deletion could not delete', async () => {
    const undeletable = names.filter((_, index) => index % 250 === 0)
    proxy.reset()
    const errors = [
      ...undeletable.map((name) => deleteError(name, 'AccessDenied')),
      deleteError('gone.jpg', 'NoSuchKey'),
    ]
    proxy.inject({
      kind: 'rewrite answer',
      operation: 'bulk delete',
      times: 1,
      rewrite: (body) => body.replace('</DeleteResult>', `${errors.join('')}</DeleteResult>`),
    })
    const report = await storage.bulkDeleteFiles([...undeletable, 'gone.jpg', 'absent.jpg'])
    expect(report.failed.map(({ key }) => key)).toEqual(undeletable)
    expect(report.failed[0]!.error).toMatchObject({
      code: 'STORAGE_FAILURE',
      message: `The bucket ${server.bucketName} could not delete the file: AccessDenied.`,
    })
    expect(report.deleted).toEqual(['gone.jpg', 'absent.jpg'])
    // The server deleted them all the same.
    await putAll(undeletable.map((name) => `${folder}/${name}`))
  })

  it('reports every file of a request that failed, and goes on with the next thousand', async () => {
    proxy.reset()
    proxy.inject({ kind: 'answer', operation: 'bulk delete', status: 403, code: 'AccessDenied', times: 1 })
    const report = await storage.bulkDeleteFiles(names)
    // Three for the files, and twelve images may be kept for each that went.
    expect(proxy.seen).toEqual(Array.from({ length: 3 + 18 }, () => 'bulk delete'))
    expect(report.failed.map(({ key }) => key)).toEqual(names.slice(0, 1000))
    expect(report.deleted).toEqual(names.slice(1000))
    expect(await listed()).toEqual(names.slice(0, 1000).toSorted())
  })

  it('is empty after a bulk deletion, and the neighbours are there', async () => {
    proxy.reset()
    const report = await storage.bulkDeleteFiles(names)
    expect(report).toEqual({ deleted: names, failed: [] })
    expect(await listed()).toEqual([])
    expect((await server.objectKeys(`${folder}-2`)).concat(await server.objectKeys(folder))).toEqual([
      `${folder}-2/neighbour.jpg`,
      `${folder}/.hidden.jpg`,
      `${folder}/nested/inner.jpg`,
    ])
  })
})

describe('the root of a bucket', () => {
  it('is listed without the files of its folders', async () => {
    const { bucketName, clientConfig } = server
    const root = new S3MediaStorage({ column: movie.poster, bucketName, clientConfig })
    const keys: string[] = []
    for await (const key of root.getFileKeys()) keys.push(key)
    expect(keys).toContain(`${folder}neighbour.jpg`)
    expect(keys.filter((key) => key.includes('/'))).toEqual([])
    expect(await root.bulkDeleteFiles([`${folder}neighbour.jpg`])).toMatchObject({ failed: [] })
  })
})

function deleteError(name: string, code: string): string {
  return `<Error><Key>${folder}/${name}</Key><Code>${code}</Code><Message>Injected.</Message></Error>`
}
