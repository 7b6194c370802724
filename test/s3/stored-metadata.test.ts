import { GetObjectAclCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import { afterAll, describe, expect, it } from 'vitest'
import { S3MediaStorage } from 'vitrine/storage/s3'
import { movie } from '../storage/media-tables.ts'
import { requireS3Server } from '../support/s3-server.ts'
import { ANY_CONTENT } from '../support/any-content.ts'

const server = await requireS3Server()
const folderName = `metadata-${crypto.randomUUID()}`
const place = { bucketName: server.bucketName, folderName, clientConfig: server.clientConfig }
const storage = new S3MediaStorage({
  column: movie.poster,
  ...ANY_CONTENT,
  ...place,
  allowedExtensions: null,
  allowedCharacters: null,
})

afterAll(() => server.removeFolder(folderName))

function getHead(key: string) {
  return server.client.send(new HeadObjectCommand({ Bucket: server.bucketName, Key: `${folderName}/${key}` }))
}

/** A name, and what the bucket tells a browser of the file. */
const FILES: [name: string, contentType: string, disposition: string][] = [
  ['a.jpg', 'image/jpeg', 'inline; filename="a.jpg"'],
  ['B.JPG', 'image/jpeg', 'inline; filename="B.jpg"'],
  ['c.PNG', 'image/png', 'inline; filename="c.png"'],
  ['d.Svg', 'image/svg+xml', 'attachment; filename="d.svg"'],
  ['e.mp4', 'video/mp4', 'inline; filename="e.mp4"'],
  ['f.MOV', 'video/quicktime', 'inline; filename="f.mov"'],
  ['g.mp3', 'audio/mpeg', 'inline; filename="g.mp3"'],
  ['h.PDF', 'application/pdf', 'attachment; filename="h.pdf"'],
  ['i.csv', 'text/plain; charset=utf-8', 'inline; filename="i.csv"'],
  ['j.HTML', 'application/octet-stream', 'attachment; filename="j.html"'],
  ['k.xyz', 'application/octet-stream', 'attachment; filename="k.xyz"'],
  ['été "1".jpg', 'image/jpeg', `inline; filename="_t_ _1_.jpg"; filename*=UTF-8''%C3%A9t%C3%A9%20%221%22.jpg`],
]

describe('what the bucket tells of a file', () => {
  it('is right for each of 300 files of all types that are uploaded at once', { timeout: 120_000 }, async () => {
    const uploads = Array.from({ length: 300 }, (_, index) => FILES[index % FILES.length]!)
    const keys = await Promise.all(uploads.map(([name]) => storage.storeFile(name, new TextEncoder().encode(name))))
    const wrong: string[] = []
    await Promise.all(
      keys.map(async (key, index) => {
        const [name, contentType, disposition] = uploads[index]!
        const head = await getHead(key)
        if (head.ContentType !== contentType) wrong.push(`${name} is ${head.ContentType}`)
        if (head.ContentDisposition !== disposition) wrong.push(`${name} is ${head.ContentDisposition}`)
        if (head.ContentLength !== Buffer.byteLength(name)) wrong.push(`${name} has ${head.ContentLength} bytes`)
      }),
    )
    expect(wrong).toEqual([])
  })

  it('is what the application wants besides', async () => {
    const uploadMetadata = {
      CacheControl: 'private, max-age=60',
      ContentDisposition: 'attachment',
      Metadata: { origin: 'test' },
      StorageClass: 'STANDARD' as const,
    }
    const own = new S3MediaStorage({ column: movie.poster, ...ANY_CONTENT, ...place, uploadMetadata })
    for (const size of [10, 8 * 1024 * 1024 + 1]) {
      const head = await getHead(await own.storeFile('a.jpg', new Uint8Array(size)))
      expect(head).toMatchObject({
        CacheControl: 'private, max-age=60',
        ContentDisposition: 'attachment',
        ContentType: 'image/jpeg',
        Metadata: { origin: 'test' },
      })
    }
  })

  it('is that only its owner may read it', async () => {
    const Key = `${folderName}/${await storage.storeFile('a.jpg', new Uint8Array(10))}`
    const { Grants = [] } = await server.client.send(new GetObjectAclCommand({ Bucket: server.bucketName, Key }))
    expect(Grants.map(({ Permission, Grantee }) => [Permission, Grantee?.Type])).toEqual([
      ['FULL_CONTROL', 'CanonicalUser'],
    ])
    expect((await fetch(`${server.endpoint}/${server.bucketName}/${Key}`)).status).toBe(403)
  })
})
