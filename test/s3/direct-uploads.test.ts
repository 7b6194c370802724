import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { movie } from '../../examples/movies/schema.ts'
import { tableConfig } from 'vitrine'
import { S3MediaStorage } from 'vitrine/storage/s3'
import { DirectClient, getCrc32, put } from '../support/direct-client.ts'
import { startMovieAdmin } from '../support/movie-admin.ts'
import { openMovieWorld, type SignedInWorld } from '../support/movie-world.ts'
import { readFiles, readJson } from '../support/read-json.ts'
import { type S3AdminOptions, type S3MovieAdmin, startS3MovieAdmin } from '../support/s3-movie-admin.ts'
import { requireS3Server } from '../support/s3-server.ts'
import { sampleFile } from '../support/sample-files.ts'

const server = await requireS3Server()
const folderName = `direct-${crypto.randomUUID()}`
const MEBIBYTE = 1024 ** 2
const CHECKED = { contentCheck: 'refuse', metadata: 'keep' } as const

let world: SignedInWorld
let admin: S3MovieAdmin
let direct: DirectClient
const start = (options: Partial<S3AdminOptions> = {}, as = world) =>
  startS3MovieAdmin(as, server, { folderName, uploads: 'direct', ...CHECKED, ...options })

beforeAll(async () => {
  world = await openMovieWorld()
  admin = await start()
  direct = new DirectClient(admin)
})

afterEach(() => server.removeFolder(folderName))

afterAll(() => world.close())

const getError = async (response: Response) =>
  (await readJson<{ error: { code: string; message: string } }>(response)).error

