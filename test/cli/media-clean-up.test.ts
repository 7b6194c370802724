import { PGlite } from '@electric-sql/pglite'
import { mkdir, readFile, readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sampleFile } from '../support/sample-files.ts'
import { copyPostgresFiles } from '../support/postgres-cluster.ts'
import { CREATE_MOVIE } from '../storage/media-tables.ts'
import { type CommandWorld, openCommandWorld } from './command-world.ts'

const CONFIG = `
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
let client
const posters = new LocalMediaStorage({ column: movie.poster, mediaPath: folder + '/posters' })
export default defineConfig({
  tables: [tableConfig({ table: movie, mediaStorage: [posters] })],
  // Started only by commands that ask for it: it takes seconds.
  get db() {
    client ??= new PGlite(folder + '/database')
    return drizzle(client)
  },
  close: () => client?.close(),
})
`

let world: CommandWorld

/** The database of the movies is slow to make: all cases share one, and go on where the one before ended. */
beforeAll(async () => {
  world = await openCommandWorld(CONFIG)
  await mkdir(join(world.folder, 'posters'))
  await copyPostgresFiles(join(world.folder, 'database'))
  const client = await PGlite.create(join(world.folder, 'database'))
  await client.exec(CREATE_MOVIE)
  for (let index = 0; index < 6; index += 1) {
    const bytes = index === 5 ? new Uint8Array() : index === 4 ? sampleFile('pdf') : sampleFile('jpg')
    await writeFile(join(world.folder, 'posters', getKey(index)), bytes)
    const time = new Date(Date.now() - 172_800_000)
    await utimes(join(world.folder, 'posters', getKey(index)), time, time)
  }
  for (const index of [0, 1, 4, 5, 9]) await client.query('insert into movie (poster) values ($1)', [getKey(index)])
  await client.close()
})

afterAll(() => world.close())

function getKey(index: number): string {
  return `poster-3beac950-7721-46c9-9e7d-${String(index).padStart(12, '0')}.jpg`
}

async function storedFiles(): Promise<number> {
  return (await readdir(join(world.folder, 'posters'))).filter((name) => name !== '.vitrine').length
}

it('tells what each command does, and how it ends', async () => {
  const { stdout } = await world.run('media', '--help')
  for (const name of ['list', 'check', 'unused', 'clean', 'restore', 'purge', 'copy']) {
    expect(stdout).toContain(`media ${name}`)
  }
  const help = (await world.run('media', 'clean', '--help')).stdout
  expect(help).toContain('the only yes is y')
  expect(help).toContain('  3    It refused')
})

it('lists the files, and those that nothing references', async () => {
  const list = await world.run('media', 'list', '--json')
  expect(list.exitCode).toBe(0)
  const files = list.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(new Set(files.map(({ key }) => key))).toEqual(new Set([0, 1, 2, 3, 4, 5].map(getKey)))
  expect(files.find(({ key }) => key === getKey(5))).toMatchObject({ column: 'movie.poster', size: 0 })
  const unused = await world.run('media', 'unused', 'movie.poster')
  expect(unused.stdout.trim().split('\n').toSorted()).toEqual([2, 3].map((index) => `movie.poster  ${getKey(index)}`))
})

it('tells what is missing, damaged, unused or there twice, and fails for the first two', async () => {
  const { exitCode, stdout } = await world.run('media', 'check', '--json', '--duplicates')
  expect(exitCode).toBe(1)
  const { ok, columns } = JSON.parse(stdout)
  expect(ok).toBe(false)
  expect(columns[0].counts).toEqual({ missing: 1, type: 1, empty: 1, unreadable: 0, unused: 2, duplicate: 3 })
  const problems: { kind: string; key: string }[] = columns[0].problems
  expect(
    problems.filter(({ kind }) => ['missing', 'type', 'empty'].includes(kind)).map(({ kind, key }) => [kind, key]),
  ).toEqual(
    expect.arrayContaining([
      ['missing', getKey(9)],
      ['type', getKey(4)],
      ['empty', getKey(5)],
    ]),
  )
})

