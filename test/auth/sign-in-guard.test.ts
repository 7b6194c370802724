import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
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
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-01T00:00:00Z') })
  await emptyDatabase(db)
  server = await startServerWithAda({ db, auth: { signInLimits: { failuresPerIpAddress: 6, failuresPerAccount: 3 } } })
})
afterEach(() => vi.useRealTimers())

const HOME = '192.0.2.1'
const OFFICE = '192.0.2.2'
const STRANGER = '198.51.100.1'

async function right(ipAddress: string, to = server): Promise<number> {
  return (await to.signIn({}, { ipAddress })).status
}

async function wrong(ipAddress: string, email = ADA.email, to = server): Promise<number> {
  return (await to.signIn({ email, password: 'wrong-password' }, { ipAddress })).status
}

async function repeat<Result>(times: number, run: () => Promise<Result>): Promise<Result[]> {
  const results: Result[] = []
  for (let time = 0; time < times; time += 1) results.push(await run())
  return results
}

function after(seconds: number): void {
  vi.setSystemTime(Date.now() + seconds * 1000)
}

describe('wrong passwords for one account', () => {
  it('are looked at three times, then refused for the rest of a quarter of an hour', async () => {
    expect(await repeat(5, () => wrong(STRANGER))).toEqual([401, 401, 401, 429, 429])
    after(14 * 60)
    expect(await wrong(STRANGER)).toBe(429)
    after(60)
    expect(await wrong(STRANGER)).toBe(401)
  })

  it('are counted over all addresses together', async () => {
    const ipAddresses = ['198.51.100.1', '198.51.100.2', '198.51.100.3', '198.51.100.4', '2001:db8::1']
    const statuses = []
    for (const ipAddress of ipAddresses) statuses.push(await wrong(ipAddress))
    expect(statuses).toEqual([401, 401, 401, 429, 429])
  })

  it('are counted when they come all at once', async () => {
    const statuses = await Promise.all(Array.from({ length: 20 }, () => wrong(STRANGER)))
    expect(statuses.filter((status) => status === 401)).toHaveLength(3)
    expect(statuses.filter((status) => status === 429)).toHaveLength(17)
  })

  it('are counted for all servers together', async () => {
    const other = startServer({ db, auth: { signInLimits: { failuresPerIpAddress: 6, failuresPerAccount: 3 } } })
    expect(await wrong(STRANGER)).toBe(401)
    expect(await wrong(STRANGER, ADA.email, other)).toBe(401)
    expect(await wrong(STRANGER)).toBe(401)
    expect(await wrong(STRANGER, ADA.email, other)).toBe(429)
  })

  it('are counted alike for an account that does not exist', async () => {
    expect(await repeat(5, () => wrong(STRANGER, 'eve@example.com'))).toEqual([401, 401, 401, 429, 429])
  })

  it('are counted for an address in any case', async () => {
    expect(await wrong(STRANGER, 'ada@example.com')).toBe(401)
    expect(await wrong(STRANGER, 'ADA@example.com')).toBe(401)
    expect(await wrong(STRANGER, 'Ada@Example.Com')).toBe(401)
    expect(await wrong(STRANGER, 'aDA@example.com')).toBe(429)
  })

  it('of a stranger do not lock out who has signed in from an address before', async () => {
    expect(await right(HOME)).toBe(200)
    await repeat(5, () => wrong(STRANGER))
    expect(await right(STRANGER)).toBe(429)
    expect(await right(HOME)).toBe(200)
    expect(await right(OFFICE)).toBe(429)
  })

  it('are counted where somebody has signed in before, too', async () => {
    expect(await right(HOME)).toBe(200)
    expect(await repeat(5, () => wrong(HOME))).toEqual([401, 401, 401, 429, 429])
    expect(await right(HOME)).toBe(429)
    after(15 * 60)
    expect(await right(HOME)).toBe(200)
  })

  it('lock nobody out for good', async () => {
    for (let minute = 0; minute < 60; minute += 1) {
      await wrong(STRANGER)
      after(60)
    }
    after(15 * 60)
    expect(await right(OFFICE)).toBe(200)
  })

  it('say when to try again', async () => {
    await repeat(3, () => wrong(STRANGER))
    after(60)
    const response = await server.signIn({}, { ipAddress: STRANGER })
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '840'])
    expect(await response.json()).toEqual({
      error: { code: 'TOO_MANY_REQUESTS', message: 'There were too many wrong passwords. Wait, then try again.' },
    })
  })

  it('count when they are given to change the password', async () => {
    const cookie = getCookie(await server.signIn({}, { ipAddress: HOME }))
    const change = { currentPassword: 'wrong-password', newPassword: 'vitrine-demo-2' }
    const statuses = await repeat(4, async () => {
      const request = jsonPost(change, { headers: { cookie }, ipAddress: HOME })
      return (await server.send('/api/auth/change-password', request)).status
    })
    expect(statuses).toEqual([422, 422, 422, 429])
  })
})

