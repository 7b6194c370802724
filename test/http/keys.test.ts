import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AdminServer } from 'vitrine/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { folderState } from '../support/folder-state.ts'
import { type MovieAdmin, type MovieWorld, startMovieAdmin } from '../support/movie-admin.ts'
import { openMovieWorld } from '../support/movie-world.ts'
import { sendRaw } from '../support/raw-connection.ts'
import { sampleFile } from '../support/sample-files.ts'

const UUID = '3beac950-7721-46c9-9e7d-5e908ef51011'
const SECRET = 'a secret beside the media'

let world: MovieWorld
let admin: MovieAdmin
let server: AdminServer
let keys: Record<'poster' | 'screenshots' | 'photo', string>
let before: Record<string, string>

beforeAll(async () => {
  world = await openMovieWorld()
  admin = await startMovieAdmin(world)
  server = await admin.listen()
  const { poster, screenshots, photo } = admin.storages
  keys = {
    poster: await poster.storeFile('poster.jpg', sampleFile('jpg')),
    screenshots: await screenshots.storeFile('screenshot.jpg', sampleFile('jpg')),
    photo: await photo.storeFile('photo.jpg', sampleFile('jpg')),
  }
  await plantTraps(join(world.folder, 'poster'))
  before = await folderState(world.folder)
})

afterAll(async () => {
  await server.close()
  await world.close()
})

/** What lies in and beside the folder and must not be reached: files, folders, links. */
async function plantTraps(poster: string): Promise<void> {
  await writeFile(join(world.folder, 'secret.jpg'), SECRET)
  await mkdir(join(world.folder, 'poster-evil'))
  await writeFile(join(world.folder, 'poster-evil', 'secret.jpg'), SECRET)
  await mkdir(join(poster, `folder-${UUID}.jpg`))
  await writeFile(join(poster, `folder-${UUID}.jpg`, 'secret.jpg'), SECRET)
  await symlink(join(world.folder, 'secret.jpg'), join(poster, `link-${UUID}.jpg`))
  await symlink('/etc/passwd', join(poster, `passwd-${UUID}.jpg`))
  await symlink(world.folder, join(poster, `parent-${UUID}.jpg`))
  await mkdir(join(poster, '.vitrine', 'staging'), { recursive: true })
  await writeFile(join(poster, '.vitrine', 'staging', 'unfinished.jpg'), SECRET)
  await writeFile(join(poster, '.hidden.jpg'), SECRET)
}

const hostileKeys = (): string[] => [
  '...',
  '../secret.jpg',
  '../poster-evil/secret.jpg',
  `x/../../secret.jpg`,
  `folder-${UUID}.jpg`,
  `folder-${UUID}.jpg/secret.jpg`,
  `folder-${UUID}.jpg\\secret.jpg`,
  `link-${UUID}.jpg`,
  `passwd-${UUID}.jpg`,
  `parent-${UUID}.jpg`,
  `parent-${UUID}.jpg/secret.jpg`,
  '/etc/passwd',
  'file:///etc/passwd',
  join(world.folder, 'secret.jpg'),
  'C:\\Windows\\win.ini',
  '\\\\server\\share',
  '.vitrine',
  '.vitrine/staging',
  '.vitrine/staging/unfinished.jpg',
  '.hidden.jpg',
  '\u0000',
  `${keys.poster}\u0000.jpg`,
  `${keys.poster}\n`,
  `${keys.poster}/`,
  `${keys.poster}.`,
  ` ${keys.poster}`,
  keys.poster.toUpperCase(),
  keys.poster.slice(0, -1),
  '*',
  '*.jpg',
  'poster-?????',
  '[p]oster.jpg',
  '{poster,x}.jpg',
  '~',
  '%2e%2e',
  '%252e%252e%252fsecret.jpg',
  `${'a'.repeat(300)}.jpg`,
  'a'.repeat(100_000),
  '映'.repeat(100),
  '\ufffd',
  '__proto__',
  'constructor',
  'url',
  'info',
  'upload',
  'cleanup',
  keys.screenshots,
  keys.photo,
  `absent-${UUID}.jpg`,
]

