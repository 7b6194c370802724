import { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { director, movie, studio } from '../../examples/movies/schema.ts'
import { rowRoutes } from '../../src/admin/routes/rows.ts'
import { tableRoutes } from '../../src/admin/routes/tables.ts'
import { TableError } from '../../src/tables/table-error.ts'
import type { AdminEnv } from '../../src/admin/middleware/admin-env.ts'
import { MediaColumns } from '../../src/media/media-columns.ts'
import { Thumbnails } from '../../src/media/thumbnails/thumbnails.ts'
import { TableRegistry } from '../../src/tables/table-registry.ts'
import { openPglite, type TestDatabase } from './test-database.ts'

const STATUSES = {
  INVALID_REQUEST: 400,
  INVALID_VALUE: 422,
  NOT_FOUND: 404,
  CONFLICT: 409,
} as const

let database: TestDatabase
let app: Hono<AdminEnv>

beforeAll(async () => {
  database = await openPglite()
  const tables = new TableRegistry({
    db: database.db,
    tables: [
      { table: movie, mediaRules: (column) => (column === movie.poster ? RULES : null) },
      { table: director, group: 'People' },
    ],
    checkFileKeys: async () => [],
  })
  app = new Hono<AdminEnv>()
    .use(async (context, next) => {
      context.set('user', { id: 'ada', name: 'Ada', email: 'ada@example.com' })
      await next()
    })
    .route('/api', tableRoutes(tables))
    .route('/api', rowRoutes({ tables, columns: new MediaColumns([]), thumbnails: new Thumbnails() }))
  app.onError((error, context) => {
    if (!(error instanceof TableError)) return context.json({ error: { code: 'INTERNAL_ERROR' } }, 500)
    const { code, message, field } = error
    return context.json({ error: { code, message, field } }, STATUSES[code])
  })
})

const RULES = { allowedExtensions: ['jpg'], maxFileSize: null, isResumable: true, isDirect: false }

afterAll(() => database.close())

beforeEach(async () => {
  for (const table of [movie, director, studio]) await database.db.delete(table)
})

async function send(method: string, path: string, body?: ConstructorParameters<typeof Response>[0]) {
  const request = new Request(`http://admin.test/api${path}`, {
    method,
    ...(body === undefined ? {} : { body, duplex: 'half' }),
  })
  const response = await app.fetch(request)
  const text = await response.text()
  const reply: unknown = text === '' ? null : JSON.parse(text)
  return { status: response.status, headers: response.headers, reply }
}

const json = JSON.stringify

describe('tables', () => {
  it('are listed by group, and only those of the admin', async () => {
    const { status, reply } = await send('GET', '/tables')
    expect(status).toBe(200)
    expect(reply).toEqual({
      groups: [
        { name: null, tables: [{ name: 'movie', label: 'Movie', hasMedia: true }] },
        { name: 'People', tables: [{ name: 'director', label: 'Director', hasMedia: false }] },
      ],
    })
  })

  it('tell their schema', async () => {
    const { status, reply } = await send('GET', '/tables/director/schema')
    expect(status).toBe(200)
    expect(reply).toMatchObject({ name: 'director', referencedBy: [{ table: 'movie', column: 'director' }] })
  })

  it.each(['studio', 'nothing', '__proto__', 'constructor', "movie'", '..%2fmovie', 'MOVIE', '%00'])(
    'are unknown outside the admin: %s',
    async (name) => {
      for (const path of [`/tables/${name}/schema`, `/tables/${name}/rows`, `/tables/${name}/rows/1`]) {
        const { status, reply } = await send('GET', path)
        expect(status).toBe(404)
        expect(reply).toMatchObject({ error: { code: 'NOT_FOUND' } })
      }
    },
  )
})

describe('a row', () => {
  it('is created, listed, read, changed and deleted', async () => {
    const created = await send('POST', '/tables/movie/rows', json({ title: 'Alien', tags: ['space'] }))
    expect(created.status).toBe(201)
    expect(created.reply).toMatchObject({ row: { title: 'Alien', tags: ['space'] }, labels: { director: {} } })
    const listed = await send('GET', '/tables/movie/rows?search=ali&sort=-title&pageSize=5')
    expect(listed.reply).toMatchObject({ rows: [{ title: 'Alien' }], total: 1, page: 1, pageSize: 5 })
    const [row] = await database.db.select({ id: movie.id }).from(movie)
    const path = `/tables/movie/rows/${row?.id}`
    const changed = await send('PATCH', path, json({ rating: '8.5' }))
    expect([changed.status, changed.reply]).toMatchObject([200, { row: { title: 'Alien', rating: '8.5' } }])
    expect((await send('GET', path)).reply).toEqual(changed.reply)
    const deleted = await send('DELETE', path)
    expect([deleted.status, deleted.reply]).toEqual([204, null])
    expect((await send('GET', path)).status).toBe(404)
    expect((await send('PATCH', path, json({ rating: '8.5' }))).status).toBe(404)
    expect((await send('DELETE', path)).status).toBe(404)
  })

  it.each(['abc', '%00', "1'%20or%20'1'='1", '99999999999999999999', '..%2f..%2fstudio'])(
    'is not found under the id %s',
    async (id) => {
      const { status, reply } = await send('GET', `/tables/movie/rows/${id}`)
      expect(status).toBe(404)
      expect(reply).toMatchObject({ error: { code: 'NOT_FOUND' } })
    },
  )

  it('is refused with the name of the wrong column', async () => {
    const { status, reply } = await send('POST', '/tables/movie/rows', json({ title: 'Alien', runtimeMinutes: 'long' }))
    expect(status).toBe(422)
    expect(reply).toMatchObject({ error: { code: 'INVALID_VALUE', field: 'runtimeMinutes' } })
  })

  it('takes no column that is not in the table, and pollutes nothing', async () => {
    for (const body of [
      '{"title":"Alien","isAdmin":true}',
      '{"title":"Alien","__proto__":{"isAdmin":true}}',
      '{"title":"Alien","constructor":{"prototype":{"isAdmin":true}}}',
    ]) {
      const { status, reply } = await send('POST', '/tables/movie/rows', body)
      expect(status).toBe(422)
      expect(reply).toMatchObject({ error: { code: 'INVALID_VALUE' } })
    }
    expect(Reflect.get({}, 'isAdmin')).toBeUndefined()
    expect(await database.db.select().from(movie)).toEqual([])
  })
})

describe('a body', () => {
  it.each([
    ['', 'The body must be JSON, such as {"title":"Alien"}.'],
    ['{"title":', 'The body must be JSON, such as {"title":"Alien"}.'],
    ['title=Alien', 'The body must be JSON, such as {"title":"Alien"}.'],
    ['null', 'The body must be a JSON object, such as {"title":"Alien"}.'],
    ['"Alien"', 'The body must be a JSON object, such as {"title":"Alien"}.'],
    ['[{"title":"Alien"}]', 'The body must be a JSON object, such as {"title":"Alien"}.'],
    ['['.repeat(500_000), 'The body must be JSON, such as {"title":"Alien"}.'],
  ])('that is no JSON object is refused: %#', async (body, message) => {
    const { status, reply } = await send('POST', '/tables/movie/rows', body)
    expect(status).toBe(400)
    expect(reply).toMatchObject({ error: { code: 'INVALID_REQUEST', message } })
  })

  it('that is absent or no UTF-8 is refused', async () => {
    expect((await send('POST', '/tables/movie/rows')).status).toBe(400)
    const { status, reply } = await send('POST', '/tables/movie/rows', new Uint8Array([0x22, 0xff, 0x22]))
    expect(status).toBe(400)
    expect(reply).toMatchObject({ error: { message: 'The body must be JSON in UTF-8.' } })
  })

  it('of a million bytes is stored, and one byte more is refused', async () => {
    const empty = json({ title: 'Alien', synopsis: '' })
    const fitting = json({ title: 'Alien', synopsis: 'x'.repeat(1_000_000 - empty.length) })
    expect((await send('POST', '/tables/movie/rows', fitting)).status).toBe(201)
    const { status, reply } = await send('POST', '/tables/movie/rows', `${fitting} `)
    expect(status).toBe(400)
    expect(reply).toMatchObject({ error: { message: 'The body is too long: a row may have 1000000 bytes of JSON.' } })
  })

  it('without end is not read to the end', async () => {
    let bytes = 0
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        bytes += 100_000
        controller.enqueue(new Uint8Array(100_000).fill(0x20))
      },
    })
    expect((await send('POST', '/tables/movie/rows', endless)).status).toBe(400)
    expect(bytes).toBeLessThan(2_000_000)
  })
})

it.each([
  ['POST', '/tables', 'GET'],
  ['DELETE', '/tables/movie/schema', 'GET'],
  ['DELETE', '/tables/movie/rows', 'GET, POST'],
  ['PUT', '/tables/movie/rows/1', 'GET, PATCH, DELETE'],
  ['POST', '/tables/movie/rows/1', 'GET, PATCH, DELETE'],
])('refuses %s %s and tells the allowed methods', async (method, path, allowed) => {
  const { status, headers, reply } = await send(method, path)
  expect(status).toBe(405)
  expect(headers.get('allow')).toBe(allowed)
  expect(reply).toMatchObject({ error: { code: 'METHOD_NOT_ALLOWED' } })
})

it('answers HEAD as GET without a body', async () => {
  const { status, reply } = await send('HEAD', '/tables/movie/rows')
  expect([status, reply]).toEqual([200, null])
})
