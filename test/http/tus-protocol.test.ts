import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { visibleFiles } from '../support/folder-state.ts'
import { openMediaWorld } from '../support/media-world.ts'
import { type MovieAdmin, type MovieWorld, startMovieAdmin } from '../support/movie-admin.ts'
import { sampleFile } from '../support/sample-files.ts'
import { OFFSET_BODY, TRAILER_UPLOADS, TusRequests, getFileKey, getMetadata } from '../support/tus-requests.ts'

const FILE = sampleFile('mp4', 100_000)
const POSTER_UPLOADS = '/api/media/movie/poster/uploads'

let world: MovieWorld
let admin: MovieAdmin
let tus: TusRequests

beforeAll(async () => {
  world = await openMediaWorld()
  admin = await startMovieAdmin(world)
  tus = new TusRequests(admin)
})

afterAll(() => world.close())

async function getError(response: Response): Promise<[number, string]> {
  const { error } = (await response.json()) as { error: { code: string } }
  return [response.status, error.code]
}

async function storedBytes(fileKey: string | null): Promise<string> {
  const response = await admin.send(`/api/media/movie/trailer/${fileKey}`)
  return createHash('sha256')
    .update(new Uint8Array(await response.arrayBuffer()))
    .digest('hex')
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('the version of the protocol', () => {
  it('stands on every answer but that to OPTIONS, which tells all about the server', async () => {
    const path = await tus.create('film.mp4', 10)
    const responses = [
      await tus.head(path),
      await tus.patch(path, 0, { body: FILE.slice(0, 4) }),
      await tus.patch(path, 9, { body: FILE.slice(0, 1) }),
      await tus.post({}),
      await tus.head(`${TRAILER_UPLOADS}/${crypto.randomUUID()}`),
      await tus.remove(path),
      await admin.send(TRAILER_UPLOADS, { method: 'POST', cookie: null }),
    ]
    expect(responses.map(({ headers }) => headers.get('tus-resumable'))).toEqual(responses.map(() => '1.0.0'))
    expect(responses.map(({ status }) => status)).toEqual([200, 204, 409, 400, 404, 204, 401])
    const options = await admin.send(POSTER_UPLOADS, { method: 'OPTIONS' })
    expect(options.status).toBe(204)
    expect(Object.fromEntries(options.headers)).toMatchObject({
      'tus-version': '1.0.0',
      'tus-extension': 'creation,creation-with-upload,creation-defer-length,termination,expiration,checksum',
      'tus-checksum-algorithm': 'sha1,sha256,sha512,md5',
      'tus-max-size': '2500000',
    })
    expect(options.headers.has('tus-resumable')).toBe(false)
  })

  it.each([undefined, '0.2.2', '1.0', '1.0.0, 1.0.0', '2.0.0'])('is refused when it is %s', async (version) => {
    const path = await tus.create('film.mp4', 10)
    const headers: Record<string, string> = version === undefined ? {} : { 'tus-resumable': version }
    for (const method of ['HEAD', 'PATCH', 'DELETE']) {
      const response = await admin.send(path, { method, headers, body: method === 'PATCH' ? 'bytes' : null })
      expect([method, response.status, response.headers.get('tus-version')]).toEqual([method, 412, '1.0.0'])
    }
    expect(await tus.offset(path)).toBe(0)
  })

  it('tells nothing to pages of other origins', async () => {
    const responses = [
      await admin.send(TRAILER_UPLOADS, { method: 'OPTIONS', headers: { origin: 'https://evil.example' } }),
      await tus.head(await tus.create('film.mp4', 10), { origin: 'https://evil.example' }),
    ]
    const names = responses.flatMap(({ headers }) => [...headers.keys()])
    expect(names.filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})

describe('asking where an upload stands', () => {
  it('gives offset, length and metadata, and may not be cached', async () => {
    const metadata = `${getMetadata({ filename: 'film.mp4', note: 'ümläut' })},flag`
    const path = await tus.create('film.mp4', 100_000, { 'upload-metadata': metadata })
    await tus.patch(path, 0, { body: FILE.slice(0, 70_000) })
    const response = await tus.head(path)
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'upload-offset': '70000',
      'upload-length': '100000',
      'upload-metadata': metadata,
      'cache-control': 'no-store',
    })
    expect(response.headers.has('upload-file-key')).toBe(false)
  })

  it.each([crypto.randomUUID(), 'x', '..%2f..%2fetc%2fpasswd', '%00', 'a'.repeat(300), '__proto__'])(
    'knows nothing of an upload that is not there: %s',
    async (id) => {
      const response = await tus.head(`${TRAILER_UPLOADS}/${id}`)
      expect([response.status, response.headers.has('upload-offset')]).toEqual([404, false])
    },
  )
})

describe('sending bytes', () => {
  it('adds them at the offset and answers with the new one, and the last with the file', async () => {
    const path = await tus.create('My film.mp4', 100_000)
    const first = await tus.patch(path, 0, { body: FILE.slice(0, 30_000) })
    expect([first.status, first.headers.get('upload-offset'), getFileKey(first)]).toEqual([204, '30000', null])
    const last = await tus.patch(path, 30_000, { body: FILE.slice(30_000) })
    expect([last.status, last.headers.get('upload-offset')]).toEqual([204, '100000'])
    const fileKey = getFileKey(last)
    expect(fileKey).toMatch(/^My film-[0-9a-f-]{36}\.mp4$/)
    expect(await storedBytes(fileKey)).toBe(sha256(FILE))
    // The last answer may get lost: the upload goes on telling what became of it.
    expect(getFileKey(await tus.head(path))).toBe(fileKey)
    expect(await tus.describe(path)).toEqual({
      name: 'My film.mp4',
      length: 100_000,
      offset: 100_000,
      file: { fileKey, name: 'My film.mp4', size: 100_000, contentType: 'video/mp4' },
      error: null,
    })
  })

  it.each(['application/octet-stream', '', 'application/offset+octet-stream; charset=utf-8'])(
    'refuses a body of the type "%s"',
    async (type) => {
      const path = await tus.create('film.mp4', 10)
      const response = await tus.patch(path, 0, { body: FILE.slice(0, 5), headers: { 'content-type': type } })
      expect(await getError(response)).toEqual([415, 'UNSUPPORTED_BODY'])
      expect(await tus.offset(path)).toBe(0)
    },
  )

  it.each([0, 29_999, 30_001, 100_000])('refuses bytes at %s when the upload stands at 30000', async (offset) => {
    const path = await tus.create('film.mp4', 100_000)
    await tus.patch(path, 0, { body: FILE.slice(0, 30_000) })
    expect(await getError(await tus.patch(path, offset, { body: FILE.slice(0, 10) }))).toEqual([409, 'CONFLICT'])
    expect(await tus.offset(path)).toBe(30_000)
  })

  it.each(['', '-1', '1.5', '1e3', '0x10', ' ', 'NaN', '99999999999999999999'])(
    'refuses the offset "%s"',
    async (offset) => {
      const path = await tus.create('film.mp4', 100_000)
      const response = await tus.patch(path, 0, { body: FILE.slice(0, 10), headers: { 'upload-offset': offset } })
      expect(response.status).toBe(400)
      expect(await tus.offset(path)).toBe(0)
    },
  )

  it('refuses bytes behind the end, with and without a length', async () => {
    const path = await tus.create('film.mp4', 50_000)
    expect(await getError(await tus.patch(path, 0, { body: FILE }))).toEqual([413, 'FILE_TOO_LARGE'])
    expect(await tus.offset(path)).toBe(0)
    const chunked = await tus.patch(path, 0, { body: new Blob([FILE.slice(0, 60_000)]).stream() })
    expect(await getError(chunked)).toEqual([413, 'FILE_TOO_LARGE'])
    expect(await tus.offset(path)).toBeLessThan(50_000)
    const full = ReadableStream.from([FILE.slice(0, 50_000), FILE.slice(0, 1)])
    expect((await tus.patch(path, 0, { body: full })).status).toBe(413)
    expect(await tus.offset(path)).toBe(0)
    expect(await visibleFiles(join(world.folder, 'trailer'))).not.toContain('film')
  })
})

describe('beginning an upload', () => {
  it.each<[string, Record<string, string>]>([
    ['neither a length nor that it comes later', {}],
    ['both', { 'upload-length': '10', 'upload-defer-length': '1' }],
    ['a negative length', { 'upload-length': '-1' }],
    ['no number', { 'upload-length': 'abc' }],
    ['another deferral than 1', { 'upload-defer-length': '2' }],
  ])('is refused with %s', async (_what, headers) => {
    expect(
      await getError(await tus.post({ 'upload-metadata': getMetadata({ filename: 'film.mp4' }), ...headers })),
    ).toEqual([400, 'INVALID_REQUEST'])
  })

  it.each<[string, string, [number, string]]>([
    ['no name', getMetadata({ title: 'film.mp4' }), [400, 'INVALID_REQUEST']],
    ['no metadata that can be read', 'filename !!!', [400, 'INVALID_REQUEST']],
    [
      'a name twice',
      `${getMetadata({ filename: 'a.jpg' })},${getMetadata({ filename: 'b.jpg' })}`,
      [400, 'INVALID_REQUEST'],
    ],
    ['a type that is not allowed', getMetadata({ filename: 'poster.exe' }), [415, 'FILE_TYPE_NOT_ALLOWED']],
    ['a hidden name', getMetadata({ filename: '.jpg' }), [422, 'INVALID_FILE_NAME']],
    ['a name without an extension', getMetadata({ filename: 'poster' }), [422, 'INVALID_FILE_NAME']],
  ])('is refused with %s', async (_what, metadata, expected) => {
    const posters = new TusRequests(admin, POSTER_UPLOADS)
    expect(await getError(await posters.post({ 'upload-length': '10', 'upload-metadata': metadata }))).toEqual(expected)
  })

  it.each(['2500001', '9007199254740993', '9'.repeat(40)])('is refused with a length of %s', async (length) => {
    const posters = new TusRequests(admin, POSTER_UPLOADS)
    const response = await posters.post({
      'upload-length': length,
      'upload-metadata': getMetadata({ filename: 'a.jpg' }),
    })
    expect(await getError(response)).toEqual([413, 'FILE_TOO_LARGE'])
  })

  it('takes bytes along with it', async () => {
    const headers = { 'upload-metadata': getMetadata({ filename: 'film.mp4' }), 'content-type': OFFSET_BODY }
    const some = await tus.post(
      { ...headers, 'upload-length': '100000', 'content-length': '4000' },
      FILE.slice(0, 4000),
    )
    expect([some.status, some.headers.get('upload-offset'), getFileKey(some)]).toEqual([201, '4000', null])
    expect(await tus.offset(some.headers.get('location')!)).toBe(4000)
    const all = await tus.post({ ...headers, 'upload-length': '100000', 'content-length': '100000' }, FILE)
    expect([all.status, all.headers.get('upload-offset')]).toEqual([201, '100000'])
    expect(await storedBytes(getFileKey(all))).toBe(sha256(FILE))
  })

  it('of nothing is done at once', async () => {
    const metadata = getMetadata({ filename: 'empty.txt' })
    const response = await tus.post({ 'upload-length': '0', 'upload-metadata': metadata })
    expect(response.status).toBe(201)
    const path = response.headers.get('location')!
    expect(await tus.offset(path)).toBe(0)
    expect(getFileKey(response)).toMatch(/^empty-.*\.txt$/)
    expect(getFileKey(await tus.head(path))).toBe(getFileKey(response))
  })

  it('without a length takes it later, once and for all', async () => {
    const response = await tus.post({
      'upload-defer-length': '1',
      'upload-metadata': getMetadata({ filename: 'film.mp4' }),
    })
    const path = response.headers.get('location')!
    const status = await tus.head(path)
    expect([status.headers.get('upload-defer-length'), status.headers.has('upload-length')]).toEqual(['1', false])
    await tus.patch(path, 0, { body: FILE.slice(0, 30_000) })
    const told = { 'upload-length': '100000' }
    expect((await tus.patch(path, 30_000, { body: FILE.slice(30_000, 40_000), headers: told })).status).toBe(204)
    for (const length of ['100001', '40000']) {
      const refused = await tus.patch(path, 40_000, {
        body: FILE.slice(40_000, 50_000),
        headers: { 'upload-length': length },
      })
      expect(await getError(refused)).toEqual([400, 'INVALID_REQUEST'])
    }
    const late = await tus.head(path)
    expect([late.headers.get('upload-length'), late.headers.get('upload-offset')]).toEqual(['100000', '40000'])
    expect(await storedBytes(getFileKey(await tus.patch(path, 40_000, { body: FILE.slice(40_000) })))).toBe(
      sha256(FILE),
    )
  })

  it('without a length is held to the limit all the same', async () => {
    const posters = new TusRequests(admin, POSTER_UPLOADS)
    const begin = { 'upload-defer-length': '1', 'upload-metadata': getMetadata({ filename: 'poster.jpg' }) }
    const path = (await posters.post(begin)).headers.get('location')!
    const tooMuch = sampleFile('jpg', 2_500_001)
    expect(await getError(await posters.patch(path, 0, { body: tooMuch }))).toEqual([413, 'FILE_TOO_LARGE'])
    const tooLong = { 'upload-length': '2500001' }
    expect(await getError(await posters.patch(path, 0, { body: tooMuch.slice(0, 10), headers: tooLong }))).toEqual([
      413,
      'FILE_TOO_LARGE',
    ])
  })

  it('as a part of another one is refused', async () => {
    const begin = { 'upload-length': '10', 'upload-metadata': getMetadata({ filename: 'film.mp4' }) }
    for (const concat of ['partial', `final;${TRAILER_UPLOADS}/a ${TRAILER_UPLOADS}/b`]) {
      expect(await getError(await tus.post({ ...begin, 'upload-concat': concat }))).toEqual([400, 'INVALID_REQUEST'])
    }
  })
})

describe('a checksum', () => {
  const digest = (algorithm: string, bytes: Uint8Array) => createHash(algorithm).update(bytes).digest('base64')

  it.each(['sha1', 'sha256', 'sha512', 'md5'])(
    'by %s keeps bytes that arrived whole, and only those',
    async (algorithm) => {
      const path = await tus.create('film.mp4', 100_000)
      await tus.patch(path, 0, { body: FILE.slice(0, 10_000) })
      const bytes = FILE.slice(10_000, 90_000)
      const wrong = { 'upload-checksum': `${algorithm} ${digest(algorithm, FILE)}` }
      expect(await getError(await tus.patch(path, 10_000, { body: bytes, headers: wrong }))).toEqual([
        460,
        'CHECKSUM_MISMATCH',
      ])
      expect(await tus.offset(path)).toBe(10_000)
      const right = { 'upload-checksum': `${algorithm} ${digest(algorithm, bytes)}` }
      expect((await tus.patch(path, 10_000, { body: bytes, headers: right })).status).toBe(204)
      expect(await storedBytes(getFileKey(await tus.patch(path, 90_000, { body: FILE.slice(90_000) })))).toBe(
        sha256(FILE),
      )
    },
  )

  it.each(['crc64 AAAA', 'sha1', 'sha1 !!!', 'constructor AAAA'])('is refused when it reads %s', async (checksum) => {
    const path = await tus.create('film.mp4', 100_000)
    const response = await tus.patch(path, 0, { body: FILE.slice(0, 10), headers: { 'upload-checksum': checksum } })
    expect(await getError(response)).toEqual([400, 'INVALID_REQUEST'])
    expect(await tus.offset(path)).toBe(0)
  })
})

describe('giving an upload up', () => {
  it('frees what it took', async () => {
    const path = await tus.create('film.mp4', 100_000)
    await tus.patch(path, 0, { body: FILE.slice(0, 50_000) })
    expect((await tus.remove(path)).status).toBe(204)
    expect((await tus.head(path)).status).toBe(404)
    expect((await tus.patch(path, 50_000, { body: FILE.slice(50_000) })).status).toBe(404)
    const left = []
    for await (const file of admin.storages.trailer.hiddenFiles.list('uploads/')) left.push(file.path)
    expect(left.filter((name) => name.includes(path.split('/').at(-1)!))).toEqual([])
  })

  it('once it is done leaves its file alone', async () => {
    const path = await tus.create('film.mp4', 100_000)
    const fileKey = getFileKey(await tus.patch(path, 0, { body: FILE }))
    expect((await tus.remove(path)).status).toBe(204)
    expect(await storedBytes(fileKey)).toBe(sha256(FILE))
  })
})
