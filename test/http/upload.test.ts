import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { unfinishedFiles, visibleFiles } from '../support/folder-state.ts'
import { openMediaWorld } from '../support/media-world.ts'
import { type MovieAdmin, type MovieWorld, startMovieAdmin } from '../support/movie-admin.ts'
import { type TestPart, multipartBody } from '../support/multipart-body.ts'
import { readError, readFiles } from '../support/read-json.ts'
import { sampleFile } from '../support/sample-files.ts'

const POSTER = '/api/media/movie/poster'
const JPG = sampleFile('jpg', 300)

let world: MovieWorld
let clean: MovieAdmin
let strict: MovieAdmin

beforeAll(async () => {
  world = await openMediaWorld()
  clean = await startMovieAdmin(world)
  strict = await startMovieAdmin(world, { fileNames: 'strict' })
})

afterAll(() => world.close())

beforeEach(async () => {
  await clean.storages.poster.bulkDeleteFiles(await visiblePosters())
})

const visiblePosters = () => visibleFiles(join(world.folder, 'poster'))

function uploadRaw(name: string, admin: MovieAdmin = clean): Promise<Response> {
  return admin.send(`${POSTER}?name=${encodeURIComponent(name)}`, { method: 'POST', body: JPG })
}

function uploadParts(parts: TestPart[], admin: MovieAdmin = clean): Promise<Response> {
  return admin.send(POSTER, { method: 'POST', ...multipartBody(parts) })
}

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'

describe('an upload', () => {
  it('as a raw body with a name is stored, and answered with its key', async () => {
    const response = await uploadRaw('my poster.jpg')
    expect(response.status).toBe(201)
    const [file] = await readFiles(response)
    expect(file).toEqual({
      fileKey: expect.stringMatching(new RegExp(`^my poster-${UUID}\\.jpg$`)),
      name: 'my poster.jpg',
      size: 300,
      contentType: 'image/jpeg',
    })
    const stored = await clean.send(`${POSTER}/${encodeURIComponent(file!.fileKey)}`)
    expect(new Uint8Array(await stored.arrayBuffer())).toEqual(JPG)
  })

  it('as a multipart body may hold several files, whose order is kept', async () => {
    const response = await uploadParts([
      { fileName: 'one.jpg', content: JPG },
      { fileName: 'two.png', content: sampleFile('png') },
      { fileName: 'three.jpeg', content: JPG },
    ])
    expect(response.status).toBe(201)
    const files = await readFiles(response)
    expect(files.map(({ name, size, contentType }) => [name, size, contentType])).toEqual([
      ['one.jpg', 300, 'image/jpeg'],
      ['two.png', 33, 'image/png'],
      ['three.jpeg', 300, 'image/jpeg'],
    ])
    expect((await visiblePosters()).toSorted()).toEqual(files.map((file) => file.fileKey).toSorted())
  })

  it('ignores plain fields, and files under other names', async () => {
    const response = await uploadParts([
      { name: 'title', content: 'Alien' },
      { name: 'file', content: 'no file: it has no file name' },
      { name: 'other', fileName: 'other.jpg', content: JPG },
      { fileName: 'poster.jpg', content: JPG },
      { name: 'last', content: '' },
    ])
    expect(response.status).toBe(201)
    expect((await readFiles(response)).map((file) => file.name)).toEqual(['poster.jpg'])
    expect(await visiblePosters()).toHaveLength(1)
  })

  it('keeps two files of one name apart', async () => {
    const [first, second] = await readFiles(
      await uploadParts([
        { fileName: 'poster.jpg', content: JPG },
        { fileName: 'poster.jpg', content: sampleFile('jpg', 400) },
      ]),
    )
    expect([first!.size, second!.size]).toEqual([300, 400])
    expect(first!.fileKey).not.toBe(second!.fileKey)
    expect(await visiblePosters()).toHaveLength(2)
  })

  it('stores nothing when one of three files is refused', async () => {
    for (const refused of ['two.exe', '.two.jpg', 'two']) {
      const response = await uploadParts([
        { fileName: 'one.jpg', content: JPG },
        { fileName: refused, content: JPG },
        { fileName: 'three.jpg', content: JPG },
      ])
      expect(response.status).toBeOneOf([415, 422])
      expect(await visiblePosters()).toEqual([])
      expect(await unfinishedFiles(join(world.folder, 'poster'))).toEqual([])
    }
  })

  it.each<[string, () => Promise<Response>, [number, string]]>([
    ['multipart without a file', () => uploadParts([{ name: 'title', content: 'Alien' }]), [400, 'INVALID_REQUEST']],
    ['multipart without a part', () => uploadParts([]), [400, 'INVALID_REQUEST']],
    ['raw without a name', () => clean.send(POSTER, { method: 'POST', body: JPG }), [400, 'INVALID_REQUEST']],
    ['raw with an empty name', () => uploadRaw(''), [422, 'INVALID_FILE_NAME']],
    ['without a body and a name', () => clean.send(POSTER, { method: 'POST' }), [400, 'INVALID_REQUEST']],
    ['a form that is not multipart', () => uploadForm(), [400, 'INVALID_REQUEST']],
    ['multipart without a boundary', () => uploadAs('multipart/form-data'), [400, 'INVALID_REQUEST']],
  ])('is refused: %s', async (_what, upload, refusal) => {
    expect(await readError(await upload())).toEqual(refusal)
    expect(await visiblePosters()).toEqual([])
  })

  it.each([
    '/api/media/movie/title',
    '/api/media/movie/nothing',
    '/api/media/nothing/poster',
    '/api/media/studio/poster',
    '/api/media/movie/__proto__',
    '/api/media/constructor/constructor',
    '/api/media/movie%2fposter/x',
    '/api/media/movie/box_office',
  ])('finds no media column at %s', async (path) => {
    const response = await clean.send(`${path}?name=poster.jpg`, { method: 'POST', body: JPG })
    expect(await readError(response)).toEqual([404, 'NOT_FOUND'])
  })
})

