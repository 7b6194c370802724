import { CreateBucketCommand, DeleteBucketCommand, PutBucketCorsCommand } from '@aws-sdk/client-s3'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import type { Diagnosis } from 'vitrine/storage'
import { S3MediaStorage, type S3MediaStorageOptions } from 'vitrine/storage/s3'
import { type CommandWorld, ROOT, openCommandWorld } from '../cli/command-world.ts'
import { movie } from '../storage/media-tables.ts'
import { startFaultProxy } from '../support/fault-proxy.ts'
import { getEndpoint, getSecret } from '../support/s3-fault-world.ts'
import { requireS3Server } from '../support/s3-server.ts'

const server = await requireS3Server()
const folderName = `doctor-${crypto.randomUUID()}`
const place = { column: movie.poster, bucketName: server.bucketName, folderName, clientConfig: server.clientConfig }

let world: CommandWorld | undefined

afterEach(() => world?.close())

afterAll(() => server.removeFolder(folderName))

/** Runs the command on a bucket; what is given takes the place of what is right. */
async function examine({ bucketName = server.bucketName, ...wrong }: Record<string, string> = {}) {
  const credentials = { accessKeyId: process.env.S3_ACCESS_KEY_ID, secretAccessKey: getSecret(server), ...wrong }
  const clientConfig = { ...server.clientConfig, ...wrong, credentials }
  world = await openCommandWorld(`
    import { S3MediaStorage } from '${ROOT}dist/storage-s3.js'
    const place = ${JSON.stringify({ bucketName, folderName, clientConfig })}
    const poster = new S3MediaStorage({ column: movie.poster, ...place })
    export default defineConfig({ tables: [tableConfig({ table: movie, mediaStorage: [poster] })] })`)
  return world.run('doctor')
}

async function diagnose(options: Partial<S3MediaStorageOptions<typeof movie.poster>>): Promise<Map<string, Diagnosis>> {
  const found = new Map<string, Diagnosis>()
  for await (const diagnosis of new S3MediaStorage({ ...place, ...options }).diagnose()) {
    found.set(diagnosis.check, diagnosis)
  }
  return found
}

describe('vitrine doctor on a bucket', () => {
  it('finds it in order, and leaves nothing behind', async () => {
    const { exitCode, stdout } = await examine()
    const lines = stdout.split('\n').slice(1, -2)
    expect(lines.map((line) => line.slice(2, 28).trim().replace(/ {2,}/, ': '))).toEqual([
      'ok: bucket',
      'ok: clock',
      'ok: multipart upload',
      'ok: CORS',
      'ok: list',
      'ok: store',
      'ok: read',
      'ok: range',
      'ok: absent file',
      'ok: folder listing',
      'ok: signed address',
      'ok: changed signature',
      'ok: public access',
      'ok: delete',
    ])
    expect(exitCode).toBe(0)
    expect(await server.objectKeys(folderName)).toEqual([])
    expect(await server.unfinishedUploads(folderName)).toEqual([])
  })

  it.each([
    [{ endpoint: 'http://127.0.0.1:1' }, 'ECONNREFUSED', 'Check the endpoint and its port'],
    [{ secretAccessKey: 'not-the-secret-of-this-account' }, 'SignatureDoesNotMatch', 'Correct secretAccessKey'],
    [{ accessKeyId: 'NOBODY' }, 'InvalidAccessKeyId', 'The server does not know the access key'],
    [{ bucketName: 'there-is-no-such-bucket' }, 'NoSuchBucket', 'Create the bucket, or correct bucketName'],
  ])('tells what is wrong with %j, and how to mend it', async (wrong, reason, remedy) => {
    const { exitCode, stdout, stderr } = await examine(wrong)
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(
      new RegExp(`^ {2}failed {2}bucket {12}The bucket \\S+ at 127.0.0.1:\\d+ could not be reached: ${reason}`, 'm'),
    )
    expect(stdout).toContain(`To mend it: ${remedy}`)
    expect(stdout).toMatch(/^0 ok, 0 warnings, 1 failed$/m)
    expect(stdout + stderr).not.toContain(getSecret(server))
    expect(stdout + stderr).not.toContain('not-the-secret')
  })
})

