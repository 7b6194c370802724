import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ADA, getCookie, emptyDatabase, jsonPost, newDatabase, startServer, startServerWithAda } from './server.ts'

const db = newDatabase()
beforeEach(() => emptyDatabase(db))

describe('signing in', () => {
  it('answers the user, keeps the token out of the body and sets one cookie', async () => {
    const { signIn } = await startServerWithAda({ db })
    const response = await signIn()
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ user: { id: expect.any(String), name: 'Ada', email: 'ada@example.com' } })
    expect(response.headers.getSetCookie()).toHaveLength(1)
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  it('takes the address in any case', async () => {
    const { signIn } = await startServerWithAda({ db })
    expect((await signIn({ email: 'ADA@Example.com' })).status).toBe(200)
  })

  it('answers a wrong password and an unknown address alike', async () => {
    const { signIn } = await startServerWithAda({ db })
    const wrong = await signIn({ password: 'vitrine-dema' })
    const unknown = await signIn({ email: 'eve@example.com' })
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    const body = { error: { code: 'UNAUTHENTICATED', message: 'The e-mail address or the password is wrong.' } }
    expect(await wrong.json()).toEqual(body)
    expect(await unknown.json()).toEqual(body)
    expect(wrong.headers.getSetCookie()).toEqual([])
  })

  it.each([
    ['no body', undefined, 'application/json'],
    ['a list', '[]', 'application/json'],
    ['broken JSON', '{"email":', 'application/json'],
    ['no password', '{"email":"ada@example.com"}', 'application/json'],
    ['a list as password', '{"email":"ada@example.com","password":["vitrine-demo"]}', 'application/json'],
    ['an address that is none', '{"email":"ada","password":"vitrine-demo"}', 'application/json'],
    ['JSON as text', '{"email":"ada@example.com","password":"vitrine-demo"}', 'text/plain'],
    ['a form', 'email=ada%40example.com&password=vitrine-demo', 'application/x-www-form-urlencoded'],
    ['a body over 16 KiB', JSON.stringify({ ...ADA, filler: 'x'.repeat(16 * 1024) }), 'application/json'],
  ])('refuses %s', async (_name, body, type) => {
    const { send } = await startServerWithAda({ db })
    const response = await send('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'content-type': type },
      ...(body === undefined ? {} : { body }),
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { code: 'INVALID_REQUEST' } })
    expect(response.headers.getSetCookie()).toEqual([])
  })

  it('stops reading a body without end', async () => {
    const { send } = startServer({ db })
    let chunks = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        chunks += 1
        controller.enqueue(new Uint8Array(4096))
      },
    })
    const response = await send('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      duplex: 'half',
    })
    expect(response.status).toBe(400)
    expect(chunks).toBeLessThan(10)
  })

  it('redirects nowhere', async () => {
    const { send } = await startServerWithAda({ db })
    const response = await send('/api/auth/sign-in/email', jsonPost({ ...ADA, callbackURL: 'https://evil.example' }))
    expect(response.status).toBe(200)
    expect(response.headers.get('location')).toBeNull()
    expect(await response.text()).not.toContain('evil')
  })
})

describe('what is open below /api/auth', () => {
  it.each([
    ['POST', '/sign-up/email'],
    ['POST', '/sign-in/social'],
    ['POST', '/request-password-reset'],
    ['POST', '/reset-password'],
    ['POST', '/update-user'],
    ['POST', '/delete-user'],
    ['POST', '/change-email'],
    ['POST', '/set-password'],
    ['GET', '/list-accounts'],
    ['GET', '/ok'],
    ['GET', '/error'],
    ['GET', '/callback/github'],
    ['POST', '/__proto__'],
    ['POST', '/sign-in/email/'],
    ['POST', '/sign-in//email'],
    ['POST', '/sign-in%2femail'],
    ['POST', '/SIGN-IN/EMAIL'],
  ])('answers 404 to %s %s', async (method, path) => {
    const { send } = await startServerWithAda({ db })
    const request = jsonPost({ ...ADA, email: 'new@example.com' })
    const response = await send(`/api/auth${path}`, method === 'POST' ? request : {})
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ error: { code: 'NOT_FOUND' } })
  })

  it('answers 405 with Allow to another method', async () => {
    const { send } = startServer({ db })
    const response = await send('/api/auth/sign-in/email')
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
  })

  it('leaves the users as they are when somebody tries to sign up', async () => {
    const { send } = await startServerWithAda({ db })
    await send('/api/auth/sign-up/email', jsonPost({ email: 'eve@example.com', name: 'Eve', password: 'vitrine-demo' }))
    const { rows } = await db.execute(sql`select email from vitrine_user`)
    expect(rows).toEqual([{ email: 'ada@example.com' }])
  })
})

