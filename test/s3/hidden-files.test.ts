import { GetObjectAclCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import { afterEach, expect, it } from 'vitest'
import { S3MediaStorage } from 'vitrine/storage/s3'
import { copyObject } from '../../src/storage/s3/copy-object.ts'
import { headObject } from '../../src/storage/s3/head-object.ts'
import { S3Bucket } from '../../src/storage/s3/s3-bucket.ts'
import { movie } from '../storage/media-tables.ts'
import { requireS3Server } from '../support/s3-server.ts'

const server = await requireS3Server()
const { bucketName, clientConfig } = server
const folderName = `hidden-${crypto.randomUUID()}`
const storage = new S3MediaStorage({
  column: movie.poster,
  bucketName,
  folderName,
  clientConfig,
  uploadMetadata: { ACL: 'public-read', CacheControl: 'max-age=60', Metadata: { owner: 'cinema' } },
})
const KEY = 'A (1) ñandú-3beac950-7721-46c9-9e7d-5e908ef51011.jpg'

afterEach(() => server.removeFolder(folderName))

function head(key: string) {
  return server.client.send(new HeadObjectCommand({ Bucket: bucketName, Key: `${folderName}/${key}` }))
}

async function isPublic(key: string): Promise<boolean> {
  const acl = new GetObjectAclCommand({ Bucket: bucketName, Key: `${folderName}/${key}` })
  const { Grants = [] } = await server.client.send(acl)
  return Grants.some(({ Grantee }) => Grantee?.URI?.endsWith('AllUsers') === true)
}

it('hides a file from the public, and brings it back as it was stored', async () => {
  await storage.importFile(KEY, Buffer.from('picture'))
  const stored = await head(KEY)
  expect(await isPublic(KEY)).toBe(true)
  await storage.hiddenFiles.hide(KEY, `trash/run/${KEY}`)
  expect(await isPublic(`.vitrine/trash/run/${KEY}`)).toBe(false)
  expect((await head(`.vitrine/trash/run/${KEY}`)).ContentDisposition).toBe('attachment; filename="hidden"')
  await storage.hiddenFiles.publish(`trash/run/${KEY}`, KEY)
  expect(await isPublic(KEY)).toBe(true)
  const { ContentType, ContentDisposition, CacheControl, Metadata, ETag } = await head(KEY)
  expect(ContentType).toBe('image/jpeg')
  expect(CacheControl).toBe('max-age=60')
  expect(ContentDisposition).toBe(stored.ContentDisposition)
  expect(Metadata).toEqual(stored.Metadata)
  expect(Metadata?.owner).toBe('cinema')
  expect(ETag).toBe(stored.ETag)
})

it('brings a file back to its end when a crash had left it in both places', async () => {
  await storage.importFile(KEY, Buffer.from('picture'))
  await storage.hiddenFiles.hide(KEY, `trash/run/${KEY}`)
  await storage.hiddenFiles.publish(`trash/run/${KEY}`, KEY)
  const { Metadata = {} } = await head(KEY)
  // What a crash between the copy and the deletion leaves: the same bytes with the mark of the same upload.
  const bucket = new S3Bucket({ bucketName, clientConfig })
  const from = `${folderName}/${KEY}`
  const object = { Bucket: bucketName, Key: `${folderName}/.vitrine/trash/run/${KEY}`, Metadata }
  await copyObject({ bucket, from, head: (await headObject(bucket, from))!, object, overwrites: true })
  expect(await storage.hiddenFiles.publish(`trash/run/${KEY}`, KEY)).toBe(true)
  expect(await server.objectKeys(folderName)).toEqual([from])
})

it('copies a large object in parts, byte for byte, and none over another one', async () => {
  const bytes = Buffer.alloc(12 * 1024 ** 2 + 5, 'vitrine ')
  await storage.importFile(KEY, bytes)
  const bucket = new S3Bucket({ bucketName, clientConfig })
  const from = `${folderName}/${KEY}`
  const found = (await headObject(bucket, from))!
  const copy = { bucket, from, head: found, object: { Bucket: bucketName, Key: `${folderName}/copy.jpg` } }
  await copyObject({ ...copy, overwrites: false }, 5 * 1024 ** 2)
  const copied = await storage.getFile('copy.jpg')
  expect(Buffer.from(await copied!.arrayBuffer()).equals(bytes)).toBe(true)
  await expect(copyObject({ ...copy, overwrites: false }, 5 * 1024 ** 2)).rejects.toThrow('PreconditionFailed')
  expect(await server.unfinishedUploads(folderName)).toEqual([])
})
