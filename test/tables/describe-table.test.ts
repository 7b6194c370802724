import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  foreignKey,
  integer,
  type PgColumnBuilderBase,
  pgTable,
  primaryKey,
  serial,
  text,
  unique,
  varchar,
} from 'drizzle-orm/pg-core'
import { describe, expect, it } from 'vitest'
import { director, movie, studio } from '../../examples/movies/schema.ts'
import { humaniseName } from '../../src/tables/humanise-name.ts'
import { describeTable } from '../../src/tables/table-description.ts'
import { specimen } from './specimen.ts'

const POSTER_RULES = { allowedExtensions: ['jpg', 'png'], maxFileSize: 1000, isResumable: true, isDirect: false }
const movies = describeTable(movie, {
  mediaRules: (column) => (column === movie.poster ? POSTER_RULES : null),
})
const directors = describeTable(director)
const studios = describeTable(studio, { label: 'Film studios' })
const all = [movies, directors, studios]

describe('the schema of a table', () => {
  const schema = movies.toSchema(all)
  const column = (name: string) => schema.columns.find((candidate) => candidate.name === name)

  it('names the table, its key and its label column', () => {
    expect(schema).toMatchObject({
      name: 'movie',
      label: 'Movie',
      hasMedia: true,
      primaryKey: 'id',
      labelColumn: 'title',
      referencedBy: [],
    })
    expect(studios.toSummary()).toEqual({ name: 'studio', label: 'Film studios', hasMedia: false })
  })

  it('describes a required varchar in full and nothing else', () => {
    expect(column('title')).toEqual({
      name: 'title',
      label: 'Title',
      type: 'text',
      isArray: false,
      isNullable: false,
      isUnique: false,
      hasDefault: false,
      defaultValue: null,
      isReadOnly: false,
      maxLength: 200,
      scale: null,
      options: null,
      foreignKey: null,
      media: null,
    })
  })

  it('is JSON', () => {
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema)
  })

  it('uses property names for columns, not those of the database', () => {
    expect(column('releaseDate')).toMatchObject({ label: 'Release date', type: 'date' })
    expect(column('release_date')).toBeUndefined()
  })

  it('tells types, defaults, options and lists apart', () => {
    expect(column('id')).toMatchObject({ type: 'integer', hasDefault: true, isUnique: true, isNullable: false })
    expect(column('genre')).toMatchObject({ type: 'enum', isNullable: true })
    expect(column('genre')?.options).toContain('science fiction')
    expect(column('rating')).toMatchObject({ type: 'decimal', scale: 1 })
    expect(column('boxOffice')).toMatchObject({ type: 'bigint' })
    expect(column('isReleased')).toMatchObject({ type: 'boolean', hasDefault: true, defaultValue: false })
    expect(column('screenshots')).toMatchObject({ type: 'text', isArray: true, maxLength: 255, defaultValue: [] })
    expect(column('createdAt')).toMatchObject({ type: 'timestamp', hasDefault: true, defaultValue: null })
    expect(studios.toSchema(all).columns.find(({ name }) => name === 'name')).toMatchObject({ isUnique: true })
  })

  it('carries the media rules of the columns that have them', () => {
    expect(column('poster')?.media).toEqual(POSTER_RULES)
    expect(column('trailer')?.media).toBeNull()
  })

  it('links foreign keys both ways', () => {
    expect(column('director')?.foreignKey).toEqual({ table: 'director', column: 'id' })
    expect(directors.toSchema(all).referencedBy).toEqual([{ table: 'movie', column: 'director' }])
  })

  it('hides foreign keys to tables that the admin does not have', () => {
    const alone = movies.toSchema([movies]).columns.find(({ name }) => name === 'director')
    expect(alone?.foreignKey).toBeNull()
  })

  it('marks what the database makes as read-only', () => {
    const readOnly = describeTable(specimen).columns.filter(({ isReadOnly }) => isReadOnly)
    expect(readOnly.map(({ name }) => name)).toEqual(['serialNumber', 'doubled', 'place', 'bytes'])
  })
})

describe('constraints written beside the columns', () => {
  const employee = pgTable(
    'employee',
    {
      number: integer('number').notNull(),
      badge: varchar('badge', { length: 8 }),
      boss: integer('boss'),
      mentor: integer('mentor').references((): AnyPgColumn => employee.number, { onDelete: 'set null' }),
    },
    (table) => [
      primaryKey({ columns: [table.number] }),
      unique().on(table.badge),
      foreignKey({ columns: [table.boss], foreignColumns: [table.number] }),
    ],
  )
  const employees = describeTable(employee)

  it('are found by the name of the column', () => {
    expect(employees.primaryKey.name).toBe('number')
    expect(employees.column('badge')?.isUnique).toBe(true)
    expect(employees.toSchema([employees]).referencedBy).toEqual([
      { table: 'employee', column: 'boss' },
      { table: 'employee', column: 'mentor' },
    ])
  })
})

describe('a table that cannot be shown', () => {
  it('is refused without a primary key', () => {
    const log = pgTable('log', { line: text('line') })
    expect(() => describeTable(log)).toThrow(
      'The table log has no primary key: the admin needs one column that identifies a row.',
    )
  })

  it('is refused with a primary key of two columns', () => {
    const rating = pgTable('rating', { movie: integer(), user: integer() }, (table) => [
      primaryKey({ columns: [table.movie, table.user] }),
    ])
    expect(() => describeTable(rating)).toThrow(
      'The primary key of the table rating has several columns (movie, user): it must have one.',
    )
  })

  it('is refused with a label column that does not exist', () => {
    expect(() => describeTable(director, { labelColumn: 'nick' })).toThrow(
      'The label column "nick" is not in the table director: its columns are id, name, born, biography, photo.',
    )
  })
})

function getLabelColumn(columns: Record<string, PgColumnBuilderBase>): string {
  return describeTable(pgTable('thing', { id: serial().primaryKey(), ...columns })).labelColumn.name
}

describe('the label column', () => {
  it('is the one whose name says so', () => {
    expect(getLabelColumn({ summary: text(), title: text(), name: text() })).toBe('name')
  })

  it('is else the first text, but never a secret', () => {
    expect(getLabelColumn({ passwordHash: text(), apiToken: text(), city: text() })).toBe('city')
    expect(getLabelColumn({ passwordHash: text() })).toBe('id')
  })

  it('is never a media column', () => {
    const table = pgTable('thing', { id: serial().primaryKey(), name: text(), city: text() })
    const rules = { allowedExtensions: null, maxFileSize: null, isResumable: true, isDirect: false }
    const description = describeTable(table, { mediaRules: (column) => (column === table.name ? rules : null) })
    expect(description.labelColumn.name).toBe('city')
  })

  it('can be chosen', () => {
    expect(describeTable(studio, { labelColumn: 'country' }).labelColumn.name).toBe('country')
  })
})

it('writes names for people', () => {
  const names = ['releaseDate', 'press_kit', 'id', 'posterURL', 'director_id', 'HTMLBody', 'é', '__']
  expect(names.map(humaniseName)).toEqual([
    'Release date',
    'Press kit',
    'ID',
    'Poster URL',
    'Director ID',
    'HTML body',
    'É',
    '__',
  ])
})

it('has no default value for an expression of SQL', () => {
  const table = pgTable('thing', {
    id: serial().primaryKey(),
    tags: text()
      .array()
      .default(sql`'{}'`),
  })
  expect(describeTable(table).column('tags')).toMatchObject({ hasDefault: true, defaultValue: null })
})