describe('the cookie', () => {
  it('is HttpOnly, Lax and of the whole host over HTTP', async () => {
    const { signIn } = await startServerWithAda({ db })
    const [cookie] = (await signIn()).headers.getSetCookie()
    expect(cookie).toMatch(/^vitrine\.session_token=[^;]{70,}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/)
  })

  it('is Secure and __Host- over HTTPS', async () => {
    const { signIn } = await startServerWithAda({ db })
    const [cookie] = (await signIn({}, { origin: 'https://admin.test' })).headers.getSetCookie()
    expect(cookie).toMatch(
      /^__Host-vitrine\.session_token=[^;]{70,}; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
  })

  it('is Secure behind a trusted proxy that speaks HTTPS, and only there', async () => {
    const headers = { 'x-forwarded-proto': 'https' }
    const { signIn } = await startServerWithAda({ db, trustedProxies: ['192.0.2.0/24'] })
    const proxied = await signIn({}, { headers, ipAddress: '192.0.2.7' })
    expect(proxied.headers.getSetCookie()[0]).toContain('; Secure')
    const direct = await signIn({}, { headers, ipAddress: '198.51.100.7' })
    expect(direct.headers.getSetCookie()[0]).not.toContain('Secure')
  })

  it('is Secure everywhere when secureCookies is always', async () => {
    const { signIn, send } = await startServerWithAda({ db, auth: { secureCookies: 'always' } })
    const response = await signIn()
    expect(response.headers.getSetCookie()[0]).toMatch(/^__Host-.*; Secure/)
    expect((await send('/api/session', { headers: { cookie: getCookie(response) } })).status).toBe(200)
  })

  it('that was set without encryption is worth nothing over HTTPS', async () => {
    const { signIn, send } = await startServerWithAda({ db })
    const cookie = getCookie(await signIn())
    expect((await send('/api/session', { headers: { cookie } })).status).toBe(200)
    expect((await send('/api/session', { headers: { cookie }, origin: 'https://admin.test' })).status).toBe(401)
  })

  it('lasts as long as the browser is open when the person is not to be remembered', async () => {
    const { send } = await startServerWithAda({ db })
    const response = await send('/api/auth/sign-in/email', jsonPost({ ...ADA, rememberMe: false }))
    expect(response.headers.getSetCookie()[0]).not.toContain('Max-Age')
    expect((await send('/api/session', { headers: { cookie: getCookie(response) } })).status).toBe(200)
  })
})

describe('at the start', () => {
  it('and later it prints nothing, and takes nothing from the environment', async () => {
    const printed = [
      vi.spyOn(console, 'log').mockReturnValue(),
      vi.spyOn(console, 'warn').mockReturnValue(),
      vi.spyOn(console, 'error').mockReturnValue(),
    ]
    vi.stubEnv('BETTER_AUTH_SECRET', 'weak')
    vi.stubEnv('BETTER_AUTH_SECRETS', '7:other')
    vi.stubEnv('BETTER_AUTH_URL', 'https://elsewhere.example')
    const { signIn, send } = await startServerWithAda({ db })
    const cookie = getCookie(await signIn())
    vi.unstubAllEnvs()
    expect((await startServer({ db }).send('/api/session', { headers: { cookie } })).status).toBe(200)
    await send('/api/session', { headers: { cookie: 'vitrine.session_token=garbage' } })
    expect((await signIn({ password: 'vitrine-dema' })).status).toBe(401)
    expect((await signIn({ email: 'eve@example.com' })).status).toBe(401)
    expect(printed.map((spy) => spy.mock.calls)).toEqual([[], [], []])
  })

  it('refuses settings that cannot work', () => {
    expect(() => startServer({ db, auth: { secret: 'short' } })).toThrow('has 5 characters; give at least 32')
    expect(() => startServer({ db, auth: { sessionExpiry: 0 } })).toThrow('sessionExpiry of createAuth is 0')
    expect(() => startServer({ db, auth: { idleExpiry: Number.NaN } })).toThrow('createAuth: idleExpiry is NaN')
  })
})
