import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ErrorResponse } from '../../src/contract/error.ts'
import { openMovieWorld, type SignedInWorld } from '../support/movie-world.ts'
import { readJson } from '../support/read-json.ts'
import { type S3AdminOptions, type S3MovieAdmin, startS3MovieAdmin } from '../support/s3-movie-admin.ts'
import { requireS3Server } from '../support/s3-server.ts'
import { sampleFile } from '../support/sample-files.ts'

const server = await requireS3Server()
const POSTER = '/api/media/movie/poster'
const KEY = 'a-7fb0ab3a-1c5b-4f1f-8b3f-6d5a3f0a8a11.jpg'
const WRONG_SECRET = 'wrong-secret-that-nobody-may-read'

let world: SignedInWorld
beforeAll(async () => {
  world = await openMovieWorld()
})
afterAll(() => world.close())

const deadPort = await freePort()

interface Unusable {
  title: string
  /** The bucket and the server, as they stand in messages. */
  at: string
  /** The server's word; the answer to HEAD has none. */
  reason: string
  reasonOfHead: string
  options: Partial<S3AdminOptions>
}

const { bucketName, clientConfig, accessKeyId, endpoint } = server

const UNUSABLE: Unusable[] = [
  {
    title: 'a wrong secret',
    at: `${bucketName} at ${new URL(endpoint).host}`,
    reason: 'SignatureDoesNotMatch',
    reasonOfHead: 'status 403',
    options: { clientConfig: { ...clientConfig, credentials: { accessKeyId, secretAccessKey: WRONG_SECRET } } },
  },
  {
    title: 'a wrong access key',
    at: `${bucketName} at ${new URL(endpoint).host}`,
    reason: 'InvalidAccessKeyId',
    reasonOfHead: 'status 403',
    options: {
      clientConfig: { ...clientConfig, credentials: { accessKeyId: 'NOBODY', secretAccessKey: WRONG_SECRET } },
    },
  },
  {
    title: 'a bucket that does not exist',
    at: `no-such-bucket at ${new URL(endpoint).host}`,
    reason: 'NoSuchBucket',
    reasonOfHead: 'NotFound',
    options: { bucketName: 'no-such-bucket' },
  },
  {
    title: 'a server that cannot be reached',
    at: `${bucketName} at 127.0.0.1:${deadPort}`,
    reason: 'ECONNREFUSED',
    reasonOfHead: 'ECONNREFUSED',
    options: { clientConfig: { ...clientConfig, endpoint: `http://127.0.0.1:${deadPort}` } },
  },
]

describe.each(UNUSABLE)('with $title', ({ at, reasonOfHead, reason, options }) => {
  let admin: S3MovieAdmin
  beforeAll(async () => {
    admin = await startS3MovieAdmin(world, server, { folderName: 'unusable', ...options })
  })

  it.each([
    ['an upload', `${POSTER}?name=a.jpg`, 'POST', /(look for the file|be reached)/, 'head'],
    ['a listing', POSTER, 'GET', /list the files/, 'list'],
    ['a description', `${POSTER}/${KEY}/info`, 'GET', /(look for the file|be reached)/, 'head'],
    ['an address', `${POSTER}/${KEY}/url`, 'GET', /(look for the file|be reached)/, 'head'],
    ['a deletion', `${POSTER}/${KEY}`, 'DELETE', /(look for the file|be reached)/, 'head'],
  ])('%s is answered with an error that says what, where and why, and no secret', async (...route) => {
    const [, path, method, what, operation] = route
    const body = method === 'POST' ? sampleFile('jpg', 1000) : null
    const response = await admin.send(path, { method, body })
    expect(response.status).toBe(503)
    const { error } = await readJson<ErrorResponse>(response)
    expect(error.code).toBe('STORAGE_FAILURE')
    expect(error.message).toBe(
      `The bucket ${at} could not ${what.exec(error.message)?.[0]}: ${operation === 'head' ? reasonOfHead : reason}.`,
    )
    const everything = JSON.stringify(error) + admin.log.join('\n')
    expect(everything).not.toContain(WRONG_SECRET)
    expect(everything).not.toContain(server.secretAccessKey)
  })

  it('a row with a poster is refused, and one without is saved: the rest works', async () => {
    const create = (row: Record<string, string>) =>
      admin.send('/api/tables/movie/rows', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(row),
      })
    expect((await create({ title: 'With', poster: KEY })).status).toBe(503)
    expect((await create({ title: 'Without' })).status).toBe(201)
    expect((await admin.send('/api/tables/movie/rows')).status).toBe(200)
    expect((await admin.send('/api/session')).status).toBe(200)
  })

  it('the health route tells the storages from the database', async () => {
    const response = await admin.send('/api/health', { cookie: null })
    expect(response.status).toBe(503)
    expect(await readJson(response)).toEqual({ status: 'unavailable', database: 'ready', storages: 'unavailable' })
  })
})

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const href = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return typeof href === 'object' && href !== null ? href.port : 1
}
