import { spawnSync } from 'node:child_process'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveMedia, Thumbnails } from 'vitrine'
import { S3MediaStorage } from 'vitrine/storage/s3'
import { movie } from '../../examples/movies/schema.ts'
import { hideFile, restoreFile } from '../../src/storage/clean-up/trash-files.ts'
import type { FilePreview } from '../../src/contract/media.ts'
import { ANY_CONTENT } from '../support/any-content.ts'
import { demoMedia } from '../support/demo-media.ts'
import { openMediaWorld } from '../support/media-world.ts'
import { type MovieWorld, ORIGIN } from '../support/movie-admin.ts'
import { readJson } from '../support/read-json.ts'
import { type S3MovieAdmin, startS3MovieAdmin } from '../support/s3-movie-admin.ts'
import { requireS3Server } from '../support/s3-server.ts'
import { sampleFile } from '../support/sample-files.ts'
import { quartered, getQuarters } from '../support/sample-images.ts'
import { printFigure } from '../storage/print-figure.ts'

const FFMPEG = spawnSync('ffmpeg', ['-version']).status === 0
if (!FFMPEG) console.log('  not run for want of ffmpeg: the picture that is found in a film of a bucket')

const server = await requireS3Server()
const folderName = `thumbnails-${crypto.randomUUID()}`

let world: MovieWorld
let admin: S3MovieAdmin

beforeAll(async () => {
  world = await openMediaWorld()
  admin = await startS3MovieAdmin(world, server, { folderName })
})

afterAll(async () => {
  await server.removeFolder(folderName)
  await world.close()
})

const photo = () => quartered(800, 400).jpeg().toBuffer()

const getThumbnail = (from: S3MovieAdmin, fileKey: string, width = 160) =>
  from.send(`/api/media/movie/poster/${fileKey}/thumbnail?width=${width}`)

const getBytes = async (response: Response) => new Uint8Array(await response.arrayBuffer())

/** What is kept of a file beside it, by name. */
async function kept(fileKey: string): Promise<string[]> {
  const below = `${folderName}/.vitrine/thumbnails/${fileKey}/`
  const keys = await server.objectKeys(folderName)
  return keys.filter((key) => key.startsWith(below)).map((key) => key.slice(below.length))
}

describe('thumbnails of files in a bucket', () => {
  it('are sent by the admin, kept in the bucket, and found by every other server', async () => {
    const fileKey = await admin.poster.storeFile('photo.jpg', await photo())
    const response = await getThumbnail(admin, fileKey)
    expect([response.status, response.headers.get('location'), response.headers.get('content-type')]).toEqual([
      200,
      null,
      'image/webp',
    ])
    const thumbnail = await getBytes(response)
    expect(await getQuarters(thumbnail)).toEqual(['red', 'lime', 'blue', 'white'])
    expect(await kept(fileKey)).toEqual(['160.webp', 'preview.json'])
    const other = await startS3MovieAdmin(world, server, { folderName })
    expect(await getBytes(await getThumbnail(other, fileKey))).toEqual(thumbnail)
    const told = await new Thumbnails().previews(other.poster, [fileKey, 'other.jpg'])
    expect(Array.from(told, ([key, { width, height }]) => [key, width, height])).toEqual([[fileKey, 800, 400]])
  })

  it('are made once for 50 who ask at the same time', async () => {
    const fileKey = await admin.poster.storeFile('photo.jpg', await photo())
    const responses = await Promise.all(Array.from({ length: 50 }, () => getThumbnail(admin, fileKey, 320)))
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]))
    expect(await kept(fileKey)).toEqual(['320.webp', 'preview.json'])
  })

  it('go with their files; a film keeps its picture while it is in the trash', async () => {
    const [one, other, video] = await Promise.all([
      admin.poster.storeFile('one.jpg', await photo()),
      admin.poster.storeFile('other.jpg', await photo()),
      admin.poster.storeFile('film.mp4', sampleFile('mp4', 500)),
    ])
    const body = new Uint8Array(await quartered(400, 200).png().toBuffer())
    const headers = { 'content-type': 'image/png' }
    const given = await admin.send(`/api/media/movie/poster/${video}/picture`, { method: 'PUT', body, headers })
    const preview = await readJson<FilePreview>(given)
    expect([given.status, preview.width, preview.height]).toEqual([201, 400, 200])
    for (const key of [one, other, video]) expect((await getThumbnail(admin, key)).status).toBe(200)
    await admin.poster.deleteFile(one)
    await admin.poster.bulkDeleteFiles([other])
    expect([await kept(one), await kept(other)]).toEqual([[], []])
    const place = { key: video, runId: '20260101T000000000Z-00000000' }
    await hideFile([admin.poster.hiddenFiles], place)
    expect([await kept(video), (await getThumbnail(admin, video)).status]).toEqual([
      ['picture.webp', 'preview.json'],
      404,
    ])
    await restoreFile([admin.poster.hiddenFiles], place)
    expect((await getThumbnail(admin, video)).status).toBe(200)
    await admin.poster.deleteFile(video)
    expect(await kept(video)).toEqual([])
  })

  it.runIf(FFMPEG)('of a film are found in its beginning: the rest is not fetched', async () => {
    const video = await demoMedia('trailers/nightfall-season-reel.mp4')
    // A box that players pass over, as long as many videos are.
    const rest = Buffer.alloc(80_000_000)
    rest.writeUInt32BE(rest.byteLength)
    rest.write('mdat', 4, 'latin1')
    const fileKey = await admin.poster.storeFile('film.mp4', new Blob([video, rest]))
    const started = performance.now()
    const response = await getThumbnail(admin, fileKey)
    printFigure(`picture of a film of 81 MB in a bucket: ${Math.round(performance.now() - started)} ms`)
    expect(response.status).toBe(200)
    expect((await sharp(await getBytes(response)).metadata()).height).toBe(90)
    expect(await kept(fileKey)).toEqual(['160.webp', 'picture.webp', 'preview.json'])
  })
})

it('a thumbnail of a bucket has a signed address, which opens neither the file nor another width', async () => {
  const storage = new S3MediaStorage({
    column: movie.poster,
    bucketName: server.bucketName,
    clientConfig: server.clientConfig,
    folderName,
    ...ANY_CONTENT,
    rootUrl: '/media/posters',
    signingSecret: 'a secret of thirty-two characters and more',
  })
  const key = await storage.storeFile('photo.jpg', await photo())
  const serve = serveMedia(storage, { thumbnails: new Thumbnails() })
  const get = (url: string) => serve(new Request(`${ORIGIN}${url}`))
  const url = await storage.urls.thumbnail(key, { width: 160 })
  expect(url).toMatch(
    /^\/media\/posters\/photo-[0-9a-f-]{36}\.jpg\/thumbnail\?width=160&expires=\d+&signature=[\w-]{43}$/,
  )
  const response = await get(url)
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/webp'])
  const forged = [
    url.replace('/thumbnail', ''),
    url.replace('width=160', 'width=320'),
    url.replace(/expires=\d+/, 'expires=99999999999'),
    `/media/posters/${key}/thumbnail?width=160`,
    `/media/posters/${key}`,
  ]
  for (const each of forged) expect([each, (await get(each)).status]).toEqual([each, 403])
  // The file itself is the bucket's to show.
  expect(await storage.generateFileUrl(key)).toContain('X-Amz-Signature=')
  expect(() => new S3MediaStorage({ column: movie.poster, bucketName: 'b', signingSecret: 'short' })).toThrow(
    'Signed addresses of movie.poster need a signingSecret of at least 32 characters.',
  )
})
