import { drizzle as drizzleProxyMysql } from 'drizzle-orm/mysql-proxy'
import { int, mysqlTable } from 'drizzle-orm/mysql-core'
import { drizzle as drizzleProxy } from 'drizzle-orm/pg-proxy'
import { drizzle } from 'drizzle-orm/postgres-js'
import { drizzle as drizzleProxySqlite } from 'drizzle-orm/sqlite-proxy'
import { Thumbnails, createAdmin, defineConfig, serveMedia, tableConfig } from 'vitrine'
import { createAuth } from 'vitrine/auth'
import { serve } from 'vitrine/node'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { S3MediaStorage } from 'vitrine/storage/s3'
import { describe, expect, it } from 'vitest'
import * as schema from '../../examples/movies/schema.ts'

const { movie, director } = schema
const db = drizzle.mock()
const tables = [movie]

/** What a caller without types gives. */
const untyped = (options: unknown) => options as never
const admin = (options: object) => () => createAdmin(untyped({ db, tables, ...options }))
const local = (options: object) => () =>
  new LocalMediaStorage(untyped({ column: movie.poster, mediaPath: '/nowhere/at/all', ...options }))
const bucket = (options: object) => () =>
  new S3MediaStorage(untyped({ column: movie.poster, bucketName: 'bucket123', ...options }))

describe('an option that does not exist is refused with the one that was meant', () => {
  it.each<[string, () => unknown, string]>([
    ['createAdmin', admin({ basePat: '/admin' }), 'createAdmin has no option "basePat". Did you mean basePath?'],
    [
      'tableConfig',
      () => tableConfig(untyped({ tabel: movie })),
      'tableConfig has no option "tabel". Did you mean table?',
    ],
    [
      'LocalMediaStorage',
      local({ maxFilesize: 1 }),
      'LocalMediaStorage has no option "maxFilesize". Did you mean maxFileSize?',
    ],
    [
      'S3MediaStorage',
      bucket({ foldername: 'a' }),
      'S3MediaStorage has no option "foldername". Did you mean folderName?',
    ],
    [
      'createAuth',
      () => createAuth(untyped({ db, secrt: 'x' })),
      'createAuth has no option "secrt". Did you mean secret?',
    ],
    [
      'limits inside an option',
      admin({ uploadLimits: { totl: 3 } }),
      'createAdmin: uploadLimits has no option "totl". Did you mean total?',
    ],
    [
      'Thumbnails',
      () => new Thumbnails(untyped({ rendrer: 'none' })),
      'Thumbnails has no option "rendrer". Did you mean renderer?',
    ],
    [
      'serveMedia',
      () => serveMedia(untyped({}), untyped({ ispublic: true })),
      'serveMedia has no option "ispublic". Did you mean isPublic?',
    ],
    [
      'defineConfig',
      () => defineConfig(untyped({ tables, storage: {} })),
      'defineConfig has no option "storage". Did you mean storages?',
    ],
    [
      'nothing near it',
      () => createAuth(untyped({ db, colour: 'red' })),
      'createAuth has no option "colour". Its options: db, secret, sessionExpiry, idleExpiry, secureCookies, cookie, signInLimits.',
    ],
  ])('%s', (_title, call, message) => {
    expect(call).toThrow(new TypeError(message))
  })
})

const POSTGRES = 'must be a Postgres database'

