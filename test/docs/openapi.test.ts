import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { pgTable, serial, text } from 'drizzle-orm/pg-core'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { tableConfig } from 'vitrine'
import { LocalMediaStorage } from 'vitrine/storage/local'
import packageJson from '../../package.json' with { type: 'json' }
import { director, movie } from '../../examples/movies/schema.ts'
import { API_VERSION } from '../../src/admin/openapi/openapi-document.ts'
import type { HttpMethod, OpenApiDocument, Operation } from '../../src/admin/openapi/openapi-types.ts'
import { ENDPOINTS } from '../../src/auth/endpoints.ts'
import type { UploadResponse } from '../../src/contract/media.ts'
import { type MovieAdmin, startMovieAdmin } from '../support/movie-admin.ts'
import { openMovieWorld, type SignedInWorld } from '../support/movie-world.ts'
import { readJson } from '../support/read-json.ts'
import { sampleFile } from '../support/sample-files.ts'

let world: SignedInWorld
let admin: MovieAdmin
let document: OpenApiDocument
/** `GET /api/tables/{table}`, of the routes that the admin has. */
let routes: string[]

beforeAll(async () => {
  world = await openMovieWorld()
  const spy = vi.spyOn(Hono.prototype, 'route')
  admin = await startMovieAdmin(world)
  const app = spy.mock.contexts
    .filter((context) => context instanceof Hono)
    .toSorted(byRoutes)
    .at(-1)!
  spy.mockRestore()
  routes = [...getRoutes(app), ...authRoutes()]
  document = await readJson<OpenApiDocument>(await admin.send('/api/openapi.json'))
})

afterAll(() => world.close())

/** By the official schema of OpenAPI 3.1. */
function validate(described: OpenApiDocument) {
  return new Validator().validate({ ...structuredClone(described) })
}

function byRoutes(one: Hono, other: Hono): number {
  return one.routes.length - other.routes.length
}

/** Those under `/api`; `ALL` is middleware, or refuses the methods that a path does not have. */
function getRoutes(app: Hono): string[] {
  const own = app.routes.filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/'))
  return own.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
}

function authRoutes(): string[] {
  return [...ENDPOINTS].flatMap(([path, methods]) => [...methods.keys()].map((method) => `${method} /api/auth${path}`))
}

function operations(): { name: string; path: string; operation: Operation }[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, path, operation })),
  )
}

describe('the description of the HTTP interface', () => {
  it('is valid OpenAPI 3.1', async () => {
    expect(await validate(document)).toEqual({ valid: true })
  })

  it('has every route that the admin has, and no other', () => {
    const described = operations().map(({ name }) => name)
    expect(routes).toContain('GET /api/docs')
    // Hono answers HEAD wherever it answers GET; it is told where it is a way of its own.
    const own = ['{fileKey}', 'uploads/{upload}'].map((file) => `HEAD /api/media/{table}/{column}/${file}`)
    const withHead = [...routes, ...own]
    expect(described.toSorted()).toEqual([...new Set(withHead)].toSorted())
    expect(described.length).toBeGreaterThan(20)
  })

  it('declares every parameter of a path, names each operation once, and refers to nothing that is not there', () => {
    for (const { path, operation } of operations()) {
      const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
      const named = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name)
      expect([path, inPath.map(({ name }) => name)]).toEqual([path, named])
    }
    const ids = operations().map(({ operation }) => operation.operationId)
    expect(ids).toEqual([...new Set(ids)])
    const references = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)
    for (const [, name] of references) expect(Object.keys(document.components.schemas)).toContain(name)
  })

  it('says what is open, and what answers 401', async () => {
    for (const { name, operation } of operations()) {
      const isOpen = operation.security?.length === 0
      const [method, path = ''] = name.split(' ')
      const reply = await admin.send(path.replaceAll(/\{\w+\}/g, 'movie'), { method: method!, cookie: null })
      const refuses = reply.status === 401
      expect([name, refuses]).toEqual([name, !isOpen])
      if (!isOpen) expect(Object.keys(operation.responses)).toContain('401')
    }
  })

  it('has the version of the package', () => {
    expect(API_VERSION).toBe(packageJson.version)
  })

  it('needs a session, like the page', async () => {
    for (const path of ['/api/openapi.json', '/api/docs']) {
      expect((await admin.send(path, { cookie: null })).status).toBe(401)
      const refused = await admin.send(path, { method: 'POST' })
      expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET'])
    }
  })

  it('leaves sign-in out where the application signs people in, and tells where the admin is mounted', async () => {
    const external = await startMovieAdmin(world, {
      basePath: '/admin',
      authenticate: () => ({ id: '1', name: 'Ada', email: 'ada@example.com' }),
    })
    const described = await readJson<OpenApiDocument>(await external.send('/admin/api/openapi.json'))
    expect(Object.keys(described.paths).filter((path) => path.startsWith('/api/auth'))).toEqual([])
    expect(described.security).toBeUndefined()
    expect(described.servers).toEqual([{ url: '/admin' }])
    expect(await validate(described)).toEqual({ valid: true })
  })
})