describe('the checks of a bucket', () => {
  it.each([
    [30, 'ok'],
    [120, 'warning'],
    [-120, 'warning'],
    [1200, 'failed'],
  ])('find a clock that is %i s behind the server: %s', async (seconds, status) => {
    const proxy = await startFaultProxy(getEndpoint(server))
    proxy.inject({ kind: 'shift date', milliseconds: seconds * 1000, operation: 'head bucket' })
    const found = await diagnose({ clientConfig: { ...server.clientConfig, endpoint: proxy.endpoint } })
    await proxy.close()
    expect(found.get('clock')).toMatchObject({ status })
  })

  it('find files that anyone can read', async () => {
    const found = await diagnose({ uploadMetadata: { ACL: 'public-read' } })
    expect(found.get('public access')).toMatchObject({
      status: 'failed',
      message: 'An address without a signature is answered with status 200: the file is given out.',
      remedy: expect.stringContaining('block public access'),
    })
    expect(found.get('delete')).toMatchObject({ status: 'ok' })
  })

  it('find a public bucket that is none', async () => {
    const open = await diagnose({ signUrls: false, uploadMetadata: { ACL: 'public-read' } })
    expect(open.get('public access')).toMatchObject({ status: 'ok' })
    const closed = await diagnose({ signUrls: false })
    expect(closed.get('public access')).toMatchObject({
      status: 'failed',
      message: 'The plain address is answered with status 403.',
    })
    expect(closed.has('signed address')).toBe(false)
  })

  it.each([
    ['put', 'store', 's3:PutObject'],
    ['delete', 'delete', 's3:DeleteObject'],
  ] as const)('name the right that is missing to %s', async (operation, check, permission) => {
    const proxy = await startFaultProxy(getEndpoint(server))
    proxy.inject({ kind: 'answer', status: 403, code: 'AccessDenied', operation })
    const found = await diagnose({ clientConfig: { ...server.clientConfig, endpoint: proxy.endpoint } })
    await proxy.close()
    expect(found.get(check)).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('AccessDenied'),
      remedy: expect.stringContaining(`Allow ${permission} on arn:aws:s3:::${server.bucketName}/${folderName}/*.`),
    })
    await server.removeFolder(folderName)
  })

  it('find a server that keeps the parts of an upload that was given up', async () => {
    const proxy = await startFaultProxy(getEndpoint(server))
    proxy.inject({ kind: 'answer', status: 204, body: '', operation: 'abort' })
    const own = `doctor-${crypto.randomUUID()}`
    const found = await diagnose({
      folderName: own,
      clientConfig: { ...server.clientConfig, endpoint: proxy.endpoint },
    })
    await proxy.close()
    expect(found.get('multipart upload')).toMatchObject({
      status: 'failed',
      message: 'An upload that was given up is still there, and its parts cost space.',
    })
  })
})

describe('a bucket that takes uploads directly', () => {
  const bucketName = `doctor-${crypto.randomUUID()}`
  const origin = 'https://admin.example.com'

  async function corsCheck(context: { origin?: string }): Promise<Diagnosis | null> {
    const storage = new S3MediaStorage({ ...place, bucketName, uploads: 'direct' })
    for await (const diagnosis of storage.diagnose(context)) if (diagnosis.check === 'CORS') return diagnosis
    return null
  }

  it('has to let the pages of the admin in, and its own remedy does', async () => {
    await server.client.send(new CreateBucketCommand({ Bucket: bucketName }))
    const unknown = await corsCheck({})
    expect(unknown).toMatchObject({
      status: 'failed',
      message: 'No CORS rule lets browsers upload to the bucket, and uploads go there directly.',
    })
    const closed = await corsCheck({ origin })
    expect(closed).toMatchObject({
      status: 'failed',
      message: 'Browsers may not upload to the bucket from https://admin.example.com: it answers with status 403.',
    })
    const rules = JSON.parse(closed!.remedy!.slice(closed!.remedy!.indexOf('{')))
    await server.client.send(new PutBucketCorsCommand({ Bucket: bucketName, CORSConfiguration: rules }))
    const open = {
      check: 'CORS',
      status: 'ok',
      message: 'Browsers may upload to the bucket directly from https://admin.example.com.',
    }
    expect(await corsCheck({ origin })).toEqual(open)
    expect(await corsCheck({})).toEqual(open)
    expect(await corsCheck({ origin: 'https://elsewhere.example.com' })).toMatchObject({ status: 'failed' })
    await server.client.send(new DeleteBucketCommand({ Bucket: bucketName }))
  })
})