describe('a wrong value is named with what came and what is allowed', () => {
  it.each<[string, () => unknown, string]>([
    [
      'no options',
      () => createAdmin(untyped(undefined)),
      'createAdmin needs an object of options, and was given undefined. Its options: db,',
    ],
    ['no database', admin({ db: undefined }), `createAdmin: db is undefined, and ${POSTGRES}: what drizzle(...) of`],
    [
      'a client without Drizzle',
      admin({ db: { query() {} } }),
      `createAdmin: db is an object with query, and ${POSTGRES}`,
    ],
    [
      'a MySQL database',
      admin({ db: drizzleProxyMysql(async () => ({ rows: [] })) }),
      `createAdmin: db is a MySQL database, and ${POSTGRES}: others are not supported yet.`,
    ],
    [
      'an SQLite database',
      admin({ db: drizzleProxySqlite(async () => ({ rows: [] })) }),
      `createAdmin: db is an SQLite database, and ${POSTGRES}: others are not supported yet.`,
    ],
    [
      'a driver without transactions',
      admin({ db: drizzleProxy(async () => ({ rows: [] })) }),
      'createAdmin: db cannot be used. The driver pg-proxy has no transactions, which saving a row needs: use node-postgres.',
    ],
    ['no database for sign-in', () => createAuth(untyped({})), `createAuth: db is undefined, and ${POSTGRES}`],
    [
      'no tables',
      admin({ tables: undefined }),
      'createAdmin: tables is undefined, and must be an array of tables, such as [movie, director].',
    ],
    [
      'the whole schema',
      admin({ tables: { movie, director } }),
      'createAdmin: tables is an object with movie, director, and must be an array of tables, such as [movie, director].',
    ],
    [
      'a table that was not exported',
      admin({ tables: [movie, undefined] }),
      'createAdmin: tables[1] is undefined, and must be a Postgres table of Drizzle, or tableConfig({ table }).',
    ],
    [
      'the options of tableConfig without it',
      admin({ tables: [{ table: movie }] }),
      'createAdmin: tables[0] is an object with table, and must be a Postgres table of Drizzle, or tableConfig({ table }).',
    ],
    [
      'a MySQL table',
      admin({ tables: [mysqlTable('movie', { id: int() })] }),
      'createAdmin: tables[0] is a MySQL table, and must be a Postgres table of Drizzle, or tableConfig({ table }).',
    ],
    [
      'tableConfig of nothing',
      () => tableConfig(untyped({ table: undefined })),
      'tableConfig: table is undefined, and must be a Postgres table of Drizzle, made by pgTable.',
    ],
    [
      'one storage in place of several',
      () => tableConfig(untyped({ table: movie, mediaStorage: {} })),
      'tableConfig: mediaStorage is an empty object, and must be an array of storages.',
    ],
    [
      'a word that is none',
      admin({ fileNames: 'loose' }),
      'createAdmin: fileNames is "loose", and must be "clean" or "strict".',
    ],
    ['text for true', admin({ readOnly: 'yes' }), 'createAdmin: readOnly is "yes", and must be true or false.'],
    [
      'accounts that are still a promise',
      admin({ auth: Promise.resolve() }),
      'createAdmin: auth is a promise (await it), and must be what createAuth returns.',
    ],
    [
      'a column with a typing mistake',
      local({ column: undefined }),
      'LocalMediaStorage: column is undefined, and must be a column of a Drizzle table, such as movie.poster.',
    ],
    ['no folder', local({ mediaPath: undefined }), 'LocalMediaStorage: mediaPath is undefined, and must be text.'],
    [
      'extensions as one text',
      local({ allowedExtensions: 'jpg' }),
      'LocalMediaStorage: allowedExtensions is "jpg", and must be an array of texts.',
    ],
    ['no bucket', bucket({ bucketName: undefined }), 'S3MediaStorage: bucketName is undefined, and must be text.'],
    [
      'a client of another SDK',
      bucket({ client: {} }),
      'S3MediaStorage: client is an empty object, and must be an S3Client.',
    ],
  ])('%s', (_title, call, message) => {
    expect(call).toThrow(TypeError)
    expect(call).toThrow(message)
  })

  it('a port as text, or the options in place of the admin', async () => {
    const fetch = async () => new Response()
    await expect(serve({ fetch }, untyped({ port: '8000' }))).rejects.toThrow(
      'serve: port is "8000", and must be a number.',
    )
    await expect(serve(untyped({ db, tables }))).rejects.toThrow(
      'serve: the admin is an object with db, tables, and must be what createAdmin returns.',
    )
  })

  it('a secret is in no message', () => {
    const shown = (call: () => unknown) => {
      try {
        return String(call())
      } catch (error) {
        return String(error)
      }
    }
    const message = shown(local({ signingSecret: { key: 'quiet words' } }))
    expect(message).toContain('LocalMediaStorage: signingSecret must be text, or an array of texts.')
    expect(message).not.toContain('quiet')
  })
})
