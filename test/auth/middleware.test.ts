import { beforeEach, describe, expect, it } from 'vitest'
import { ADA, getCookie, emptyDatabase, jsonPost, newDatabase, startServer, startServerWithAda } from './server.ts'

const db = newDatabase()
const user = { id: '1', name: 'Ada', email: 'ada@example.com' }
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

describe('without a session', () => {
  beforeEach(() => emptyDatabase(db))

  it.each(METHODS)('%s is answered 401 everywhere under /api', async (method) => {
    const { send } = await startServerWithAda({ db })
    const paths = [
      '/api/rows',
      '/api/session',
      '/api/file',
      '/api/absent',
      '/api/auth',
      '/api/healthy',
      '/api/health/x',
    ]
    const tricks = [
      '/api/rows/api/auth/x',
      '/api//auth/x',
      '/api/x/../rows',
      '/api/%72ows',
      '/api/auth/../rows',
      '/api/auth/%2e%2e/rows',
    ]
    for (const path of [...paths, ...tricks]) {
      for (const cookie of ['', 'vitrine.session_token=garbage', '__Host-vitrine.session_token=a.b']) {
        const response = await send(path, { method, headers: { cookie, 'x-http-method-override': 'GET' } })
        expect([path, cookie, response.status]).toEqual([path, cookie, 401])
      }
    }
  })

  it('says so as JSON', async () => {
    const response = await startServer({ db }).send('/api/rows')
    expect(await response.json()).toEqual({ error: { code: 'UNAUTHENTICATED', message: 'Sign in first.' } })
  })

  it('health is answered', async () => {
    expect((await startServer({ db }).send('/api/health')).status).toBe(200)
  })

  it('nobody is let in while the database is down', async () => {
    const { send, log } = startServer({
      db: new Proxy(db, {
        get(target, name) {
          // Read at start, to recognise the driver.
          if (name === 'session') return Reflect.get(target, name)
          throw new Error('password=hunter2')
        },
      }),
    })
    const response = await send('/api/rows', { headers: { cookie: 'vitrine.session_token=a.b' } })
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('hunter2')
    expect(log).toHaveLength(1)
  })
})

describe('the application’s own sign-in', () => {
  it('decides who is let in, by the request', async () => {
    const { send } = startServer({
      db,
      authenticate: async (request) => (request.headers.get('authorization') === 'Bearer right' ? user : null),
    })
    const status = async (authorization: string) => (await send('/api/rows', { headers: { authorization } })).status
    expect([await status('Bearer right'), await status('Bearer wrong')]).toEqual([200, 401])
  })

  it('gives the page no more of the user than it needs', async () => {
    const row = { ...user, passwordHash: 'canary' }
    const { send } = startServer({ db, authenticate: () => row })
    expect(await (await send('/api/session')).json()).toEqual({
      user,
      readOnly: false,
      uploadFromUrl: false,
      acceptsImages: false,
    })
  })

  it('lets nobody in when it fails', async () => {
    const { send } = startServer({
      db,
      authenticate: () => {
        throw new Error('broken')
      },
    })
    expect((await send('/api/rows')).status).toBe(500)
  })
})

describe('a read-only admin', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND'])('answers 405 with Allow to %s', async (method) => {
    const { send } = startServer({ db, authenticate: () => user, isReadOnly: true })
    const response = await send('/api/rows', { method, headers: { 'x-http-method-override': 'GET' } })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
    expect(await response.json()).toEqual({
      error: { code: 'READ_ONLY', message: `The admin is read-only: ${method} is not allowed.` },
    })
  })

  it.each(['GET', 'HEAD', 'OPTIONS'])('answers %s', async (method) => {
    const { send } = startServer({ db, authenticate: () => user, isReadOnly: true })
    expect((await send('/api/rows', { method })).status).toBe(200)
  })

  it('lets people sign in and out, and change no password', async () => {
    await emptyDatabase(db)
    const { send, signIn } = await startServerWithAda({ db, isReadOnly: true })
    const cookie = getCookie(await signIn())
    const session = await send('/api/session', { headers: { cookie } })
    expect(await session.json()).toMatchObject({ readOnly: true })
    const change = { currentPassword: ADA.password, newPassword: 'vitrine-demo-2' }
    expect((await send('/api/auth/change-password', jsonPost(change, { headers: { cookie } }))).status).toBe(405)
    expect((await send('/api/auth/sign-out', { method: 'POST', headers: { cookie } })).status).toBe(200)
    expect((await send('/api/session', { headers: { cookie } })).status).toBe(401)
  })
})

describe('security headers', () => {
  const POLICY =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: https:; " +
    "media-src 'self' blob: https:; connect-src 'self' https:; font-src 'self' data:; worker-src 'self' blob:; " +
    "frame-ancestors 'none'; base-uri 'self'; form-action 'self'"

  it.each([
    ['the page', 'GET /', 200],
    ['JSON', 'GET /api/rows', 200],
    ['a refusal', 'POST /api/rows', 403],
    ['what is absent', 'GET /absent', 404],
    ['a failure', 'GET /api/failure', 500],
  ])('are on %s', async (_name, request, status) => {
    const [method = '', path = ''] = request.split(' ')
    const { send } = startServer({ db, authenticate: () => user })
    const response = await send(path, { method, headers: { origin: 'https://evil.example' } })
    expect(response.status).toBe(status)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
    })
  })

  it.each(['/api/rows', '/api/session', '/api/health', '/api/auth/get-session', '/api/auth/absent'])(
    'keep %s out of caches',
    async (path) => {
      const response = await startServer({ db, authenticate: () => user }).send(path)
      expect([response.headers.get('cache-control'), response.headers.get('vary')]).toEqual(['no-store', 'Cookie'])
    },
  )

  it('leave alone what a file’s own route has set', async () => {
    const response = await startServer({ db, authenticate: () => user }).send('/api/file')
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
    expect(response.headers.get('cache-control')).toBe('private, no-cache')
    expect(response.headers.get('vary')).toBe('Accept, Cookie')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('let files be shown from a bucket on one’s own machine', async () => {
    const { send } = startServer({ db, mediaOrigins: ['http://127.0.0.1:9000'] })
    const policy = (await send('/')).headers.get('content-security-policy')
    expect(policy).toContain("img-src 'self' data: blob: https: http://127.0.0.1:9000;")
    expect(policy).toContain("connect-src 'self' https: http://127.0.0.1:9000;")
    expect(policy).toContain("script-src 'self';")
  })
})