describe('the schemas of the description', () => {
  it('are those of the own tables', () => {
    const { schemas } = document.components
    expect(schemas['movie.NewRow']!.required).toEqual(['title'])
    expect(schemas['movie.Row']!.properties!.title).toEqual({ type: 'string', maxLength: 200, description: 'Title.' })
    expect(schemas['movie.Row']!.properties!.boxOffice).toEqual({
      type: ['string', 'null'],
      pattern: '^-?\\d+$',
      description: 'Box office.',
    })
    expect(schemas['movie.RowChanges']!.properties!.director).toEqual({
      type: ['integer', 'null'],
      description: 'Director. References director.id.',
    })
    expect(schemas['movie.RowChanges']!.required).toBeUndefined()
  })

  it('fit what the admin answers', async () => {
    const fits = validators()
    const file = await upload()
    const [director1] = await world.db.insert(director).values({ name: 'Mirela Sato', born: '1971-04-02' }).returning()
    const video = {
      title: 'Alien',
      releaseDate: '1979-05-25',
      genre: 'horror',
      rating: '8.5',
      boxOffice: '184700000',
      tags: ['space'],
      director: director1!.id,
      poster: file.fileKey,
    }
    expect(fits('movie.NewRow', video)).toEqual([])
    const created = await admin.send('/api/tables/movie/rows', { method: 'POST', body: JSON.stringify(video) })
    const reply = await readJson<{ row: { id: number } }>(created)
    expect(fits('movie.Row', reply.row)).toEqual([])

    const media = `/api/media/movie/poster`
    const replies: [path: string, method: HttpMethod][] = [
      ['/api/health', 'get'],
      ['/api/session', 'get'],
      ['/api/tables', 'get'],
      ['/api/tables/movie/schema', 'get'],
      ['/api/tables/movie/rows', 'get'],
      [`/api/tables/movie/rows/${reply.row.id}`, 'get'],
      [media, 'get'],
      [`${media}/${file.fileKey}/url`, 'get'],
      [`${media}/${file.fileKey}/info`, 'get'],
      [`${media}/${file.fileKey}`, 'delete'],
      ['/api/tables/movie/rows/987654', 'get'],
      ['/api/tables/movie/rows?sort=poster2', 'get'],
      ['/api/auth/get-session', 'get'],
      ['/api/auth/list-sessions', 'get'],
    ]
    for (const [path, method] of replies) {
      const response = await admin.send(path, { method: method.toUpperCase() })
      const schema = responseSchema(path.split('?')[0]!, method, response.status)
      expect([path, response.status, fits(schema, JSON.parse(await response.text()))]).toEqual([
        path,
        response.status,
        [],
      ])
    }
  })

  it('refuse what the admin refuses', async () => {
    const fits = validators()
    const wrong = [{ tagline: 'No title' }, { title: 'A'.repeat(201) }, { title: 'Alien', rank: 1 }, { title: null }]
    for (const video of wrong) {
      expect(fits('movie.NewRow', video)).not.toEqual([])
      const reply = await admin.send('/api/tables/movie/rows', { method: 'POST', body: JSON.stringify(video) })
      expect(reply.status).toBe(422)
    }
  })
})

/** The complaints of a JSON Schema validator about a value, by the name or the place of its schema. */
function validators(): (schema: string, value: unknown) => string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addSchema(document, 'document')
  return (schema, value) => {
    const place = schema.startsWith('/') ? schema : `/components/schemas/${schema}`
    const check = ajv.getSchema(`document#${place}`)!
    void check(value)
    return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
  }
}

/** Where the schema of an answer stands in the document. */
function responseSchema(path: string, method: HttpMethod, status: number): string {
  const template = Object.keys(document.paths).find((candidate) =>
    new RegExp(`^${candidate.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path),
  )!
  expect(Object.keys(document.paths[template]![method]!.responses)).toContain(String(status))
  const pointer = ['paths', template, method, 'responses', String(status), 'content', 'application/json', 'schema']
  return pointer.map((part) => `/${encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')
}

async function upload() {
  const response = await admin.send('/api/media/movie/poster?name=alien.jpg', {
    method: 'POST',
    body: new Uint8Array(sampleFile('jpg')),
  })
  return (await readJson<UploadResponse>(response)).files[0]!
}

describe('the page of the description', () => {
  it('is HTML without scripts, under the strict policy of the admin', async () => {
    const reply = await admin.send('/api/docs')
    const page = await reply.text()
    expect(reply.headers.get('content-type')).toBe('text/html; charset=UTF-8')
    expect(reply.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'")
    expect(page).toMatch(/^<!doctype html>/)
    expect(page).not.toMatch(/<script|<link|<iframe|\son\w+=|https?:/i)
    for (const { path } of operations()) expect(page).toContain(`<code>${path}</code>`)
    for (const name of Object.keys(document.components.schemas)) expect(page).toContain(`id="schema-${name}"`)
  })

  it('links to nothing that is not on it', async () => {
    const page = await (await admin.send('/api/docs')).text()
    const ids = new Set(Array.from(page.matchAll(/ id="([^"]+)"/g), ([, id]) => id))
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target)
  })

  it('shows names with markup in them as they are', async () => {
    const hostile = pgTable('<img src=x onerror=alert(1)>', {
      id: serial('id').primaryKey(),
      '"><script>alert(2)</script>': text('note'),
      'a`<b>`': text('file'),
    })
    const storage = new LocalMediaStorage({
      column: hostile['a`<b>`'],
      mediaPath: `${world.folder}/hostile`,
      allowedExtensions: ['<i>'],
    })
    const other = await startMovieAdmin(world, {
      siteName: '</title><script>alert(3)</script>',
      tables: [tableConfig({ table: hostile, mediaStorage: [storage] }), movie, director],
    })
    const page = await (await other.send('/api/docs')).text()
    expect(page).not.toMatch(/<script|<img|<b>|<i>/)
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;')
    const described = await readJson<OpenApiDocument>(await other.send('/api/openapi.json'))
    expect(await validate(described)).toEqual({ valid: true })
  })
})
