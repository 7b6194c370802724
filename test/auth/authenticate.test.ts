import { anything, assert, asyncProperty } from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { AdminUser } from 'vitrine/auth'
import { newDatabase, startServer } from './server.ts'

const db = newDatabase()
const expected = 'it must answer { id, name, email } with an id that is a text and not empty, or null.'

/** What an application may answer by mistake. The type forbids most of it; JavaScript does not. */
function startServerThatAnswers(reply: () => unknown) {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return startServer({ db, authenticate: reply as () => AdminUser | null })
}

const unreadable = {
  get id(): string {
    throw new Error('password=canary')
  },
}
const readOnce = () => {
  const responses: unknown[] = ['1', '']
  return {
    get id() {
      return responses.shift()
    },
    name: 'Ada',
    email: 'ada@example.com',
  }
}

afterEach(() => vi.useRealTimers())

describe('an authenticate of the application’s own lets nobody in with', () => {
  it.each<[string, unknown, string | null]>([
    ['null', null, null],
    ['undefined', undefined, 'undefined'],
    ['false', false, 'false'],
    ['true', true, 'true'],
    ['an empty text', '', 'an empty text'],
    ['a text', 'canary', 'a text'],
    ['0', 0, 'a number'],
    ['1', 1, 'a number'],
    ['an empty object', {}, 'an object without properties'],
    ['a wrapped user', { user: { id: 'canary' } }, 'an object { user } without an id'],
    ['a wrapped nobody', { user: null }, 'an object { user } without an id'],
    ['a list', [{ id: '1' }], 'an array'],
    ['an empty id', { id: '' }, 'an object { id } whose id is empty'],
    ['an id of spaces', { id: '  ' }, 'an object { id } whose id is empty'],
    ['an id that is null', { id: null }, 'an object { id } whose id is null'],
    ['an id that is a number', { id: 7 }, 'an object { id } whose id is of the type number'],
    ['an id that is an object', { id: { canary: 1 } }, 'an object { id } whose id is of the type object'],
    ['an id that cannot be read', unreadable, 'an object that cannot be read'],
    ['a function', () => ({ id: '1' }), 'a function'],
  ])('%s', async (_what, reply, described) => {
    for (const authenticate of [() => reply, async () => reply]) {
      const server = startServerThatAnswers(authenticate)
      for (const path of ['/api/rows', '/api/session', '/api/absent']) {
        for (const method of ['GET', 'POST', 'DELETE']) {
          expect([path, method, (await server.send(path, { method })).status]).toEqual([path, method, 401])
        }
      }
      expect(server.log).toEqual(
        described === null ? [] : [`authenticate answered ${described}, which counts as nobody: ${expected}`],
      )
      expect(server.log.join()).not.toContain('canary')
    }
  })

  it('any value without an id that is a text', async () => {
    let reply: unknown
    const server = startServerThatAnswers(() => reply)
    await assert(
      asyncProperty(anything({ withNullPrototype: true, withBigInt: true, withDate: true }), async (value) => {
        reply = value
        const { status } = await server.send('/api/rows')
        const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined
        expect(status).toBe(typeof id === 'string' && id.trim() !== '' ? 200 : 401)
      }),
      { numRuns: 1000 },
    )
    expect(server.log.length).toBeLessThanOrEqual(20)
  })

  it('an error, sync or not', async () => {
    for (const authenticate of [
      () => {
        throw new Error('no')
      },
      () => Promise.reject(new Error('no')),
      () =>
        // oxlint-disable-next-line unicorn/no-thenable
        Object.defineProperty({}, 'then', {
          get() {
            throw new Error('no')
          },
        }),
    ]) {
      expect((await startServerThatAnswers(authenticate).send('/api/rows')).status).toBe(500)
    }
  })

  it('a promise that never ends', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const server = startServerThatAnswers(() => new Promise(() => {}))
    const sent = server.send('/api/rows')
    await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1))
    vi.advanceTimersByTime(10_000)
    const reply = await sent
    expect(reply.status).toBe(503)
    expect(await reply.json()).toMatchObject({ error: { code: 'UNAVAILABLE' } })
    expect(server.log.join()).toContain('authenticate gave no answer within 10000 ms.')
  })
})

describe('an authenticate of the application’s own', () => {
  it('has its answer read once', async () => {
    const server = startServerThatAnswers(readOnce)
    const reply = await server.send('/api/session')
    expect(await reply.json()).toMatchObject({ user: { id: '1', name: 'Ada', email: 'ada@example.com' } })
  })

  it.each([
    [{ id: '1' }, { id: '1', name: '1', email: '' }],
    [
      { id: '1', name: null, email: 'ada@example.com' },
      { id: '1', name: 'ada@example.com', email: 'ada@example.com' },
    ],
    [
      { id: '1', name: 7, email: {} },
      { id: '1', name: '1', email: '' },
    ],
  ])('gives names to a user who has none: %j', async (reply, user) => {
    const response = await startServerThatAnswers(() => reply).send('/api/session')
    expect(await response.json()).toMatchObject({ user })
  })
})
