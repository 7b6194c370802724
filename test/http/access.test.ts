import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { movie } from '../../examples/movies/schema.ts'
import { type AdminRoute, METHODS, SAFE_METHODS, bodyFor, closedRoutes } from '../support/admin-routes.ts'
import { folderState } from '../support/folder-state.ts'
import { ORIGIN, type MovieAdmin, startMovieAdmin } from '../support/movie-admin.ts'
import { type SignedInWorld, openMovieWorld } from '../support/movie-world.ts'
import { readError } from '../support/read-json.ts'
import { sampleFile } from '../support/sample-files.ts'

let world: SignedInWorld
let admin: MovieAdmin
let routes: AdminRoute[]
let before: unknown

beforeAll(async () => {
  world = await openMovieWorld()
  admin = await startMovieAdmin(world)
  const fileKey = await admin.storages.poster.storeFile('poster.jpg', sampleFile('jpg'))
  const unused = await admin.storages.poster.storeFile('unused.jpg', sampleFile('jpg'))
  const [row] = await world.db.insert(movie).values({ title: 'Alien', poster: fileKey }).returning({ id: movie.id })
  routes = [...closedRoutes({ rowId: row!.id, fileKey }), { path: `/api/media/movie/poster/${unused}`, methods: [] }]
  before = await state()
})

afterAll(() => world.close())

/** Everything that a write could change. */
async function state() {
  return { files: await folderState(world.folder), rows: await world.db.select().from(movie) }
}

interface Attempt {
  route: AdminRoute
  method: string
  headers?: Record<string, string>
  cookie?: string | null
}

function attempt({ route: { path }, method, headers = {}, cookie = world.cookie }: Attempt, by = admin) {
  return by.send(path, { method, headers, cookie, body: bodyFor(path, method) })
}

describe('nobody who is not signed in', () => {
  it.each<[string, () => Promise<string | null>]>([
    ['without a cookie', async () => null],
    ['with a cookie of garbage', async () => 'better-auth.session_token=garbage; vitrine=%00%ff;;=;"'],
    [
      'with a cookie of the right form',
      async () => world.cookie.replace(/=.*$/, `=${'a'.repeat(32)}.${'b'.repeat(43)}%3D`),
    ],
    ['with a cookie whose signature is cut', async () => world.cookie.slice(0, -8)],
    ['with a cookie of 8 kB', async () => `${world.cookie.split('=')[0]}=${'a'.repeat(8000)}`],
    ['with a session that was signed out', () => signedOut()],
  ])('gets or changes anything: %s', async (_what, makeCookie) => {
    const cookie = await makeCookie()
    let cells = 0
    for (const route of routes) {
      for (const method of METHODS) {
        const response = await attempt({ route, method, cookie })
        expect([route.path, method, response.status]).toEqual([route.path, method, 401])
        const body = await response.text()
        if (method !== 'HEAD') expect(JSON.parse(body)).toMatchObject({ error: { code: 'UNAUTHENTICATED' } })
        if (route.path !== '/api') expect(response.headers.get('cache-control')).toBe('no-store')
        cells += 1
      }
    }
    expect(cells).toBe(routes.length * METHODS.length)
    expect(await state()).toEqual(before)
  })

  it('gets in by a header that names another method, path or person', async () => {
    for (const headers of [
      { 'x-http-method-override': 'GET' },
      { 'x-method-override': 'DELETE' },
      { 'x-original-url': '/api/health' },
      { 'x-rewrite-url': '/api/health' },
      { 'x-forwarded-for': '127.0.0.1' },
      { 'x-forwarded-user': 'ada' },
      { authorization: 'Basic YWRhOnZpdHJpbmUtZGVtbw==' },
      { authorization: `Bearer ${world.cookie.split('=')[1]}` },
    ]) {
      for (const route of routes) {
        expect((await attempt({ route, method: 'POST', headers, cookie: null })).status).toBe(401)
        expect((await attempt({ route, method: 'GET', headers, cookie: null })).status).toBe(401)
      }
    }
    expect(await state()).toEqual(before)
  })

  it.each([
    ['GET', '/api/health', 200],
    ['POST', '/api/health', 405],
    ['GET', '/', 200],
    ['GET', '/tables/movie', 200],
    ['GET', '/api/auth/get-session', 200],
    ['POST', '/api/auth/sign-out', 200],
    ['POST', '/api/auth/sign-up/email', 404],
    ['GET', '/api/auth/ok', 404],
    ['GET', '/api/auth/../tables', 401],
    ['GET', '/api/auth/%2e%2e/tables', 401],
    ['GET', '/api/auth/..%2ftables', 404],
    ['GET', '/api/%61uth/list-sessions', 404],
    ['GET', '/api/auth/list-sessions', 401],
    ['GET', '/api/health/', 401],
    ['GET', '/api/health/../tables', 401],
    ['GET', '/%61pi/tables', 401],
    ['GET', '/api/tables/', 401],
    ['GET', '/API/tables', 200],
    ['GET', '//api/tables', 200],
    ['POST', '/', 404],
    ['DELETE', '/tables/movie', 404],
  ])('finds more than what is open: %s %s', async (method, path, status) => {
    const response = await admin.send(path, { method, cookie: null })
    expect(response.status).toBe(status)
    expect(await response.text()).not.toMatch(/Alien|poster-|ada@example/)
  })
})

