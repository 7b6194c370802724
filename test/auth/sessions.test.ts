import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ListedSession } from '../../src/auth/sessions.ts'
import {
  ADA,
  getCookie,
  emptyDatabase,
  jsonPost,
  newDatabase,
  type Server,
  startServer,
  startServerWithAda,
} from './server.ts'

const db = newDatabase()
let server: Server

beforeEach(async () => {
  await emptyDatabase(db)
  server = await startServerWithAda({ db })
})
afterEach(() => vi.useRealTimers())

async function signIn(): Promise<string> {
  const response = await server.signIn()
  expect(response.status).toBe(200)
  return getCookie(response)
}

async function statusWith(cookie: string): Promise<number> {
  return (await server.send('/api/session', { headers: { cookie } })).status
}

const post = (path: string, body: unknown, cookie: string) =>
  server.send(`/api/auth${path}`, jsonPost(body, { headers: { cookie } }))

describe('a session', () => {
  it('opens the API and names its user', async () => {
    const response = await server.send('/api/session', { headers: { cookie: await signIn() } })
    expect(await response.json()).toEqual({
      user: { id: expect.any(String), name: 'Ada', email: 'ada@example.com' },
      readOnly: false,
      uploadFromUrl: false,
      acceptsImages: false,
    })
  })

  it('is new at each sign-in', async () => {
    const cookies = [await signIn(), await signIn()]
    expect(cookies[0]).not.toBe(cookies[1])
    expect(await Promise.all(cookies.map(statusWith))).toEqual([200, 200])
  })

  it('never takes an id that was planted before signing in', async () => {
    const planted = 'vitrine.session_token=planted.signature'
    const response = await server.signIn({}, { headers: { cookie: planted } })
    expect(getCookie(response)).not.toContain('planted')
    expect(await statusWith(planted)).toBe(401)
  })

  it('replaces the one that the same browser had', async () => {
    const old = await signIn()
    const renewed = getCookie(await server.signIn({}, { headers: { cookie: old } }))
    expect([await statusWith(old), await statusWith(renewed)]).toEqual([401, 200])
  })

  it('is in the database as a hash alone', async () => {
    const token = decodeURIComponent((await signIn()).split('=')[1]!).split('.')[0]!
    const { rows } = await db.execute<{ token: string }>(sql`select token from vitrine_session`)
    expect(rows).toEqual([{ token: expect.stringMatching(/^[0-9a-f]{64}$/) }])
    const dump = JSON.stringify((await db.execute(sql`select * from vitrine_session`)).rows)
    expect(token).toMatch(/^[A-Za-z0-9]{32}$/)
    expect(dump).not.toContain(token)
  })

  it('cannot be opened with the hash from the database, even by one who has the secret', async () => {
    const cookie = await signIn()
    const [name, value] = cookie.split('=')
    const [token] = decodeURIComponent(value!).split('.')
    const { rows } = await db.execute<{ token: string; value: string }>(
      sql`select token, value from vitrine_session, vitrine_secret`,
    )
    const stolen = rows[0]!
    expect(`${name}=${await signed(token!, stolen.value)}`).toBe(cookie)
    expect(await statusWith(`${name}=${await signed(stolen.token, stolen.value)}`)).toBe(401)
  })

  it.each([
    ['empty', 'vitrine.session_token='],
    ['garbage', 'vitrine.session_token=garbage'],
    ['unsigned', 'vitrine.session_token=abcdefghijklmnopqrstuvwxyzABCDEF'],
    ['signed with something else', `vitrine.session_token=abc.${'A'.repeat(43)}%3D`],
    ['long', `vitrine.session_token=${'x'.repeat(7000)}`],
    ['not decodable', 'vitrine.session_token=%ff%00%zz'],
    ['of another name', 'better-auth.session_token=abc.def'],
  ])('is not opened by a cookie that is %s', async (_name, cookie) => {
    expect(await statusWith(cookie)).toBe(401)
  })

  it('is not opened by a cookie with one character changed', async () => {
    const cookie = await signIn()
    const at = cookie.indexOf('=') + 3
    const changed = cookie.slice(0, at) + (cookie[at] === 'x' ? 'y' : 'x') + cookie.slice(at + 1)
    expect([await statusWith(changed), await statusWith(cookie)]).toEqual([401, 200])
  })
})

