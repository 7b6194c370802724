import { beforeEach, describe, expect, it } from 'vitest'
import { type Admin, createAdmin } from 'vitrine'
import { type AuthOptions, createAuth } from 'vitrine/auth'
import { movie } from '../../examples/movies/schema.ts'
import { CookieJar } from '../support/cookie-jar.ts'
import { ADA, emptyDatabase, newDatabase } from './server.ts'

const [first, second] = [newDatabase(), newDatabase()]

beforeEach(() => Promise.all([emptyDatabase(first), emptyDatabase(second)]))

/** An admin as a browser sees it. */
interface Site {
  admin: Admin
  /** Such as `http://cms.test/a`. */
  url: string
}

interface SiteOptions extends Partial<AuthOptions> {
  url: string
}

/** Each has a database of its own: what one knows of sessions, the other does not. */
async function startSite(db: typeof first, { url, ...options }: SiteOptions): Promise<Site> {
  const basePath = new URL(url).pathname.replace(/\/$/, '')
  const auth = createAuth({ db, ...options })
  await auth.createUser(ADA)
  return { admin: createAdmin({ db, auth, basePath, tables: [movie] }), url: url.replace(/\/$/, '') }
}

/** One browser, whose cookies all sites share. */
class Browser {
  readonly jar = new CookieJar()

  async send({ admin, url }: Site, path: string, init: RequestInit = {}): Promise<Response> {
    const target = `${url}${path}`
    const headers = new Headers(init.headers)
    const cookie = this.jar.header(target)
    if (cookie !== null) headers.set('cookie', cookie)
    const response = await admin.fetch(new Request(target, { ...init, headers }))
    this.jar.store(target, response)
    return response
  }

  async signIn(site: Site): Promise<void> {
    const { email, password } = ADA
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ email, password })
    expect((await this.send(site, '/api/auth/sign-in/email', { method: 'POST', headers, body })).status).toBe(200)
  }

  async signOut(site: Site): Promise<void> {
    expect((await this.send(site, '/api/auth/sign-out', { method: 'POST' })).status).toBe(200)
  }

  async statuses(...sites: Site[]): Promise<number[]> {
    return Promise.all(sites.map(async (site) => (await this.send(site, '/api/session')).status))
  }
}

describe.each<[string, SiteOptions, SiteOptions]>([
  ['at two paths', { url: 'http://cms.test/a' }, { url: 'http://cms.test/b' }],
  ['at two paths over HTTPS', { url: 'https://cms.test/a' }, { url: 'https://cms.test/b' }],
  ['at the root and below it', { url: 'http://cms.test/' }, { url: 'http://cms.test/b' }],
  ['at the root and below it over HTTPS', { url: 'https://cms.test/' }, { url: 'https://cms.test/b' }],
  ['at one path and below it', { url: 'http://cms.test/a' }, { url: 'http://cms.test/a/b' }],
  ['at two paths that begin alike', { url: 'http://cms.test/a' }, { url: 'http://cms.test/ab' }],
  [
    'on two ports, under two names',
    { url: 'http://localhost:8000', cookie: { name: 'films' } },
    { url: 'http://localhost:8001', cookie: { name: 'books' } },
  ],
  [
    'on two ports over HTTPS, one with a name of its own',
    { url: 'https://cms.test:8000' },
    { url: 'https://cms.test:8001', cookie: { name: 'books' } },
  ],
])('two admins on one host, %s', (_where, one, other) => {
  it('neither sign each other out nor in, in whatever order', async () => {
    const [a, b] = await Promise.all([startSite(first, one), startSite(second, other)])
    for (const [x, y] of [
      [a, b],
      [b, a],
    ] as const) {
      const browser = new Browser()
      await browser.signIn(x)
      expect(await browser.statuses(x, y)).toEqual([200, 401])
      await browser.signIn(y)
      expect(await browser.statuses(x, y)).toEqual([200, 200])
      await browser.signIn(x)
      expect(await browser.statuses(x, y)).toEqual([200, 200])
      await browser.signOut(x)
      expect(await browser.statuses(x, y)).toEqual([401, 200])
      await browser.signOut(y)
      expect(await browser.statuses(x, y)).toEqual([401, 401])
      expect(browser.jar.size).toBe(0)
    }
  })
})

describe('the session’s cookie', () => {
  it.each<[SiteOptions, RegExp]>([
    [{ url: 'http://cms.test/' }, /^vitrine\.session_token=.*; Path=\/; HttpOnly; SameSite=Lax$/],
    [{ url: 'http://cms.test/a' }, /^vitrine\.session_token=.*; Path=\/a; HttpOnly; SameSite=Lax$/],
    [{ url: 'https://cms.test/' }, /^__Host-vitrine\.session_token=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/],
    [{ url: 'https://cms.test/a' }, /^__Secure-vitrine\.session_token=.*; Path=\/a; HttpOnly; Secure; SameSite=Lax$/],
    [
      { url: 'https://cms.test/', cookie: { name: 'cms' } },
      /^__Host-cms\.session_token=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    ],
    [
      { url: 'http://cms.test/a', secureCookies: 'always', cookie: { name: 'cms' } },
      /^__Secure-cms\.session_token=.*; Path=\/a; HttpOnly; Secure; SameSite=Lax$/,
    ],
  ])('of %j', async (options, cookie) => {
    const site = await startSite(first, options)
    const response = await site.admin.fetch(
      new Request(`${site.url}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: ADA.email, password: ADA.password }),
      }),
    )
    expect(response.headers.getSetCookie()[0]).toMatch(cookie)
  })

  it('is the one of the base path when a router strips it', async () => {
    const site = await startSite(first, { url: 'http://cms.test/a' })
    const response = await site.admin.fetch(
      new Request('http://cms.test/api/auth/sign-in/email', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: ADA.email, password: ADA.password }),
      }),
    )
    expect(response.headers.getSetCookie()[0]).toContain('; Path=/a;')
  })

  it('is described by its name in the OpenAPI document', async () => {
    const site = await startSite(first, { url: 'http://cms.test/a', cookie: { name: 'cms' } })
    const browser = new Browser()
    await browser.signIn(site)
    expect(await (await browser.send(site, '/api/openapi.json')).json()).toMatchObject({
      components: {
        securitySchemes: {
          session: { name: 'cms.session_token' },
          secureSession: { name: '__Secure-cms.session_token' },
        },
      },
    })
  })

  it.each(['', 'a b', 'a;b', 'a=b', 'ü', '__Host-\n', 'x'.repeat(51)])('cannot be called %j', (name) => {
    expect(() => createAuth({ db: first, cookie: { name } })).toThrow('The cookie.name of createAuth is ')
  })
})
