import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { S3MediaStorage } from 'vitrine/storage/s3'
import { abortAbandonedUploads } from '../../src/storage/s3/abandoned-uploads.ts'
import { S3Bucket } from '../../src/storage/s3/s3-bucket.ts'
import { ChildProgram } from '../storage/child-program.ts'
import { movie } from '../storage/media-tables.ts'
import { requireS3Server } from '../support/s3-server.ts'
import { sampleFile } from '../support/sample-files.ts'
import { ANY_CONTENT } from '../support/any-content.ts'

const server = await requireS3Server()
const folder = `interrupted-${crypto.randomUUID()}`
const place = { bucketName: server.bucketName, clientConfig: server.clientConfig }
const storage = new S3MediaStorage({ column: movie.poster, ...ANY_CONTENT, folderName: folder, ...place })

const PART = 8 * 1024 * 1024
const bytes = sampleFile('mp4', 2 * PART + 1)

afterAll(() => server.removeFolder(folder))

/** How many bytes a body gives before it ends badly. */
const POINTS = [0, 1, 65_536, PART - 1, PART, PART + 1, 2 * PART, 2 * PART + 1]

/** The first bytes in chunks as a socket gives them, and then what `end` does. */
async function* bodyUntil(count: number, end: () => void): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < count; start += 1_000_000) yield bytes.subarray(start, Math.min(start + 1_000_000, count))
  end()
}

describe('an upload that is interrupted', () => {
  it.each(POINTS)('by a body that throws after %i bytes leaves nothing', async (count) => {
    const failure = new Error('the body broke off')
    const body = bodyUntil(count, () => {
      throw failure
    })
    await expect(storage.storeFile('a.mp4', body)).rejects.toBe(failure)
    expect(await server.objectKeys(folder)).toEqual([])
    expect(await server.unfinishedUploads(folder)).toEqual([])
  })

  it.each(POINTS)('by its signal after %i bytes leaves nothing', async (count) => {
    const abort = new AbortController()
    async function* body(): AsyncGenerator<Uint8Array> {
      yield* bodyUntil(count, () => abort.abort())
      await new Promise(() => {})
    }
    const storing = storage.storeFile('a.mp4', body(), { signal: abort.signal })
    await expect(storing).rejects.toMatchObject({ code: 'UPLOAD_ABORTED' })
    expect(await server.objectKeys(folder)).toEqual([])
    expect(await server.unfinishedUploads(folder)).toEqual([])
  })
})

describe('a process that is killed in the middle of an upload', () => {
  const killed = `${folder}/killed`
  const bucket = new S3Bucket(place)

  it('leaves nothing visible, and a sweep gives its parts up when they are old', { timeout: 60_000 }, async () => {
    const program = new ChildProgram(process.execPath, [
      '--import',
      'tsx',
      fileURLToPath(new URL('stalled-upload-program.ts', import.meta.url)),
      killed,
    ])
    await program.waitFor('two parts are stored')
    await program.kill()

    const another = new S3MediaStorage({ column: movie.poster, ...ANY_CONTENT, folderName: killed, ...place })
    expect(await another.getFileKeys().next()).toEqual({ done: true, value: undefined })
    expect(await server.objectKeys(killed)).toEqual([])
    expect(await server.unfinishedUploads(killed)).toHaveLength(1)

    await another.sweep()
    expect(await server.unfinishedUploads(killed)).toHaveLength(1)

    const before = new Date(Date.now() + 60_000)
    await abortAbandonedUploads({ bucket, prefix: `${folder}/kill`, before })
    await abortAbandonedUploads({ bucket, prefix: `${folder}/`, before })
    expect(await server.unfinishedUploads(killed)).toHaveLength(1)

    await abortAbandonedUploads({ bucket, prefix: `${killed}/`, before })
    expect(await server.unfinishedUploads(killed)).toEqual([])
  })
})