describe('a session ends', () => {
  it('at signing out, for whoever has kept the cookie', async () => {
    const cookie = await signIn()
    const response = await post('/sign-out', {}, cookie)
    expect(response.status).toBe(200)
    expect(response.headers.getSetCookie()[0]).toBe('vitrine.session_token=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax')
    expect(await statusWith(cookie)).toBe(401)
  })

  it('or signing out fails: a database that keeps the session is no success', async () => {
    const cookie = await signIn()
    const faulty = new Proxy(db, {
      get(target, name) {
        if (name === 'delete') throw new Error('The database is down.')
        return Reflect.get(target, name, target)
      },
    })
    const response = await startServer({ db: faulty }).send('/api/auth/sign-out', {
      method: 'POST',
      headers: { cookie },
    })
    expect(response.status).toBe(500)
    expect(response.headers.getSetCookie()).toEqual([])
    expect(await statusWith(cookie)).toBe(200)
  })

  it('for all others when the password changes, and goes on under a new id for who changed it', async () => {
    const [mine, other] = [await signIn(), await signIn()]
    const response = await post(
      '/change-password',
      { currentPassword: ADA.password, newPassword: 'vitrine-demo-2' },
      mine,
    )
    expect(response.status).toBe(200)
    expect([await statusWith(mine), await statusWith(other), await statusWith(getCookie(response))]).toEqual([
      401, 401, 200,
    ])
    expect((await server.signIn()).status).toBe(401)
    expect((await server.signIn({ password: 'vitrine-demo-2' })).status).toBe(200)
  })

  it('for all when the password is set on the server', async () => {
    const cookie = await signIn()
    await server.auth.setPassword('ADA@example.com', 'vitrine-demo-3')
    expect(await statusWith(cookie)).toBe(401)
    expect((await server.signIn({ password: 'vitrine-demo-3' })).status).toBe(200)
  })

  it('when its user is deleted, also for a user who gets the same id afterwards', async () => {
    const cookie = await signIn()
    const id = (await server.auth.findUser(ADA.email))!.id
    await server.auth.deleteUser(ADA.email)
    expect(await statusWith(cookie)).toBe(401)
    await db.execute(sql`insert into vitrine_user (id, name, email) values (${id}, 'Eve', 'eve@example.com')`)
    expect(await statusWith(cookie)).toBe(401)
  })

  it('after sessionExpiry, however much it is used', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-01T00:00:00Z') })
    const cookie = await signIn()
    for (let hour = 0; hour < 7 * 24; hour += 12) {
      vi.setSystemTime(new Date(Date.UTC(2026, 0, 1, hour)))
      expect(await statusWith(cookie)).toBe(200)
    }
    vi.setSystemTime(new Date('2026-01-07T23:59:59Z'))
    expect(await statusWith(cookie)).toBe(200)
    vi.setSystemTime(new Date('2026-01-08T00:00:01Z'))
    expect(await statusWith(cookie)).toBe(401)
    vi.setSystemTime(new Date('2026-01-01T12:00:00Z'))
    expect(await statusWith(cookie)).toBe(401)
  })

  it('after idleExpiry without use', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-01T00:00:00Z') })
    const cookie = await signIn()
    vi.setSystemTime(new Date('2026-01-01T23:59:59Z'))
    expect(await statusWith(cookie)).toBe(200)
    vi.setSystemTime(new Date('2026-01-03T00:00:00Z'))
    expect(await statusWith(cookie)).toBe(401)
  })
})