/** What is in the bucket besides what it takes to tell again how an upload ended. */
async function leftovers(): Promise<string[]> {
  const keys = await server.objectKeys(folderName)
  const uploads = await server.unfinishedUploads(folderName)
  return [...keys.filter((key) => !/\.json$|\/unsaved\//.test(key)), ...uploads]
}

async function storedBytes(fileKey: string): Promise<Buffer> {
  const file = await admin.poster.getFile(fileKey)
  return Buffer.from(await file!.arrayBuffer())
}

describe('a direct upload', () => {
  it('brings a file of three parts to the bucket, byte for byte', async () => {
    const video = sampleFile('mp4', 20 * MEBIBYTE)
    const upload = await direct.begin('My film.mp4', video.byteLength)
    expect(upload).toEqual({
      id: upload.id,
      name: 'My film.mp4',
      length: 20_971_520,
      offset: 0,
      partSize: 8_388_608,
      storedParts: [],
      requiresChecksums: true,
      file: null,
      error: null,
    })
    await direct.sendParts(upload, video)
    expect(await admin.poster.getFileKeys().next()).toEqual({ done: true, value: undefined })
    const response = await direct.complete(upload.id)
    expect(response.status).toBe(201)
    const [file] = await readFiles(response)
    expect(file).toMatchObject({ name: 'My film.mp4', size: 20_971_520, contentType: 'video/mp4' })
    expect((await storedBytes(file!.fileKey)).equals(video)).toBe(true)
    expect(await leftovers()).toEqual([`${folderName}/${file!.fileKey}`])
  })

  it.each([0, 1, 8 * MEBIBYTE, 8 * MEBIBYTE + 1])('takes a file of %i bytes', async (size) => {
    const unchecked = await start({ contentCheck: 'off' })
    const bytes = sampleFile('jpg', size)
    const [file] = await readFiles(await new DirectClient(unchecked).upload('a.jpg', bytes))
    expect((await storedBytes(file!.fileKey)).equals(bytes)).toBe(true)
  })

  it('is told again when the answer got lost, and stores nothing twice', async () => {
    const upload = await direct.begin('a.jpg', 1000)
    await direct.sendParts(upload, sampleFile('jpg', 1000))
    const responses = await Promise.all([direct.complete(upload.id), direct.complete(upload.id)])
    responses.push(await direct.complete(upload.id))
    expect(responses.map(({ status }) => status)).toEqual([201, 201, 201])
    const keys = (await Promise.all(responses.map(readFiles))).map(([file]) => file!.fileKey)
    expect(new Set(keys).size).toBe(1)
    expect(await leftovers()).toEqual([`${folderName}/${keys[0]}`])
    expect(await direct.describe(upload.id)).toMatchObject({ offset: 1000, file: { fileKey: keys[0] }, error: null })
  })

  it('goes on from the parts that are there, on two servers in turn', async () => {
    const other = new DirectClient(await start())
    const video = sampleFile('mp4', 30 * MEBIBYTE)
    const upload = await direct.begin('film.mp4', video.byteLength)
    await direct.sendParts(upload, video, [3])
    expect(await other.describe(upload.id)).toMatchObject({ offset: 8_388_608, storedParts: [3] })
    await other.sendParts(upload, video, [1])
    const early = await direct.complete(upload.id)
    expect(early.status).toBe(409)
    expect(await getError(early)).toMatchObject({
      message: 'Of 31457280 bytes 16777216 are there: send the missing parts first.',
    })
    await direct.sendParts(upload, video, [4])
    await other.sendParts(upload, video, [2])
    const [file] = await readFiles(await other.complete(upload.id))
    expect((await storedBytes(file!.fileKey)).equals(video)).toBe(true)
  })

  it('is given up by DELETE, with the parts that were sent', async () => {
    const upload = await direct.begin('film.mp4', 9 * MEBIBYTE)
    await direct.sendParts(upload, sampleFile('mp4', 9 * MEBIBYTE), [1])
    expect((await direct.remove(upload.id)).status).toBe(204)
    expect((await direct.get(upload.id)).status).toBe(404)
    expect(await server.objectKeys(folderName)).toEqual([])
    expect(await server.unfinishedUploads(folderName)).toEqual([])
  })

  it('cannot be begun where uploads go to the server, and is brought to its end when that changes', async () => {
    const upload = await direct.begin('a.jpg', 1000)
    const changed = new DirectClient(await start({ uploads: 'server' }))
    expect((await changed.post('', { name: 'b.jpg', size: 1 })).status).toBe(404)
    await changed.sendParts(upload, sampleFile('jpg', 1000))
    expect((await changed.complete(upload.id)).status).toBe(201)
  })
})

describe('leave to send a part', () => {
  /** A part of another upload, to try what can be done with it. */
  async function signedPart(bytes = sampleFile('mp4', 6 * MEBIBYTE)) {
    const upload = await direct.begin('film.mp4', bytes.byteLength)
    return { upload, bytes, part: await direct.sign(upload.id, 1, bytes) }
  }

  it('is for this key, part, length and these bytes alone, for a while, and for this upload only', async () => {
    const { upload, bytes, part } = await signedPart()
    const changed = (change: (url: URL) => void) => {
      const url = new URL(part.url)
      change(url)
      return { ...part, url: url.href }
    }
    const other = Uint8Array.from(bytes, (byte) => byte ^ 1)
    const longer = sampleFile('mp4', bytes.byteLength + 1)
    const visible = changed((url) => {
      url.pathname = url.pathname.replace(/\.vitrine.*/, 'film.mp4')
    })
    const wrong: Record<string, [status: number, response: Promise<number>]> = {
      'more bytes': [403, put(part, longer)],
      'fewer bytes': [403, put(part, bytes.subarray(1))],
      'other bytes': [400, put(part, other)],
      'other bytes and their checksum': [
        403,
        put({ ...part, headers: { ...part.headers, 'x-amz-checksum-crc32': getCrc32(other) } }, other),
      ],
      'no checksum': [403, put({ ...part, headers: {} }, other)],
      'another key': [403, put(visible, bytes)],
      'another part': [
        403,
        put(
          changed((url) => url.searchParams.set('partNumber', '2')),
          bytes,
        ),
      ],
      'no part': [
        403,
        put(
          changed((url) => url.searchParams.delete('partNumber')),
          bytes,
        ),
      ],
      'an object in place of a part': [
        403,
        put(
          changed((url) => url.searchParams.delete('uploadId')),
          bytes,
        ),
      ],
      'a longer life': [
        403,
        put(
          changed((url) => url.searchParams.set('X-Amz-Expires', '86400')),
          bytes,
        ),
      ],
    }
    for (const [what, [status, response]] of Object.entries(wrong))
      expect(`${what}: ${await response}`).toBe(`${what}: ${status}`)
    expect(await direct.describe(upload.id)).toMatchObject({ storedParts: [] })

    const brief = new DirectClient(await start({ signedUrlExpiry: 1 }))
    const late = await brief.sign(upload.id, 1, bytes)
    await sleep(2500)
    expect(await put(late, bytes)).toBe(403)

    expect(await put(part, bytes)).toBe(200)
    expect((await direct.complete(upload.id)).status).toBe(201)
    expect(await put(part, bytes)).toBe(404)
    expect(await server.unfinishedUploads(folderName)).toEqual([])
    process.stdout.write(
      `direct uploads: ${Object.keys(wrong).length + 2} wrong uses of leave to send a part, usable = 0\n`,
    )
  })

  it('is not given for parts that the file does not have, nor without a checksum', async () => {
    const { upload } = await signedPart()
    const crc32 = getCrc32(new Uint8Array())
    for (const number of [0, -1, 2, 10_001]) {
      const response = await direct.post(`/${upload.id}/parts`, { parts: [{ number, crc32 }] })
      expect(await readJson(response)).toEqual({ parts: [] })
    }
    const bodies = [
      {},
      { parts: 1 },
      { parts: [1] },
      { parts: [{ number: '1', crc32 }] },
      { parts: [{ number: 1 }] },
      { parts: [{ number: 1.5, crc32 }] },
      { parts: [{ number: 1, crc32: 'AAAAAA==\nx' }] },
      { parts: Array.from({ length: 101 }, () => ({ number: 1, crc32 })) },
    ]
    for (const body of bodies) expect((await direct.post(`/${upload.id}/parts`, body)).status).toBe(400)
  })
})

describe('whoever begins one', () => {
  it('is the only one who gets to know of it', async () => {
    const eve = { ...world, authenticate: () => ({ id: '2', name: 'Eve', email: 'eve@example.com' }) }
    const hers = new DirectClient(await start({}, eve))
    const upload = await direct.begin('a.jpg', 1000)
    const responses = await Promise.all([
      hers.get(upload.id),
      hers.post(`/${upload.id}/parts`, { parts: [{ number: 1, crc32: 'AAAAAA==' }] }),
      hers.complete(upload.id),
      hers.remove(upload.id),
      hers.get(crypto.randomUUID()),
      hers.get('..%2F..%2Ftrash%2Fx'),
    ])
    expect(responses.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404])
    const told = new Set(await Promise.all(responses.map((response) => response.text())))
    expect([...told]).toEqual(['{"error":{"code":"NOT_FOUND","message":"There is no such upload."}}'])
    expect((await direct.get(upload.id)).status).toBe(200)
  })

  it('cannot reach it by the other protocol, nor a resumable upload by this one', async () => {
    const upload = await direct.begin('a.jpg', 1000)
    const path = '/api/media/movie/poster/uploads'
    const tus = { 'tus-resumable': '1.0.0' }
    const head = await admin.send(`${path}/${upload.id}`, { method: 'HEAD', headers: tus })
    expect(head.status).toBe(404)
    const metadata = `filename ${Buffer.from('a.jpg').toString('base64')}`
    const started = await admin.send(path, {
      method: 'POST',
      headers: { ...tus, 'upload-length': '5', 'upload-metadata': metadata },
    })
    expect(started.status).toBe(201)
    const id = started.headers.get('location')!.split('/').at(-1)!
    expect((await direct.get(id)).status).toBe(404)
    expect((await direct.complete(id)).status).toBe(404)
  })

  it.each([
    [{ name: 'a.exe', size: 1 }, 415, 'FILE_TYPE_NOT_ALLOWED'],
    [{ name: '../a', size: 1 }, 422, 'INVALID_FILE_NAME'],
    [{ name: 'a.jpg', size: 100_000_001 }, 413, 'FILE_TOO_LARGE'],
    [{ name: 'a.jpg', size: -1 }, 400, 'INVALID_REQUEST'],
    [{ name: 'a.jpg', size: 1.5 }, 400, 'INVALID_REQUEST'],
    [{ name: 'a.jpg', size: '1' }, 400, 'INVALID_REQUEST'],
    [{ size: 1 }, 400, 'INVALID_REQUEST'],
    [{ name: 'a.jpg', size: 1, checksum: 'crc 1' }, 400, 'INVALID_REQUEST'],
  ])('is told at once that %j is refused', async (body, status, code) => {
    const response = await direct.post('', body)
    expect(response.status).toBe(status)
    expect((await getError(response)).code).toBe(code)
    expect(await server.objectKeys(folderName)).toEqual([])
  })
})

describe('a file that is not what it says', () => {
  it('is refused, and gone from the bucket', async () => {
    const page = new TextEncoder().encode('<!doctype html><script>alert(1)</script>')
    const upload = await direct.begin('holiday.png', page.byteLength)
    await direct.sendParts(upload, page)
    const response = await direct.complete(upload.id)
    expect(response.status).toBe(415)
    expect(await getError(response)).toEqual({
      code: 'FILE_CONTENT_MISMATCH',
      message: 'holiday.png is not a PNG image: its content is HTML.',
    })
    expect(await leftovers()).toEqual([])
    const again = await direct.complete(upload.id)
    expect(again.status).toBe(410)
    expect((await getError(again)).message).toBe('holiday.png is not a PNG image: its content is HTML.')
    expect(await direct.describe(upload.id)).toMatchObject({ file: null, error: { code: 'FILE_CONTENT_MISMATCH' } })
  })

  it('is refused by the checksum of all its bytes', async () => {
    const bytes = sampleFile('jpg', 100_000)
    const digest = createHash('sha256').update(bytes).digest('base64')
    expect((await direct.upload('a.jpg', bytes, `sha256 ${digest}`)).status).toBe(201)
    await server.removeFolder(folderName)
    const wrong = await direct.upload('a.jpg', sampleFile('jpg', 100_001), `sha256 ${digest}`)
    expect(wrong.status).toBe(460)
    expect(await leftovers()).toEqual([])
  })

  it("is refused by the application's own check, and cannot be read before its verdict", async () => {
    const seen: number[] = []
    const guarded = await start({
      verifyFile: async ({ stream }) => {
        for await (const chunk of stream()) seen.push(chunk.byteLength)
        const keys = await server.objectKeys(folderName)
        seen.push(-keys.filter((key) => !key.includes('.vitrine')).length)
        throw new Error('The scanner is down.')
      },
    })
    const response = await new DirectClient(guarded).upload('a.jpg', sampleFile('jpg', 100_000))
    expect(response.status).toBe(422)
    expect((await getError(response)).code).toBe('FILE_NOT_VERIFIED')
    expect(seen.at(-1)).toBe(-0)
    expect((await leftovers()).filter((key) => !key.includes('.vitrine'))).toEqual([])
  })
})

describe('what may have to be taken out of a file', () => {
  const box = (type: string, ...content: Uint8Array[]) => {
    const inner = Buffer.concat(content)
    const header = Buffer.alloc(8)
    header.writeUInt32BE(8 + inner.byteLength, 0)
    header.write(type, 4, 'latin1')
    return Buffer.concat([header, inner])
  }
  const text = (characters: string) => Buffer.from(characters, 'latin1')
  const FILE_TYPE = box('ftyp', text('isom\0\0\0\0isommp42'))
  const IMAGES = box('mdat', sampleFile('txt', 100_000))
  const moov = (name: string) =>
    box('moov', box('mvhd', Buffer.alloc(100)), box('udta', box(name, text('+48.8577+002.295/'))))

  it.each([
    ['at the end', [FILE_TYPE, IMAGES, moov('\xa9xyz')]],
    ['at the beginning', [FILE_TYPE, moov('\xa9xyz'), box('free', Buffer.alloc(1000)), IMAGES]],
    [
      'behind a hundred boxes',
      [FILE_TYPE, ...Array.from({ length: 100 }, () => box('mdat', text('x'))), moov('\xa9xyz')],
    ],
  ])('is taken out: the place where a film was made, %s', async (_where, boxes) => {
    const video = new Uint8Array(Buffer.concat(boxes))
    const careful = new DirectClient(await start({ metadata: 'strip-location' }))
    const [file] = await readFiles(await careful.upload('film.mp4', video))
    const stored = await storedBytes(file!.fileKey)
    expect(stored.byteLength).toBe(video.byteLength)
    expect(stored.includes('+48.8577')).toBe(false)
    expect(await leftovers()).toEqual([`${folderName}/${file!.fileKey}`])
  })

  it('leaves a film that tells no place as it is', async () => {
    const video = new Uint8Array(Buffer.concat([FILE_TYPE, IMAGES, moov('\xa9nam')]))
    const careful = new DirectClient(await start({ metadata: 'strip-location' }))
    const [file] = await readFiles(await careful.upload('film.mp4', video))
    expect((await storedBytes(file!.fileKey)).equals(video)).toBe(true)
  })

  it('does not hide how large a picture is', async () => {
    const segment = Buffer.concat([Buffer.from([0xff, 0xe2, 0xff, 0xff]), Buffer.alloc(65_533)])
    const frame = Buffer.from([0xff, 0xc0, 0, 17, 8, 0x75, 0x30, 0x75, 0x30, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1])
    const photo = Buffer.concat([Buffer.from([0xff, 0xd8]), segment, segment, frame, Buffer.alloc(100)])
    const careful = new DirectClient(await start({ imageLimits: {} }))
    const response = await careful.upload('a.jpg', new Uint8Array(photo))
    expect(response.status).toBe(422)
    expect((await getError(response)).code).toBe('IMAGE_TOO_LARGE')
  })
})

describe('what is abandoned', () => {
  it('expires, cannot be gone on with, and is swept away; what goes on and what is stored stays', async () => {
    const place = { bucketName: server.bucketName, clientConfig: server.clientConfig, folderName }
    const poster = () => new S3MediaStorage({ column: movie.poster, ...place, uploads: 'direct', metadata: 'keep' })
    const startBrief = () =>
      startMovieAdmin(world, { tables: [tableConfig({ table: movie, mediaStorage: [poster()] })], uploadExpiry: 4 })
    const brief = new DirectClient(await startBrief())
    const video = sampleFile('mp4', 9 * MEBIBYTE)
    const left = await brief.begin('left.mp4', video.byteLength)
    await brief.sendParts(left, video, [1])
    const [stored] = await readFiles(await brief.upload('a.jpg', sampleFile('jpg', 1000)))
    await sleep(4500)
    await expect(brief.sign(left.id, 2, video.subarray(8 * MEBIBYTE))).rejects.toThrow('410 ')
    expect([(await brief.get(left.id)).status, (await brief.complete(left.id)).status]).toEqual([410, 410])
    const young = await brief.begin('young.mp4', video.byteLength)
    await brief.sendParts(young, video, [2])
    await startBrief()
    expect((await brief.get(left.id)).status).toBe(404)
    expect(await server.unfinishedUploads(folderName)).toEqual([`${folderName}/.vitrine/uploads/${young.id}`])
    await brief.sendParts(young, video, [1])
    expect((await brief.complete(young.id)).status).toBe(201)
    expect((await storedBytes(stored!.fileKey)).byteLength).toBe(1000)
    process.stdout.write('direct uploads: parts left of an abandoned one after the sweep = 0\n')
  })
})
