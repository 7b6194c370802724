import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { director, movie, studio } from '../../examples/movies/schema.ts'
import { parseRowsQuery } from '../../src/tables/rows-query.ts'
import { TableError } from '../../src/tables/table-error.ts'
import { TableRegistry } from '../../src/tables/table-registry.ts'
import type { TableService } from '../../src/tables/table-service.ts'
import { required } from './required.ts'
import { specimen } from './specimen.ts'
import { ENGINES, type TestDatabase } from './test-database.ts'

const POSTER_RULES = { allowedExtensions: ['jpg'], maxFileSize: null, isResumable: true, isDirect: false }

describe.each(ENGINES)('listing rows on $name', ({ missing, open }) => {
  if (missing !== null) {
    it.skip(`is skipped: ${missing}`, () => {})
    return
  }

  let database: TestDatabase
  let movies: TableService
  let specimens: TableService

  beforeAll(async () => {
    database = await open()
    const { db } = database
    const registry = new TableRegistry({
      db,
      tables: [
        { table: movie, mediaRules: (column) => (column === movie.poster ? POSTER_RULES : null) },
        { table: director },
        { table: specimen },
      ],
      checkFileKeys: async () => [],
    })
    movies = required(registry.get('movie'))
    specimens = required(registry.get('specimen'))
    const directors = await db
      .insert(director)
      .values([{ name: 'Ridley Scott' }, { name: 'Agnès Varda' }])
      .returning()
    const [a24] = await db.insert(studio).values({ name: 'A24' }).returning()
    await db.insert(movie).values([
      {
        title: 'Alien',
        synopsis: 'In space no one can hear you scream',
        releaseDate: '1979-05-25',
        genre: 'horror',
        rating: '8.5',
        runtimeMinutes: 117,
        boxOffice: 184_700_000n,
        isReleased: true,
        tags: ['space', 'cat'],
        director: required(directors[0]).id,
        poster: 'varda-poster.jpg',
        createdAt: new Date('2024-01-01T00:00:00Z'),
      },
      {
        title: 'Gladiator',
        releaseDate: '2000-05-05',
        genre: 'action',
        rating: '8.5',
        runtimeMinutes: 155,
        boxOffice: 9_007_199_254_740_993n,
        isReleased: true,
        tags: ['rome'],
        director: required(directors[0]).id,
        createdAt: new Date('2024-02-01T00:00:00Z'),
      },
      {
        title: '100% Wolf_Man',
        tagline: '',
        rating: '5.1',
        tags: ['a "quoted", \\ tag'],
        studio: required(a24).id,
        createdAt: new Date('2024-03-01T00:00:00Z'),
      },
      { title: "O'Brien: a life", synopsis: 'C:\\films', createdAt: new Date('2024-04-01T00:00:00Z') },
    ])
    await db.insert(specimen).values({ code: 'a:b', settings: { kind: 'x' }, numbers: [] })
  })

  afterAll(() => database.close())

  beforeEach(() => {
    database.queries.length = 0
  })

  async function list(query: string, service = movies) {
    return await service.listRows(parseRowsQuery(service.description, new URLSearchParams(query)))
  }

  async function titles(query: string) {
    const { rows } = await list(query)
    return rows.map((row) => row['title'])
  }

  it('answers every row in the order of the primary key, with the defaults of the page', async () => {
    const { total, page, pageSize, rows } = await list('')
    expect({ total, page, pageSize }).toEqual({ total: 4, page: 1, pageSize: 25 })
    expect(rows.map((row) => row['id'])).toEqual([1, 2, 3, 4])
  })

  it('writes dates, bigints and decimals as texts that lose nothing', async () => {
    const { rows } = await list('filter=title:eq:Gladiator')
    expect(rows).toMatchObject([
      {
        releaseDate: '2000-05-05',
        rating: '8.5',
        boxOffice: '9007199254740993',
        createdAt: '2024-02-01T00:00:00.000Z',
        isReleased: true,
        tags: ['rome'],
        tagline: null,
        screenshots: [],
      },
    ])
  })

  it('pages, and counts the rows of all pages', async () => {
    const first = await list('page=1&pageSize=3')
    const second = await list('page=2&pageSize=3')
    const third = await list('page=3&pageSize=3')
    expect([first.total, second.total, third.total]).toEqual([4, 4, 4])
    expect([first, second, third].map(({ rows }) => rows.length)).toEqual([3, 1, 0])
    expect((await list('page=1000000000&pageSize=200')).rows).toEqual([])
  })

  it('sorts by several columns, with the primary key as the last', async () => {
    expect(await titles('sort=-rating,title')).toEqual(['Alien', 'Gladiator', '100% Wolf_Man', "O'Brien: a life"])
    expect(await titles('sort=rating')).toEqual(['100% Wolf_Man', 'Alien', 'Gladiator', "O'Brien: a life"])
    expect(await titles('sort=-id')).toEqual(["O'Brien: a life", '100% Wolf_Man', 'Gladiator', 'Alien'])
    await list('sort=rating')
    expect(database.queries.map(({ query }) => query).join()).toContain('"rating" asc, "movie"."id" asc')
  })

  it.each([
    ['title:eq:Alien', ['Alien']],
    ["title:eq:O'Brien: a life", ["O'Brien: a life"]],
    ['title:ne:Alien', ['Gladiator', '100% Wolf_Man', "O'Brien: a life"]],
    ['genre:ne:horror', ['Gladiator', '100% Wolf_Man', "O'Brien: a life"]],
    ['genre:in:horror,action', ['Alien', 'Gladiator']],
    ['genre:empty:true', ['100% Wolf_Man', "O'Brien: a life"]],
    ['runtimeMinutes:gt:117', ['Gladiator']],
    ['runtimeMinutes:gte:117', ['Alien', 'Gladiator']],
    ['runtimeMinutes:in:117,155', ['Alien', 'Gladiator']],
    ['boxOffice:eq:9007199254740993', ['Gladiator']],
    ['rating:lt:8.45', ['100% Wolf_Man']],
    ['rating:lte:8.5', ['Alien', 'Gladiator', '100% Wolf_Man']],
    ['isReleased:eq:true', ['Alien', 'Gladiator']],
    ['releaseDate:lt:1990-01-01', ['Alien']],
    ['createdAt:gte:2024-03-01T00:00:00Z', ['100% Wolf_Man', "O'Brien: a life"]],
    ['createdAt:lt:2024-01-01T01:00:00+02:00', []],
    ['title:contains:lIE', ['Alien']],
    ['title:contains:%', ['100% Wolf_Man']],
    ['title:contains:_', ['100% Wolf_Man']],
    ['title:contains:', ['Alien', 'Gladiator', '100% Wolf_Man', "O'Brien: a life"]],
    ['synopsis:contains:\\', ["O'Brien: a life"]],
    ['tagline:empty:true', ['Alien', 'Gladiator', '100% Wolf_Man', "O'Brien: a life"]],
    ['synopsis:empty:false', ['Alien', "O'Brien: a life"]],
    ['tags:has:cat', ['Alien']],
    ['tags:has:a "quoted", \\ tag', ['100% Wolf_Man']],
    ['tags:empty:true', ["O'Brien: a life"]],
    ['tags:empty:false', ['Alien', 'Gladiator', '100% Wolf_Man']],
    ['director:eq:1', ['Alien', 'Gladiator']],
  ])('filters by %s', async (filter, expected) => {
    expect(await titles(`filter=${encodeURIComponent(filter)}`)).toEqual(expected)
  })

  it('needs every one of several filters', async () => {
    expect(await titles('filter=rating:eq:8.5&filter=genre:eq:action')).toEqual(['Gladiator'])
  })

  it('filters keys with a colon, and json and lists by being empty', async () => {
    expect((await list('filter=code:eq:a:b', specimens)).total).toBe(1)
    expect((await list('filter=settings:empty:true', specimens)).total).toBe(0)
    expect((await list('filter=numbers:empty:true', specimens)).total).toBe(1)
    expect((await list('filter=moments:empty:true', specimens)).total).toBe(1)
  })

  it.each([
    ['ALIEN', ['Alien']],
    ['hear you', ['Alien']],
    ['%', ['100% Wolf_Man']],
    ['o_i', []],
    ["'", ["O'Brien: a life"]],
    ['varda', []],
    ['  gladiator ', ['Gladiator']],
  ])('searches the text columns that are no media for %s', async (search, expected) => {
    expect(await titles(`search=${encodeURIComponent(search)}`)).toEqual(expected)
  })

  it('names the rows that foreign keys point at with one query', async () => {
    const { labels } = await list('sort=title&filter=rating:eq:8.5')
    expect(labels).toEqual({ director: { 1: 'Ridley Scott' } })
    const toDirectors = database.queries.filter(({ query }) => query.includes('from "director"'))
    expect(toDirectors).toHaveLength(1)
  })

  it('names no rows of a table that the admin does not have', async () => {
    const { labels, rows } = await list('filter=studio:empty:false')
    expect(rows).toHaveLength(1)
    expect(labels).toEqual({ director: {} })
  })

  const PROBES = [`x' or '1'='1`, `x"; drop table movie; --`, `x\\'`, `$1`, `%' --`, '${1}', `x'::int`]

  it.each(PROBES)('sends %s to the database as a parameter only', async (probe) => {
    const text = encodeURIComponent(probe)
    await list(`search=${text}&filter=title:eq:${text}&filter=title:contains:${text}&filter=tags:has:${text}`)
    await list(`filter=title:in:${text}`)
    const listing = database.queries.filter(({ query }) => query.includes('limit'))
    expect(listing).toHaveLength(2)
    expect(listing.map(({ query }) => query.replaceAll(/\$\d+/gu, '?')).join()).not.toContain(probe)
    expect(listing.map(({ parameters }) => parameters.includes(probe))).toEqual([true, true])
    expect((await list('')).total).toBe(4)
  })

  it.each([
    ['page=0', 'page must be a whole number from 1 to 1000000000.'],
    ['page=1e3', 'page must be a whole number from 1 to 1000000000.'],
    ['pageSize=201', 'pageSize must be a whole number from 1 to 200.'],
    ['pageSize=-1', 'pageSize must be a whole number from 1 to 200.'],
    ['pageSize=99999999999999999999', 'pageSize must be a whole number from 1 to 200.'],
    ['sort=nothing', 'Rows of movie cannot be sorted by "nothing": choose from id, title,'],
    ['sort=title desc', 'Rows of movie cannot be sorted by "title desc"'],
    ['sort=--title', 'Rows of movie cannot be sorted by "-title"'],
    ['sort=constructor', 'Rows of movie cannot be sorted by "constructor"'],
    ['filter=title', 'A filter must look like column:operator:value.'],
    ['filter=title:eq', 'A filter must look like column:operator:value.'],
    ['filter=release_date:eq:1', 'The table movie has no column "release_date": its columns are id, title,'],
    ['filter=__proto__:eq:1', 'The table movie has no column "__proto__"'],
    ['filter=title:like:1', 'title cannot be filtered by "like": choose from eq, ne, lt,'],
    ['filter=title:constructor:1', 'title cannot be filtered by "constructor"'],
    ['filter=tags:eq:cat', 'tags cannot be filtered by "eq": choose from has, empty.'],
    [
      'filter=runtimeMinutes:eq:long',
      'runtimeMinutes must be a whole number from -2147483648 to 2147483647; "long" is not.',
    ],
    ['filter=runtimeMinutes:eq:99999999999', 'runtimeMinutes must be a whole number'],
    ['filter=runtimeMinutes:in:1,', 'runtimeMinutes must be a whole number'],
    ['filter=isReleased:eq:yes', 'isReleased must be true or false; "yes" is not.'],
    ['filter=releaseDate:eq:2024-02-30', 'releaseDate must be a date such as 2024-05-31; "2024-02-30" is not.'],
    ['filter=genre:eq:noir', 'genre must be one of action, '],
    ['filter=studio:eq:1', 'studio must be a UUID'],
    ['filter=rating:gt:high', 'rating must be a decimal number'],
    ['filter=title:empty:maybe', 'title:empty must be followed by true or false.'],
    ['filter=title:eq:%00', 'title must not contain the character U+0000.'],
    ['search=%00', 'search must not contain the character U+0000.'],
  ])('refuses %s and says what is allowed', async (query, message) => {
    const error = await list(query).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(TableError)
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', message: expect.stringContaining(message) })
    expect(database.queries).toEqual([])
  })

  it('refuses to sort by what has no order', async () => {
    await expect(list('sort=settings', specimens)).rejects.toMatchObject({ code: 'INVALID_REQUEST', field: 'sort' })
    await expect(list('sort=place', specimens)).rejects.toMatchObject({ code: 'INVALID_REQUEST', field: 'sort' })
  })

  it('keeps a very long name out of the message', async () => {
    const error = await list(`filter=${'x'.repeat(50_000)}:eq:1`).catch((reason: unknown) => reason)
    expect(String(error).length).toBeLessThan(600)
  })
})