describe('the list of sessions', () => {
  it('shows one’s own sessions without their tokens', async () => {
    const other = await signIn()
    const mine = getCookie(await server.signIn({}, { headers: { 'user-agent': 'Firefox' }, ipAddress: '2001:db8::7' }))
    const response = await server.send('/api/auth/list-sessions', { headers: { cookie: mine } })
    const sessions: ListedSession[] = JSON.parse(await response.text())
    expect(sessions).toHaveLength(2)
    expect(sessions.find((session) => session.isCurrent)).toEqual({
      id: expect.any(String),
      createdAt: expect.any(String),
      lastUsedAt: expect.any(String),
      expiresAt: expect.any(String),
      ipAddress: '2001:db8::7',
      userAgent: 'Firefox',
      isCurrent: true,
    })
    expect(await statusWith(other)).toBe(200)
  })

  it('ends the session that is chosen', async () => {
    const [mine, other] = [await signIn(), await signIn()]
    const response = await server.send('/api/auth/list-sessions', { headers: { cookie: other } })
    const sessions: ListedSession[] = JSON.parse(await response.text())
    const { id } = sessions.find((session) => session.isCurrent)!
    expect((await post('/revoke-session', { id }, mine)).status).toBe(200)
    expect([await statusWith(mine), await statusWith(other)]).toEqual([200, 401])
  })

  it('does not end a session of somebody else', async () => {
    const ada = await signIn()
    const eve = { email: 'eve@example.com', name: 'Eve', password: 'vitrine-demo' }
    await server.auth.createUser(eve)
    const cookie = getCookie(await server.signIn(eve))
    const { rows } = await db.execute<{ id: string }>(
      sql`select s.id from vitrine_session s join vitrine_user u on u.id = s.user_id where u.name = 'Ada'`,
    )
    await post('/revoke-session', { id: rows[0]!.id }, cookie)
    await post('/revoke-sessions', {}, cookie)
    expect([await statusWith(ada), await statusWith(cookie)]).toEqual([200, 401])
  })

  it('ends all but this one, or all', async () => {
    const [mine, other] = [await signIn(), await signIn()]
    await post('/revoke-other-sessions', {}, mine)
    expect([await statusWith(mine), await statusWith(other)]).toEqual([200, 401])
    await post('/revoke-sessions', {}, mine)
    expect(await statusWith(mine)).toBe(401)
  })

  it.each([
    ['GET', '/list-sessions'],
    ['POST', '/revoke-session'],
    ['POST', '/revoke-sessions'],
    ['POST', '/revoke-other-sessions'],
    ['POST', '/change-password'],
  ])('needs a session for %s %s', async (method, path) => {
    const request = method === 'POST' ? jsonPost({ id: 'x', currentPassword: 'x', newPassword: 'vitrine-demo' }) : {}
    expect((await server.send(`/api/auth${path}`, request)).status).toBe(401)
  })

  it('answers null, not an error, to get-session without one', async () => {
    const response = await server.send('/api/auth/get-session')
    expect([response.status, await response.json()]).toEqual([200, null])
  })
})

describe('changing the password', () => {
  it('needs the current one', async () => {
    const cookie = await signIn()
    const response = await post(
      '/change-password',
      { currentPassword: 'wrong-one', newPassword: 'vitrine-demo-2' },
      cookie,
    )
    expect(response.status).toBe(422)
    expect(await response.json()).toEqual({
      error: { code: 'INVALID_VALUE', message: 'The current password is wrong.' },
    })
    expect((await server.signIn()).status).toBe(200)
  })

  it.each([
    ['short', 'seven77'],
    ['long', 'x'.repeat(129)],
  ])('refuses a %s one', async (_name, newPassword) => {
    const cookie = await signIn()
    const response = await post('/change-password', { currentPassword: ADA.password, newPassword }, cookie)
    expect([response.status, await response.json()]).toEqual([
      422,
      { error: { code: 'INVALID_VALUE', message: 'A password has 8 to 128 characters.' } },
    ])
  })
})

/** A cookie's value, signed as better-auth signs it. */
async function signed(value: string, secret: string): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(secret), algorithm, false, ['sign'])
  const signature = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(value))
  return encodeURIComponent(`${value}.${btoa(String.fromCharCode(...new Uint8Array(signature)))}`)
}