it.each(['', 'yes\n'])('deletes nothing when the answer is %j', async (response) => {
  const { exitCode, stdout, stderr } = await world.response(response, 'media', 'clean')
  expect(exitCode).toBe(1)
  expect(stderr).toContain(
    'movie.poster: 2 files (0.0 MB) are unused, such as these. Shall they go into the trash? [y/n]',
  )
  expect(stdout).toBe('movie.poster: Nothing was deleted.\n')
  expect(await storedFiles()).toBe(6)
})

it('puts the files into the trash at a y, and brings them back', async () => {
  const { exitCode, stdout } = await world.response('y\n', 'media', 'clean', '--json')
  expect(exitCode).toBe(0)
  const [report] = JSON.parse(stdout)
  expect(report).toMatchObject({ column: 'movie.poster', error: null, deleted: 2, failed: 0, declined: false })
  expect(await storedFiles()).toBe(4)
  const trash = await world.run('media', 'list', '--trash')
  expect(trash.stdout).toContain(`${report.runId}  ${getKey(2)}`)
  expect((await world.run('media', 'restore', 'movie.poster', '--run', report.runId)).stdout).toBe(
    'movie.poster: 2 files restored, 0 failed.\n',
  )
  expect(await storedFiles()).toBe(6)
  expect((await world.run('media', 'restore', 'movie.poster', getKey(2))).exitCode).toBe(1)
})

it('refuses with an exit code of its own, and destroys what is in the trash', async () => {
  const refused = await world.run('media', 'clean', '--yes', '--older-than', '0', '--max-fraction', '0.1')
  expect(refused).toMatchObject({ exitCode: 3 })
  expect(refused.stdout).toContain('2 of 6 files of movie.poster are unused, more than the 10 % that may go at once')
  expect(await storedFiles()).toBe(6)
  const log = join(world.folder, 'moves.jsonl')
  const clean = await world.run('media', 'clean', '--yes', '--older-than', '0', '--log', log)
  expect(clean.stdout).toMatch(
    /^movie\.poster: 2 of 6 files deleted .* 0 failed, 0 too young\. To undo it: vitrine media restore movie\.poster --run \S+\n$/,
  )
  const purge = await world.run('media', 'purge', '--purge-after', '0', '--yes', '--log', log)
  expect(purge.stdout).toBe('movie.poster: 2 files destroyed, 0 restored, 0 failed.\n')
  const lines = (await readFile(log, 'utf8')).trim().split('\n')
  const moves: Record<string, unknown>[] = lines.map((line) => JSON.parse(line))
  const noted = { by: 'command line', user: process.getuid?.(), column: 'movie.poster', size: expect.any(Number) }
  expect(moves).toHaveLength(4)
  for (const action of ['trashed', 'purged']) {
    for (const key of [2, 3].map(getKey))
      expect(moves).toContainEqual(expect.objectContaining({ ...noted, action, key }))
  }
  expect(new Set(moves.map(({ runId }) => runId)).size).toBe(1)
  expect(Date.parse(String(moves[0]?.time))).toBeGreaterThan(Date.now() - 600_000)
  const unwritable = await world.run('media', 'clean', '--yes', '--log', join(world.folder, 'nowhere', 'log'))
  expect(unwritable).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('cannot be written') })
  expect((await world.run('media', 'clean', '--older-than', 'soon')).exitCode).toBe(2)
})

it('tells what the database said when it fails, and takes nothing', async () => {
  await world.configure(`
    import { drizzle } from 'drizzle-orm/pg-proxy'
    const posters = new LocalMediaStorage({ column: movie.poster, mediaPath: folder + '/posters' })
    const db = drizzle(() => Promise.reject(new Error('the connection is gone')))
    export default defineConfig({ tables: [tableConfig({ table: movie, mediaStorage: [posters] })], db })`)
  const before = await storedFiles()
  const { exitCode, stdout } = await world.run('media', 'clean', '--yes')
  expect(exitCode).toBe(1)
  expect(stdout).toBe(
    'movie.poster: The clean-up stopped: the database failed. Before that, 0 files were deleted; nothing more was. (the connection is gone)\n',
  )
  expect(await storedFiles()).toBe(before)
})