const uploadAs = (contentType: string) =>
  clean.send(POSTER, { method: 'POST', body: JPG, headers: { 'content-type': contentType } })

const uploadForm = () => clean.send(POSTER, { method: 'POST', body: new URLSearchParams({ file: 'poster.jpg' }) })

describe('a file name', () => {
  it.each([
    ['PHOTO.JPG', `PHOTO-${UUID}.jpg`, 'PHOTO.jpg'],
    ['../x.jpg', `x-${UUID}.jpg`, 'x.jpg'],
    ['../../../etc/passwd.jpg', `passwd-${UUID}.jpg`, 'passwd.jpg'],
    ['/etc/x.jpg', `x-${UUID}.jpg`, 'x.jpg'],
    ['C:\\x\\y.jpg', `y-${UUID}.jpg`, 'y.jpg'],
    ['photo.php.jpg', `photo.php-${UUID}.jpg`, 'photo.php.jpg'],
    [`${'a'.repeat(296)}.jpg`, `a{50}-${UUID}.jpg`, `${'a'.repeat(50)}.jpg`],
    ['(a) b_c-d.jpeg', `\\(a\\) b_c-d-${UUID}.jpeg`, '(a) b_c-d.jpeg'],
  ])('%s is taken, strict or not', async (name, key, storedName) => {
    for (const admin of [clean, strict]) {
      for (const response of [await uploadRaw(name, admin), await uploadParts([{ fileName: name, content: JPG }])]) {
        expect(response.status).toBe(201)
        const [file] = await readFiles(response)
        expect(file!.fileKey).toMatch(new RegExp(`^${key}$`))
        expect(file!.name).toBe(storedName)
      }
    }
  })

  it.each([
    ['.hidden.jpg', 422, 'INVALID_FILE_NAME'],
    ['..jpg', 422, 'INVALID_FILE_NAME'],
    ['a.exe', 415, 'FILE_TYPE_NOT_ALLOWED'],
    ['a.jpg.exe', 415, 'FILE_TYPE_NOT_ALLOWED'],
    ['a.svg', 415, 'FILE_TYPE_NOT_ALLOWED'],
    ['noextension', 422, 'INVALID_FILE_NAME'],
    ['a.', 422, 'INVALID_FILE_NAME'],
    ['', 422, 'INVALID_FILE_NAME'],
    ['/', 422, 'INVALID_FILE_NAME'],
    ['folder/', 422, 'INVALID_FILE_NAME'],
    ['..', 422, 'INVALID_FILE_NAME'],
    ['.', 422, 'INVALID_FILE_NAME'],
  ])('%s is refused, strict or not', async (name, status, code) => {
    for (const admin of [clean, strict]) {
      expect(await readError(await uploadRaw(name, admin))).toEqual([status, code])
      expect(await readError(await uploadParts([{ fileName: name, content: JPG }], admin))).toEqual([status, code])
    }
    expect(await visiblePosters()).toEqual([])
  })

  it.each([
    ['Été à Nîmes?.JPG', 'Ete a Nimes-.jpg'],
    ['映画.jpg', 'YingHua.jpg'],
    ['a..b.jpg', 'a.b.jpg'],
    ['a\r\nX-Injected: 1.jpg', 'a-X-Injected- 1.jpg'],
    ['a"b;c.jpg', 'a-b-c.jpg'],
    ['gpj.\u202eexe.jpg', 'gpj.exe.jpg'],
    ['👩‍🚀 poster.jpg', '- poster.jpg'],
    ['a%2fb%00.jpg', 'a-2fb-00.jpg'],
    ['<img src=x onerror=alert(1)>.jpg', '-img src-x onerror-alert(1)-.jpg'],
  ])('%j is cleaned, or refused when names are strict', async (name, storedName) => {
    for (const response of [await uploadRaw(name), await uploadParts([{ fileName: name, content: JPG }])]) {
      expect(response.status).toBe(201)
      expect((await readFiles(response))[0]!.name).toBe(storedName)
    }
    expect(await readError(await uploadRaw(name, strict))).toEqual([422, 'INVALID_FILE_NAME'])
    expect(await readError(await uploadParts([{ fileName: name, content: JPG }], strict))).toEqual([
      422,
      'INVALID_FILE_NAME',
    ])
  })

  it('a NUL in a name is cleaned in the query, and refused in the header of a part', async () => {
    expect((await readFiles(await uploadRaw('a\u0000b.jpg')))[0]!.name).toBe('a-b.jpg')
    expect((await uploadParts([{ fileName: 'a\u0000b.jpg', content: JPG }])).status).toBe(400)
  })
})
