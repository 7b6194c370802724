import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { director, movie, studio } from '../../examples/movies/schema.ts'
import type { FileKeyCheck } from '../../src/tables/file-key-check.ts'
import { TableRegistry } from '../../src/tables/table-registry.ts'
import type { TableService } from '../../src/tables/table-service.ts'
import { required } from './required.ts'
import { ENGINES, type TestDatabase } from './test-database.ts'

const RULES = { allowedExtensions: ['jpg'], maxFileSize: null, isResumable: true, isDirect: false }
const NO_UUID = '00000000-0000-0000-0000-000000000000'

describe.each(ENGINES)('rows on $name', ({ missing, open }) => {
  if (missing !== null) {
    it.skip(`is skipped: ${missing}`, () => {})
    return
  }

  let database: TestDatabase
  let movies: TableService
  let directors: TableService
  let studios: TableService
  let checks: FileKeyCheck[]
  /** Runs while file keys are being checked. */
  let duringCheck: () => Promise<void>

  beforeAll(async () => {
    database = await open()
    const registry = new TableRegistry({
      db: database.db,
      tables: [
        {
          table: movie,
          mediaRules: (column) => (column === movie.poster || column === movie.screenshots ? RULES : null),
        },
        { table: director },
        { table: studio },
      ],
      checkFileKeys: async (check) => {
        checks.push(check)
        await duringCheck()
        return check.fileKeys
          .filter((fileKey) => !fileKey.startsWith('stored'))
          .map((fileKey) => ({ fileKey, message: `${fileKey} is not stored.` }))
      },
    })
    movies = required(registry.get('movie'))
    directors = required(registry.get('director'))
    studios = required(registry.get('studio'))
  })

  afterAll(() => database.close())

  beforeEach(async () => {
    checks = []
    duringCheck = async () => {}
    for (const table of [movie, director, studio]) await database.db.delete(table)
  })

  const createMovie = async (values: object) => movies.getId((await movies.createRow(values)).row)

  describe('creating', () => {
    it('answers the stored row with its defaults and labels', async () => {
      const { row: scott } = await directors.createRow({ name: 'Ridley Scott' })
      const { row, labels } = await movies.createRow({ title: 'Alien', director: scott['id'] ?? null, rating: '8.5' })
      expect(row).toMatchObject({ title: 'Alien', rating: '8.5', isReleased: false, tags: [], poster: null })
      expect(row['createdAt']).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/u)
      expect(labels).toEqual({ director: { [directors.getId(scott)]: 'Ridley Scott' }, studio: {} })
    })

    it('refuses a row without a required value', async () => {
      await expect(movies.createRow({ tagline: 'Nobody hears you' })).rejects.toMatchObject({
        code: 'INVALID_VALUE',
        field: 'title',
        message: 'title must be given: it has no default.',
      })
    })

    it('refuses a second row with a unique value', async () => {
      await studios.createRow({ name: 'A24' })
      await expect(studios.createRow({ name: 'A24', country: 'US' })).rejects.toMatchObject({
        code: 'CONFLICT',
        field: 'name',
      })
    })

    it('refuses a foreign key to no row', async () => {
      await expect(movies.createRow({ title: 'Alien', director: 99, tags: [] })).rejects.toMatchObject({
        code: 'INVALID_VALUE',
        field: 'director',
        message: 'director 99 names a row that does not exist.',
      })
    })
  })

  describe('reading', () => {
    it('answers null where there is no such row, whatever the id', async () => {
      await createMovie({ title: 'Alien' })
      const ids = ['0', 'abc', '', '1 or 1=1', "1'", '1.0', '99999999999999999999', '-1', '\0', 'NaN', '1e0']
      expect(await Promise.all(ids.map((id) => movies.readRow(id)))).toEqual(ids.map(() => null))
      expect(await studios.readRow(NO_UUID)).toBeNull()
      expect(await studios.readRow('not-a-uuid')).toBeNull()
    })

    it('finds a row by the id that idOf tells', async () => {
      const { row } = await studios.createRow({ name: 'A24' })
      expect(required(await studios.readRow(studios.getId(row))).row).toEqual(row)
    })
  })

  describe('changing', () => {
    it('changes the given columns only', async () => {
      const id = await createMovie({ title: 'Alien', tagline: 'In space', tags: ['space'] })
      const { row } = required(await movies.updateRow(id, { title: 'Aliens', tags: [] }))
      expect(row).toMatchObject({ title: 'Aliens', tagline: 'In space', tags: [] })
      expect(required(await movies.readRow(id)).row).toEqual(row)
    })

    it('changes one row only', async () => {
      const first = await createMovie({ title: 'Alien' })
      const second = await createMovie({ title: 'Gladiator' })
      await movies.updateRow(first, { title: 'Aliens' })
      expect(required(await movies.readRow(second)).row['title']).toBe('Gladiator')
    })

    it('locks the row before it looks at its file keys again', async () => {
      const id = await createMovie({ title: 'Alien' })
      database.queries.length = 0
      await movies.updateRow(id, { poster: 'stored-a.jpg' })
      const statements = database.queries.map(({ query }) => query)
      const locks = statements.findIndex((query) => query.endsWith('for update'))
      const updates = statements.findIndex((query) => query.startsWith('update'))
      expect(locks).toBeGreaterThanOrEqual(0)
      expect(updates).toBeGreaterThan(locks)
    })

    it('answers the row when nothing is to be changed', async () => {
      const id = await createMovie({ title: 'Alien' })
      expect(required(await movies.updateRow(id, {})).row['title']).toBe('Alien')
    })

    it('answers null where there is no such row', async () => {
      expect(await movies.updateRow('12345', { title: 'Alien' })).toBeNull()
      expect(await movies.updateRow('abc', { title: 'Alien' })).toBeNull()
      expect(await movies.updateRow('12345', {})).toBeNull()
    })

    it('leaves the row as it was when one value is wrong', async () => {
      const id = await createMovie({ title: 'Alien' })
      await expect(movies.updateRow(id, { title: 'Aliens', director: 99 })).rejects.toMatchObject({ field: 'director' })
      expect(required(await movies.readRow(id)).row['title']).toBe('Alien')
    })

    it('refuses to change a key that other rows reference', async () => {
      const { row } = await directors.createRow({ name: 'Ridley Scott' })
      await createMovie({ title: 'Alien', director: row['id'] ?? null })
      await expect(directors.updateRow(directors.getId(row), { id: 5000 })).rejects.toMatchObject({
        code: 'CONFLICT',
        message: 'This row of director is referenced by rows of movie: change those first.',
      })
    })
  })

  describe('deleting', () => {
    it('deletes the row, and tells when there was none', async () => {
      const id = await createMovie({ title: 'Alien' })
      const other = await createMovie({ title: 'Gladiator' })
      expect(await movies.deleteRow(id)).toBe(true)
      expect(await movies.deleteRow(id)).toBe(false)
      expect(await movies.deleteRow('abc')).toBe(false)
      expect(await movies.readRow(id)).toBeNull()
      expect(await movies.readRow(other)).not.toBeNull()
    })

    it('names the rows that stand in the way', async () => {
      const { row } = await directors.createRow({ name: 'Ridley Scott' })
      const id = directors.getId(row)
      const alien = await createMovie({ title: 'Alien', director: row['id'] ?? null })
      await createMovie({ title: 'Jaws' })
      await expect(directors.deleteRow(id)).rejects.toMatchObject({
        code: 'CONFLICT',
        message: `The row ${id} of director cannot be deleted: rows of movie reference it.`,
        references: [{ table: 'movie', id: alien, column: 'director', label: 'Alien' }],
      })
      expect(await directors.readRow(id)).not.toBeNull()
    })

    it('names at most ten rows that stand in the way', async () => {
      const { row } = await directors.createRow({ name: 'Ridley Scott' })
      const values = Array.from({ length: 30 }, (_, index) => ({ title: `Part ${index}`, director: Number(row['id']) }))
      await database.db.insert(movie).values(values)
      const error: unknown = await directors.deleteRow(directors.getId(row)).catch((reason: unknown) => reason)
      expect(Reflect.get(Object(error), 'references')).toHaveLength(10)
    })
  })

  describe('file keys', () => {
    it('are checked when they are new, each column by itself', async () => {
      await movies.createRow({ title: 'Alien', poster: 'stored-a.jpg', screenshots: ['stored-b.jpg', 'stored-b.jpg'] })
      expect(checks).toEqual([
        { column: movie.poster, fileKeys: ['stored-a.jpg'], previousKeys: [], userId: null },
        { column: movie.screenshots, fileKeys: ['stored-b.jpg'], previousKeys: [], userId: null },
      ])
    })

    it('are not checked again while the row holds them', async () => {
      const id = await createMovie({ title: 'Alien', screenshots: ['stored-a.jpg', 'stored-b.jpg'] })
      checks = []
      await movies.updateRow(id, { screenshots: ['stored-b.jpg', 'stored-a.jpg'] })
      expect(checks).toEqual([])
      await movies.updateRow(id, { screenshots: ['stored-c.jpg', 'stored-a.jpg'] })
      expect(checks).toEqual([
        {
          column: movie.screenshots,
          fileKeys: ['stored-c.jpg'],
          previousKeys: ['stored-b.jpg', 'stored-a.jpg'],
          userId: null,
        },
      ])
    })

    it('can stay in a row though their file is lost', async () => {
      const [row] = await database.db.insert(movie).values({ title: 'Alien', poster: 'lost.jpg' }).returning()
      const updated = required(await movies.updateRow(String(row?.id), { title: 'Aliens', poster: 'lost.jpg' }))
      expect(updated.row).toMatchObject({ title: 'Aliens', poster: 'lost.jpg' })
    })

    it('can be taken away without a check', async () => {
      const id = await createMovie({ title: 'Alien', poster: 'stored-a.jpg', screenshots: ['stored-b.jpg'] })
      checks = []
      const { row } = required(await movies.updateRow(id, { poster: null, screenshots: [] }))
      expect(row).toMatchObject({ poster: null, screenshots: [] })
      expect(checks).toEqual([])
    })

    it.each(['../x', 'other.jpg', '..%2fx', 'C:\\x.jpg'])('refuse %s and store nothing', async (key) => {
      await expect(movies.createRow({ title: 'Alien', poster: key })).rejects.toMatchObject({
        code: 'INVALID_VALUE',
        field: 'poster',
        message: `${key} is not stored.`,
      })
      const id = await createMovie({ title: 'Gladiator', screenshots: ['stored-a.jpg'] })
      await expect(movies.updateRow(id, { screenshots: ['stored-a.jpg', key] })).rejects.toMatchObject({
        code: 'INVALID_VALUE',
        field: 'screenshots',
      })
      expect(await database.db.select({ title: movie.title, screenshots: movie.screenshots }).from(movie)).toEqual([
        { title: 'Gladiator', screenshots: ['stored-a.jpg'] },
      ])
    })

    it('may be checked with the same database', async () => {
      const id = await createMovie({ title: 'Alien' })
      duringCheck = async () => {
        await database.db.select().from(movie)
      }
      const { row } = required(await movies.updateRow(id, { poster: 'stored-a.jpg' }))
      expect(row['poster']).toBe('stored-a.jpg')
    })

    it('that the row lost during the check are refused unchecked', async () => {
      const [row] = await database.db
        .insert(movie)
        .values({ title: 'Alien', screenshots: ['lost.jpg'] })
        .returning()
      duringCheck = async () => {
        await database.db.update(movie).set({ screenshots: [] })
      }
      const changes = { poster: 'stored-a.jpg', screenshots: ['lost.jpg'] }
      await expect(movies.updateRow(String(row?.id), changes)).rejects.toMatchObject({
        code: 'CONFLICT',
        field: 'screenshots',
      })
      expect(await database.db.select({ poster: movie.poster }).from(movie)).toEqual([{ poster: null }])
    })

    it('of a row that vanished during the check are stored nowhere', async () => {
      const id = await createMovie({ title: 'Alien' })
      duringCheck = async () => {
        await database.db.delete(movie)
      }
      expect(await movies.updateRow(id, { poster: 'stored-a.jpg' })).toBeNull()
    })
  })

  describe('labels', () => {
    it('are the value of the label column, cut to a hundred characters', async () => {
      const { row } = await movies.createRow({ title: 'Alien' })
      expect(movies.getLabel(row)).toBe('Alien')
      expect(movies.getLabel({ id: 7, title: null })).toBe('7')
      expect(movies.getLabel({ id: 7, title: '🎬'.repeat(150) })).toBe('🎬'.repeat(100))
      const { row: long } = await directors.createRow({ name: 'x'.repeat(200) })
      const { labels } = await movies.createRow({ title: 'Alien', director: long['id'] ?? null })
      expect(Object.values(required(labels['director']))).toEqual(['x'.repeat(100)])
    })
  })

  it('rethrows an error that is not about a value untouched', async () => {
    await database.db.execute(`alter table studio rename to studio_gone`)
    const error: unknown = await studios.createRow({ name: 'A24' }).catch((reason: unknown) => reason)
    await database.db.execute(`alter table studio_gone rename to studio`)
    expect(error).toMatchObject({ cause: { code: '42P01' } })
  })
})