describe('a key that names no file of the column', () => {
  it.each(['', '/url', '/info', '?download'])('is not found, and looks like any other (%s)', async (ending) => {
    const responses = new Set<string>()
    for (const key of hostileKeys()) {
      const response = await admin.send(`/api/media/movie/poster/${encodeURIComponent(key)}${ending}`)
      expect([key.slice(0, 60), response.status]).toEqual([key.slice(0, 60), 404])
      const body = await response.text()
      expect(body).not.toContain(SECRET)
      responses.add(`${body} ${JSON.stringify([...response.headers])}`)
    }
    expect([...responses]).toHaveLength(1)
  })

  it('is not found in any other spelling of the address', async () => {
    const responses = await Promise.all(
      hostileKeys().flatMap((key) => [
        admin.send(`/api/media/movie/poster/${key.replaceAll('#', '')}x`),
        admin.send(`/api/media/movie/poster/${encodeURIComponent(key).replaceAll('.', '%2e')}`),
        admin.send(`/api/media/movie/poster/${encodeURIComponent(encodeURIComponent(key))}`),
      ]),
    )
    for (const response of responses) {
      const body = await response.text()
      // The address of a parent may be another page of the admin; bytes of a file it is never.
      expect(response.status === 404 || /html|json/.test(response.headers.get('content-type') ?? '')).toBe(true)
      expect(body).not.toContain(SECRET)
      expect(body).not.toContain('root:')
    }
  })

  it('deletes nothing', async () => {
    const responses = new Set<string>()
    for (const key of hostileKeys()) {
      const response = await admin.send(`/api/media/movie/poster/${encodeURIComponent(key)}`, { method: 'DELETE' })
      expect([key.slice(0, 60), response.status]).toEqual([key.slice(0, 60), 404])
      responses.add(await response.text())
    }
    expect(responses.size).toBe(1)
    expect(await folderState(world.folder)).toEqual(before)
  })

  it('is not in a listing', async () => {
    const listing = await admin.send('/api/media/movie/poster')
    expect(JSON.parse(await listing.text())).toMatchObject({ files: [{ fileKey: keys.poster }], next: null })
  })
})

it('a key opens in its own column only', async () => {
  const columns = ['movie/poster', 'movie/screenshots', 'movie/trailer', 'director/photo', 'movie/title', 'studio/name']
  const opened: string[] = []
  for (const column of columns) {
    for (const key of Object.values(keys)) {
      const response = await admin.send(`/api/media/${column}/${key}`)
      if (response.status === 200) opened.push(`${column} ${key.split('-')[0]}`)
      else expect(response.status).toBe(404)
    }
  }
  expect(opened).toEqual(['movie/poster poster', 'movie/screenshots screenshot', 'director/photo photo'])
})

it.each([
  '/api/media/movie/poster/../../../../../../etc/passwd',
  '/api/media/movie/poster/%2e%2e/%2e%2e/secret.jpg',
  '/api/media/movie/poster/..%2fsecret.jpg',
  '/api/media/movie/poster/..%5csecret.jpg',
  '/api/media/movie/poster/..\\secret.jpg',
  '/api/media/movie/poster/..;/secret.jpg',
  '/api/media/movie/poster/.%00./secret.jpg',
  '/api/media/movie/poster//etc/passwd',
  '/api/media/movie/poster/.vitrine/staging/unfinished.jpg',
  '/api/media/movie/poster/.vitrine%2fstaging%2funfinished.jpg',
  '/api/media/movie/poster/%2evitrine%2fstaging%2funfinished.jpg',
  '/api/media/movie/poster/%c0%ae%c0%ae%c0%afsecret.jpg',
  '/api/media/movie/poster/%252e%252e%252fsecret.jpg',
  '/api/media/movie/poster/%u002e%u002e/secret.jpg',
  '/api/media/movie/poster/..',
  '/api/media/movie/poster/%2e%2e',
  '/api/media/movie/poster/.',
  '/api/media/movie/../../secret.jpg',
  '/api/media/..%2f..%2f/secret.jpg/x',
  '//api/media/movie/poster/..%2fsecret.jpg',
  '/api//media/movie/poster/..%2fsecret.jpg',
  '/assets/../../../etc/passwd',
  '/assets/..%2f..%2f..%2fpackage.json',
  '/assets/%2e%2e/%2e%2e/package.json',
  '/assets//etc/passwd',
  '/../../../../etc/passwd',
  '/..%2f..%2f..%2f..%2fetc%2fpasswd',
  'file:///etc/passwd',
  'http://admin.test/api/media/movie/poster/..%2fsecret.jpg',
  'http://evil.example/api/media/movie/poster/..%2fsecret.jpg',
  '*',
  '/api/media/movie/poster/%',
  '/api/media/movie/poster/%ff',
])('the raw request target %s reaches nothing', async (target) => {
  const request = `GET ${target} HTTP/1.1\r\nHost: admin.test\r\nCookie: ${world.cookie}\r\nConnection: close\r\n\r\n`
  const response = await sendRaw(server.url, request)
  expect(response!.status).toBeOneOf([200, 400, 401, 404])
  // What leads nowhere else is the page, which finds its way by the path itself.
  if (response!.status === 200) expect(response!.headers.get('content-type')).toBe('text/html; charset=UTF-8')
  expect(response!.body).not.toContain(SECRET)
  expect(response!.body).not.toContain('root:')
  expect(response!.body).not.toContain('"dependencies"')
})
