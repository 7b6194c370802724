import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PageConfig } from '../../src/contract/session.ts'
import { openMediaWorld } from '../support/media-world.ts'
import { type MovieAdmin, type MovieWorld, startMovieAdmin } from '../support/movie-admin.ts'
import { sampleFile } from '../support/sample-files.ts'

let world: MovieWorld
let admin: MovieAdmin

beforeAll(async () => {
  world = await openMediaWorld()
  admin = await startMovieAdmin(world, {
    basePath: '/admin',
    siteName: `</script><script>alert(1)</script><!-- "&'\u2028`,
    logoUrl: 'https://example.com/$&$1.svg',
  })
})

afterAll(() => world.close())

type Send = (path: string, init?: RequestInit) => Promise<Response>

const withCookie = (path: string, init: RequestInit) =>
  new Request(`http://admin.test${path}`, { ...init, headers: { cookie: world.cookie } })

/** The ways in which servers hand requests on: with the whole path, or with the mount point stripped. */
const MOUNTS: [string, Send][] = [
  ['with the whole path', (path, init = {}) => admin.admin.fetch(withCookie(`/admin${path}`, init))],
  ['stripped, as Express does', (path, init = {}) => admin.admin.fetch(withCookie(path, init))],
  [
    'by mount() of Hono',
    async (path, init = {}) => new Hono().mount('/admin', admin.admin.fetch).fetch(withCookie(`/admin${path}`, init)),
  ],
  [
    'by all() of Hono',
    async (path, init = {}) => {
      const app = new Hono().all('/admin/*', ({ req }) => admin.admin.fetch(req.raw))
      return app.fetch(withCookie(`/admin${path}`, init))
    },
  ],
]

describe.each(MOUNTS)('an admin that is mounted %s', (_how, send) => {
  it('uploads, sends and names files', async () => {
    const content = sampleFile('jpg')
    const upload = await send('/api/media/movie/poster?name=poster.jpg', { method: 'POST', body: content })
    expect(upload.status).toBe(201)
    const { files } = JSON.parse(await upload.text())
    const path = `/api/media/movie/poster/${files[0].fileKey}`
    expect(new Uint8Array(await (await send(path)).arrayBuffer())).toEqual(content)
    const { url } = JSON.parse(await (await send(`${path}/url`)).text())
    expect(url.startsWith(`/admin${path}`)).toBe(true)
    expect((await admin.admin.fetch(new Request(`http://admin.test${url}`))).status).toBeOneOf([200, 401])
  })

  it.each(['/', '/tables/movie', '/tables/movie/1', '/anything/at/all', '/admin-of-mine'])(
    'serves the page at %s',
    async (path) => {
      const page = await send(path)
      expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8'])
      expect(await page.text()).toContain('<base href="/admin/" />')
    },
  )

  it('serves the assets that the page names, and no others', async () => {
    const html = await (await send('/')).text()
    const names = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, name]) => name)
    expect(names.length).toBeGreaterThan(1)
    for (const name of names) {
      const asset = await send(`/${name}`)
      expect(asset.status).toBe(200)
      expect(asset.headers.get('content-type')).toMatch(/^text\/(javascript|css); charset=utf-8$/)
      expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    }
    for (const path of ['/assets/nothing.js', '/assets/', '/assets/index.html', `/${names[0]}.br`, `/${names[0]}/`]) {
      expect((await send(path)).status).toBe(404)
    }
  })

  it('keeps strangers out', async () => {
    const stranger = new Request('http://admin.test/admin/api/tables')
    expect((await admin.admin.fetch(stranger)).status).toBe(401)
  })
})

describe('the page', () => {
  it('tells its settings as JSON that cannot end its element', async () => {
    const html = await (await admin.send('/admin')).text()
    const json = /<script type="application\/json" id="vitrine-config">(.*?)<\/script>/s.exec(html)?.[1] ?? ''
    const config: PageConfig = JSON.parse(json)
    expect(config).toEqual({
      basePath: '/admin',
      siteName: `</script><script>alert(1)</script><!-- "&'\u2028`,
      accentColor: null,
      logoUrl: 'https://example.com/$&$1.svg',
      signIn: 'external',
      locale: 'en',
    })
    expect(json).not.toContain('<')
    expect(html).not.toContain('alert(1)</script>')
  })

  it('runs no script but its own', async () => {
    const policy = (await admin.send('/admin/')).headers.get('content-security-policy') ?? ''
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/script-src[^;]*unsafe/)
  })

  it('names its language and direction', async () => {
    const open = async (locale: 'en' | 'en-XB') => (await (await startMovieAdmin(world, { locale })).send('/')).text()
    expect(await open('en')).toContain('<html lang="en" dir="ltr">')
    expect(await open('en-XB')).toContain('<html lang="en-XB" dir="rtl">')
  })

  it('has a base at the root as well', async () => {
    const root = await startMovieAdmin(world)
    expect(await (await root.send('/')).text()).toContain('<base href="/" />')
  })
})

it.each(['admin', '/admin"x', '/ad min', '/admin?x', '//evil.example', '/admin/<b>', 'https://evil.example'])(
  'the basePath %s is refused at the start',
  async (basePath) => {
    await expect(startMovieAdmin(world, { basePath })).rejects.toThrow('The basePath')
  },
)