async function signedOut(): Promise<string> {
  const cookie = await world.signIn()
  expect((await admin.send('/api/session', { cookie })).status).toBe(200)
  expect((await admin.send('/api/auth/sign-out', { method: 'POST', cookie })).status).toBe(200)
  return cookie
}

describe('a page elsewhere', () => {
  it.each<[string, Record<string, string>]>([
    ['of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['of another site, in a browser that tells only its origin', { origin: 'https://evil.example' }],
    ['that hides its origin', { origin: 'null' }],
    ['in a sandboxed frame', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['of a neighbour', { 'sec-fetch-site': 'same-site' }],
    ['on another port', { origin: `${ORIGIN}:8081` }],
    ['over another scheme', { origin: ORIGIN.replace('http', 'https') }],
    ['of a subdomain', { origin: 'http://evil.admin.test' }],
    ['with our name in its own', { origin: 'http://admin.test.evil.example' }],
    ['that sends two origins', { origin: `${ORIGIN}, https://evil.example` }],
    ['with an empty origin', { origin: '' }],
    ['that has our origin but another site', { origin: ORIGIN, 'sec-fetch-site': 'cross-site' }],
    ['that claims a proxy', { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' }],
  ])('changes nothing with the cookie of who visits it: %s', async (_what, headers) => {
    for (const route of routes) {
      for (const method of METHODS.filter((candidate) => !SAFE_METHODS.includes(candidate))) {
        for (const contentType of ['text/plain', 'application/json', 'multipart/form-data; boundary=x']) {
          const response = await attempt({ route, method, headers: { ...headers, 'content-type': contentType } })
          expect(await readError(response)).toEqual([403, 'CROSS_ORIGIN'])
          expect(response.headers.get('access-control-allow-origin')).toBeNull()
        }
      }
    }
    expect(await state()).toEqual(before)
  })

  it('can ask nothing by a preflight', async () => {
    for (const route of routes) {
      const headers = { origin: 'https://evil.example', 'access-control-request-method': 'DELETE' }
      const response = await attempt({ route, method: 'OPTIONS', headers })
      expect([...response.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
    }
  })
})

describe('a read-only admin', () => {
  it('refuses every write and changes nothing, while viewing works', async () => {
    const readOnly = await startMovieAdmin(world, { readOnly: true })
    for (const route of routes) {
      for (const method of METHODS.filter((candidate) => !SAFE_METHODS.includes(candidate))) {
        const response = await attempt({ route, method }, readOnly)
        expect([route.path, method, ...(await readError(response))]).toEqual([route.path, method, 405, 'READ_ONLY'])
        expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
      }
      for (const method of route.methods.includes('GET') ? ['GET', 'HEAD'] : []) {
        const response = await attempt({ route, method }, readOnly)
        expect([route.path, method, response.status]).toEqual([route.path, method, 200])
      }
    }
    expect(await state()).toEqual(before)
  })

  it('tells the page so, and lets people sign in and out', async () => {
    const readOnly = await startMovieAdmin(world, { readOnly: true })
    const session = await readOnly.send('/api/session')
    expect(JSON.parse(await session.text())).toMatchObject({ readOnly: true })
    const cookie = await world.signIn()
    expect((await readOnly.send('/api/auth/sign-out', { method: 'POST', cookie })).status).toBe(200)
    expect((await readOnly.send('/api/session', { cookie })).status).toBe(401)
  })
})

describe('a route', () => {
  it('tells the methods it has when it is asked for another', async () => {
    for (const route of routes.filter(({ methods }) => methods.length > 1)) {
      const response = await attempt({ route, method: 'PUT' })
      expect(response.status).toBe(405)
      expect(response.headers.get('allow')?.split(', ')).toEqual(expect.arrayContaining(route.methods))
    }
    expect(await state()).toEqual(before)
  })
})