describe('wrong passwords from one address', () => {
  const accounts = Array.from({ length: 9 }, (_, index) => `user${index}@example.com`)

  it('are refused after six in a minute, whatever the account', async () => {
    const statuses = []
    for (const email of accounts) statuses.push(await wrong(STRANGER, email))
    expect(statuses).toEqual([401, 401, 401, 401, 401, 401, 429, 429, 429])
    expect(await wrong('198.51.100.2', accounts[0])).toBe(401)
    after(60)
    expect(await wrong(STRANGER, accounts[8])).toBe(401)
  })

  it('are one count for an IPv6 network of 64 bits', async () => {
    const statuses = []
    for (const [index, email] of accounts.entries()) statuses.push(await wrong(`2001:db8:0:7::${index + 1}`, email))
    expect(statuses.slice(5)).toEqual([401, 429, 429, 429])
    expect(await wrong('2001:db8:0:8::1', accounts[8])).toBe(401)
  })

  it('cannot be spread over made-up addresses', async () => {
    const statuses = []
    for (const [index, email] of accounts.entries()) {
      const headers = { 'x-forwarded-for': `203.0.113.${index}`, 'x-vitrine-client-address': `203.0.113.${index}` }
      const response = await server.signIn({ email, password: 'wrong-password' }, { headers, ipAddress: STRANGER })
      statuses.push(response.status)
    }
    expect(statuses.slice(5)).toEqual([401, 429, 429, 429])
  })

  it('are one count when the address is not known', async () => {
    const statuses = []
    for (const email of accounts) {
      statuses.push((await server.signIn({ email, password: 'wrong-password' }, { ipAddress: null })).status)
    }
    expect(statuses.slice(5)).toEqual([401, 429, 429, 429])
  })

  it('behind a trusted proxy are those of the client next to it', async () => {
    const behind = startServer({
      db,
      trustedProxies: ['10.0.0.0/8', '::1'],
      auth: { signInLimits: { failuresPerIpAddress: 1, failuresPerAccount: 100 } },
    })
    const status = async (forwarded: string, ipAddress = '10.0.0.1') => {
      const headers = { 'x-forwarded-for': forwarded }
      const response = await behind.signIn({ password: 'wrong-password' }, { headers, ipAddress })
      return response.status
    }
    expect(await status('203.0.113.1')).toBe(401)
    expect(await status('203.0.113.2')).toBe(401)
    // What stands left of the first address that is not a proxy's is made up by the client.
    expect(await status('198.51.100.9, 203.0.113.1')).toBe(429)
    expect(await status('198.51.100.9, 203.0.113.2, 10.0.0.2')).toBe(429)
    expect(await status('203.0.113.3', '::ffff:10.0.0.1')).toBe(401)
    expect(await status('203.0.113.3', '::1')).toBe(429)
    expect(await status('garbage')).toBe(401)
    expect(await status('other garbage')).toBe(429)
  })

  it.each(['10.0.0.0/33', '10.0.0', 'proxy.internal', '::1/129', '10.0.0.0/', '10.0.0.0/8/8', ''])(
    'cannot be told by the proxy "%s"',
    (entry) => {
      expect(() => startServer({ db, trustedProxies: [entry] })).toThrow(`The trusted proxy "${entry}" is neither`)
    },
  )
})

describe('right passwords', () => {
  it('never count, however many', async () => {
    expect(new Set(await repeat(15, () => right(HOME)))).toEqual(new Set([200]))
    expect(await repeat(3, () => wrong(HOME))).toEqual([401, 401, 401])
  })

  it('leave nothing behind but that the address is known', async () => {
    await right(HOME)
    after(15 * 60)
    await wrong(STRANGER)
    const { rows } = await db.execute<{ count: number }>(sql`select count from vitrine_rate_limit order by count`)
    expect(rows.map(({ count }) => count)).toEqual([0, 1, 1])
  })
})

describe('the defaults', () => {
  it('bear ten wrong passwords an account in a quarter of an hour', async () => {
    const plain = startServer({ db })
    const statuses = await repeat(12, () => wrong(STRANGER, ADA.email, plain))
    expect(statuses.filter((status) => status === 401)).toHaveLength(10)
  })

  it('bear twenty wrong passwords an address in a minute', async () => {
    const plain = startServer({ db })
    let index = 0
    const statuses = await repeat(22, () => wrong(STRANGER, `user${(index += 1)}@example.com`, plain))
    expect(statuses.filter((status) => status === 401)).toHaveLength(20)
  })
})
