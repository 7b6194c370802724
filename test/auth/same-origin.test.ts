import { describe, expect, it } from 'vitest'
import { jsonPost, newDatabase, startServer } from './server.ts'

const db = newDatabase()
const ADMIN = 'http://admin.test:8000'
const user = { id: '1', name: 'Ada', email: 'ada@example.com' }
const server = startServer({ db, authenticate: () => user })

async function send(method: string, headers: Record<string, string>, path = '/api/rows'): Promise<number> {
  return (await server.send(path, { method, headers: { cookie: 'a=b', ...headers }, origin: ADMIN })).status
}

const UNSAFE = ['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'post-like']

const FOREIGN_ORIGINS = [
  'https://evil.example',
  'null',
  '',
  'http://admin.test',
  'http://admin.test:8001',
  'https://admin.test:8000',
  'http://www.admin.test:8000',
  'http://admin.test:8000.evil.example',
  'http://evil.example/http://admin.test:8000',
  'http://admin.test:8000@evil.example',
  'http://admin.test:8000/',
  'HTTP://ADMIN.TEST:8000',
  'http://admin.test:8000, http://admin.test:8000',
  'file://',
  'http://localhost:8000',
  'http://127.0.0.1:8000',
]

describe('what changes something', () => {
  it.each(FOREIGN_ORIGINS)('is refused from the origin "%s", whatever the method', async (origin) => {
    for (const method of UNSAFE) expect(await send(method, { origin })).toBe(403)
  })

  it.each(['cross-site', 'same-site', 'Same-Origin', '', 'same-origin, same-origin', 'bogus'])(
    'is refused when Sec-Fetch-Site is "%s"',
    async (site) => {
      for (const method of UNSAFE) {
        expect(await send(method, { 'sec-fetch-site': site })).toBe(403)
        expect(await send(method, { 'sec-fetch-site': site, origin: ADMIN })).toBe(403)
      }
    },
  )

  it('is refused when Origin is foreign though Sec-Fetch-Site is not', async () => {
    expect(await send('POST', { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' })).toBe(403)
    expect(await send('POST', { 'sec-fetch-site': 'none', origin: 'null' })).toBe(403)
  })

  it.each([
    ['a page of the admin', { 'sec-fetch-site': 'same-origin', origin: ADMIN }],
    ['a browser without Sec-Fetch-Site', { origin: ADMIN }],
    ['the address bar', { 'sec-fetch-site': 'none' }],
    ['a script', {}],
  ])('is taken from %s', async (_sender, headers) => {
    for (const method of UNSAFE) expect(await send(method, headers)).toBe(200)
  })

  it('is refused as a sign-in from another site, before the password is looked at', async () => {
    const request = jsonPost(
      { email: 'ada@example.com', password: 'vitrine-demo' },
      { headers: { origin: 'https://evil.example' }, origin: ADMIN },
    )
    const response = await server.send('/api/auth/sign-in/email', request)
    expect(response.status).toBe(403)
    expect(await response.json()).toEqual({
      error: {
        code: 'CROSS_ORIGIN',
        message: 'The request comes from a page of https://evil.example, but the admin is at http://admin.test:8000.',
      },
    })
  })

  it('is refused as a sign-out from another site', async () => {
    expect(await send('POST', { origin: 'https://evil.example' }, '/api/auth/sign-out')).toBe(403)
  })

  it('cannot hide behind another method', async () => {
    const headers = {
      origin: 'https://evil.example',
      'x-http-method-override': 'GET',
      'x-http-method': 'GET',
      'x-method-override': 'GET',
    }
    expect(await send('POST', headers, '/api/rows?_method=GET')).toBe(403)
  })
})

describe('what only reads', () => {
  it.each(['GET', 'HEAD', 'OPTIONS'])('is answered to a %s from anywhere', async (method) => {
    expect(await send(method, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })).toBe(200)
  })

  it('stays what it is, whatever a header asks for', async () => {
    const response = await server.send('/api/rows?_method=DELETE', {
      headers: { 'x-http-method-override': 'DELETE', origin: 'https://evil.example' },
      origin: ADMIN,
    })
    expect(await response.json()).toEqual({ reached: 'GET' })
  })

  it.each(['GET', 'POST', 'OPTIONS'])('never gets a CORS header, %s', async (method) => {
    for (const origin of [...FOREIGN_ORIGINS, ADMIN]) {
      const headers = { origin, 'access-control-request-method': 'DELETE' }
      const response = await server.send('/api/rows', { method, headers, origin: ADMIN })
      const allowed = [...response.headers.keys()].filter((name) => name.startsWith('access-control-'))
      expect(allowed).toEqual([])
    }
  })
})

describe('the admin’s own origin', () => {
  const proxied = { ipAddress: '10.0.0.9', origin: 'http://backend:8000', method: 'POST' }
  const forwarded = { 'x-forwarded-host': 'admin.example.com', 'x-forwarded-proto': 'https' }
  const from = (origin: string) => ({ ...forwarded, origin })

  it('is what a trusted proxy says', async () => {
    const { send: sendTo } = startServer({ db, authenticate: () => user, trustedProxies: ['10.0.0.0/8'] })
    const own = await sendTo('/api/rows', { ...proxied, headers: from('https://admin.example.com') })
    const foreign = await sendTo('/api/rows', { ...proxied, headers: from('http://backend:8000') })
    expect([own.status, foreign.status]).toEqual([200, 403])
  })

  it('is not what anybody else says', async () => {
    const { send: sendTo } = startServer({ db, authenticate: () => user, trustedProxies: ['10.0.0.0/8'] })
    for (const ipAddress of ['192.0.2.9', '::1', null]) {
      const request = { ...proxied, ipAddress, headers: from('https://admin.example.com') }
      expect((await sendTo('/api/rows', request)).status).toBe(403)
    }
  })

  it('is the setting alone when there is one, so that a domain pointed at the admin is not', async () => {
    const { send: sendTo } = startServer({
      db,
      authenticate: () => user,
      origin: ['https://admin.example.com', 'http://localhost:8000'],
    })
    const status = async (origin: string, at: string) =>
      (await sendTo('/api/rows', { method: 'POST', headers: { origin }, origin: at })).status
    expect(await status('https://admin.example.com', 'http://backend:8000')).toBe(200)
    expect(await status('http://localhost:8000', 'http://localhost:8000')).toBe(200)
    expect(await status('http://rebound.example:8000', 'http://rebound.example:8000')).toBe(403)
  })

  it.each(['admin.example.com', 'https://admin.example.com/admin', 'ftp://admin.example.com', 'null', ''])(
    'cannot be set to "%s"',
    (origin) => {
      expect(() => startServer({ db, origin })).toThrow(`The origin "${origin}" is not one such as`)
    },
  )
})

describe('a server that builds the URL with a host name of its own, as Next does', () => {
  const { send: sendTo } = startServer({ db, authenticate: () => user })
  const status = async (headers: Record<string, string>) =>
    (await sendTo('/api/rows', { method: 'POST', headers, origin: 'http://localhost:3000' })).status

  it.each(['127.0.0.1:3000', 'localhost:3000', 'admin.test:3000', '[::1]:3000'])(
    'takes what a page of the host %s sends to it',
    async (host) => {
      expect(await status({ host, origin: `http://${host}` })).toBe(200)
      expect(await status({ host, origin: 'https://evil.example' })).toBe(403)
    },
  )

  it('does not take what another program of the same machine sends', async () => {
    expect(await status({ host: 'admin.test:3000', origin: 'http://localhost:3000' })).toBe(403)
  })

  it('takes the host that an unknown proxy forwards only when the browser vouches for the page', async () => {
    const forwarded = { host: '10.0.0.5:3000', 'x-forwarded-host': 'admin.example.com', 'x-forwarded-proto': 'https' }
    const own = { ...forwarded, origin: 'https://admin.example.com' }
    expect(await status({ ...own, 'sec-fetch-site': 'same-origin' })).toBe(200)
    for (const site of ['cross-site', 'same-site', 'none', '']) {
      expect(await status({ ...own, 'sec-fetch-site': site })).toBe(403)
    }
    expect(await status(own)).toBe(403)
  })

  it('refuses a page that names itself in every header that a page can set', async () => {
    const forged = {
      origin: 'https://evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      forwarded: 'host=evil.example;proto=https',
      'x-original-host': 'evil.example',
      'x-host': 'evil.example',
    }
    for (const host of ['localhost:3000', 'admin.example.com']) {
      expect(await status({ ...forged, host })).toBe(403)
      expect(await status({ ...forged, host, 'sec-fetch-site': 'cross-site' })).toBe(403)
    }
  })

  it.each(['evil.example/', 'a b', 'evil.example@admin.test', '', 'http://evil.example'])(
    'falls back to the URL for the host "%s"',
    async (host) => {
      expect(await status({ host, origin: 'http://localhost:3000' })).toBe(200)
      expect(await status({ host, origin: 'http://evil.example' })).toBe(403)
    },
  )
})
