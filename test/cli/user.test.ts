import { createAuth } from 'vitrine/auth'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CREATE_MOVIE } from '../storage/media-tables.ts'
import { type PostgresServer, startPostgres, whyNoPostgres } from '../support/postgres-server.ts'
import { type CommandWorld, openCommandWorld } from './command-world.ts'

const missing = whyNoPostgres()
if (missing !== null) console.log(`skipped: the commands about users and databases. ${missing}`)

let server: PostgresServer
let world: CommandWorld

/** The bucket cannot be reached and there are no credentials: nothing of it may matter here. */
const config = (url: string, more = '') => `
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { S3MediaStorage } from '${import.meta.dirname}/../../dist/storage-s3.js'
const posters = new S3MediaStorage({ column: movie.poster, bucketName: 'b', clientConfig: { endpoint: 'http://127.0.0.1:1', region: 'x' } })
const trailers = new LocalMediaStorage({ column: movie.trailer, mediaPath: folder + '/trailers' })
const db = drizzle(postgres('${url}', { onnotice() {} }))
export default defineConfig({ db, tables: [tableConfig({ table: movie, mediaStorage: [posters, trailers] })], ${more} })
`

beforeAll(async () => {
  if (missing !== null) return
  // The AWS SDK warns of old versions of Node.
  process.env['NODE_NO_WARNINGS'] = '1'
  server = await startPostgres()
  world = await openCommandWorld(config(server.url))
})

afterAll(async () => {
  await world?.close()
  await server?.close()
})

const ADA = ['--email', 'ada@example.com', '--name', 'Ada']

it.skipIf(missing !== null)('creates a user and ends, with no word of a bucket that cannot be reached', async () => {
  const created = await world.response('a long passphrase\n', 'user', 'create', ...ADA)
  expect(created).toEqual({ exitCode: 0, stdout: 'Created the user ada@example.com.\n', stderr: '' })
  expect(await signIn('a long passphrase')).toBe(200)
})

it.skipIf(missing !== null)('sets another password', async () => {
  const reset = await world.response('another passphrase\n', 'user', 'reset', '--email', 'ada@example.com')
  expect(reset).toMatchObject({
    exitCode: 0,
    stdout: 'Changed the password of ada@example.com, and ended all of their sessions.\n',
  })
  expect([await signIn('a long passphrase'), await signIn('another passphrase')]).toEqual([401, 200])
})

it.skipIf(missing !== null)('says in a sentence why a user cannot be created', async () => {
  const sentence = async (input: string, ...args: string[]) => {
    const { exitCode, stdout, stderr } = await world.response(input, 'user', ...args)
    return [exitCode, stdout, stderr]
  }
  expect(await sentence('a long passphrase\n', 'create', ...ADA)).toEqual([
    1,
    '',
    'vitrine: There is a user with the address ada@example.com.\n',
  ])
  expect(await sentence('short\n', 'create', '--email', 'bob@example.com', '--name', 'Bob')).toEqual([
    1,
    '',
    expect.stringMatching(/^vitrine: .*8.*\n$/),
  ])
  expect(await sentence('', 'create', ...ADA)).toEqual([
    2,
    '',
    'vitrine: The password is missing: type it, or send it as a line on standard input.\n',
  ])
  expect(await sentence('', 'create', '--name', 'Ada')).toEqual([2, '', 'vitrine: --email is missing.\n'])
  expect(await sentence('long enough\n', 'reset', '--email', 'nobody@example.com')).toEqual([
    1,
    '',
    'vitrine: There is no user with the address nobody@example.com.\n',
  ])
})

it.skipIf(missing !== null)(
  'no command prints a query when the database is not there or is not the right one',
  async () => {
    const commands = [
      ['media', 'unused', 'movie.trailer'],
      ['media', 'check', 'movie.trailer'],
    ]
    for (const command of commands) {
      await world.configure(config(server.url))
      const noTables = await world.run(...command)
      expect(noTables).toMatchObject({
        exitCode: 1,
        stderr:
          'vitrine: The database refuses the query: relation "movie" does not exist. Create the tables, for example by "npx drizzle-kit push", or connect to the right database.\n',
      })
      await world.configure(config('postgres://postgres@127.0.0.1:1/postgres'))
      expect(await world.run(...command)).toMatchObject({
        exitCode: 1,
        stderr: expect.stringMatching(
          /^vitrine: The database cannot be reached: .*ECONNREFUSED.*\. Check that it is running, and the connection URL\.\n$/,
        ),
      })
      await world.configure(config(server.url.replace(/postgres$/, 'elsewhere')))
      expect(await world.run(...command)).toMatchObject({
        exitCode: 1,
        stderr:
          'vitrine: The database refuses the query: database "elsewhere" does not exist. Create it, or correct the name in the connection URL.\n',
      })
    }
    await world.configure(config('postgres://postgres@127.0.0.1:1/postgres'))
    const noUser = await world.response('a long passphrase\n', 'user', 'create', ...ADA)
    expect(noUser).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('The database cannot be reached') })
  },
)

it.skipIf(missing !== null)('the doctor checks the database and its tables', async () => {
  const database = async (url: string) => {
    await world.configure(config(url).replace('[posters, trailers]', '[trailers]'))
    const { exitCode, stdout } = await world.run('doctor')
    return [exitCode, stdout.slice(0, stdout.indexOf('movie.trailer'))]
  }
  expect(await database('postgres://postgres@127.0.0.1:1/postgres')).toEqual([
    1,
    expect.stringMatching(/^database\n {2}failed {2}connection {8}The database cannot be reached: .*ECONNREFUSED.*\n$/),
  ])
  expect(await database(server.url)).toEqual([
    1,
    `database
  ok      connection        The database answers.
  failed  table             The database refuses the query: relation "movie" does not exist. Create the tables, for example by "npx drizzle-kit push", or connect to the right database.
`,
  ])
  const sql = postgres(server.url, { onnotice: () => {} })
  await sql.unsafe(CREATE_MOVIE)
  expect(await database(server.url)).toEqual([
    0,
    `database
  ok      connection        The database answers.
  ok      table             movie exists, with every column of its definition.
`,
  ])
  await sql.unsafe('alter table movie drop column trailer')
  await sql.end()
  expect(await database(server.url)).toEqual([
    1,
    expect.stringContaining(
      'column "trailer" does not exist. The table and its definition differ: migrate the database',
    ),
  ])
})

async function signIn(password: string): Promise<number> {
  const client = postgres(server.url, { onnotice: () => {} })
  const auth = createAuth({ db: drizzle(client) })
  try {
    const response = await auth.handle(
      new Request('http://admin.test/api/auth/sign-in/email', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'ada@example.com', password }),
      }),
    )
    return response.status
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'UNAUTHENTICATED') return 401
    throw error
  } finally {
    await client.end()
  }
}
