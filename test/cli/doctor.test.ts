import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type CommandWorld, openCommandWorld, startCommand } from './command-world.ts'

const MOVIES = join(import.meta.dirname, '../../examples/movies')

let world: CommandWorld | undefined

afterEach(async () => {
  await world?.close()
  world = undefined
})

async function examine(config: string, ...args: string[]) {
  world = await openCommandWorld(config)
  return world.run('doctor', ...args)
}

const POSTERS = `
const poster = new LocalMediaStorage({ column: movie.poster, mediaPath: folder + '/poster' })
const tables = [tableConfig({ table: movie, mediaStorage: [poster] })]
`

describe('vitrine doctor', () => {
  it('finds the demo in order, and leaves nothing behind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vitrine-movies-'))
    const { exitCode, stdout } = await startCommand(['doctor'], MOVIES, {
      environment: { DATA_DIR: folder, S3_BUCKET: undefined },
    }).ended
    expect(stdout).toMatch(/^movie\.poster {2}file:\/\/\/.*\/movie_poster\/$/m)
    expect(stdout).toMatch(/^movie\.pressKit {2}/m)
    expect(stdout).toMatch(/^ {2}ok {6}read {14}A stored file comes back unchanged\.$/m)
    expect(stdout).toMatch(/^77 ok, 0 warnings, 0 failed$/m)
    expect(exitCode).toBe(0)
    expect(await readdir(join(folder, 'media/movie_poster'))).toEqual(['.vitrine'])
    expect(await readdir(join(folder, 'media/movie_poster/.vitrine/staging'))).toEqual([])
    await rm(folder, { recursive: true })
  })

  it('tells that a folder is gone, and how to mend it', async () => {
    const { exitCode, stdout } = await examine(`${POSTERS}
      rmSync(folder + '/poster', { recursive: true })
      export default defineConfig({ tables })`)
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/^ {2}failed {2}folder {12}The media folder of movie\.poster is not there: .* ENOENT/m)
    expect(stdout).toMatch(/To mend it: Create .*\/poster, or mount its disk/)
    expect(stdout).toMatch(/^0 ok, 0 warnings, 1 failed$/m)
  })

  it('tells that nothing can be stored', async () => {
    const { exitCode, stdout } = await examine(`${POSTERS}
      writeFileSync(folder + '/poster/.vitrine', 'in the way')
      export default defineConfig({ tables })`)
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/^ {2}failed {2}store .*could not store the file\. EEXIST/m)
    expect(stdout).not.toMatch(/^ {2}\w+ +read /m)
  })

  it('warns of a folder that everybody may write to, and counts it as no failure', async () => {
    const { exitCode, stdout } = await examine(`${POSTERS}
      chmodSync(folder + '/poster', 0o777)
      export default defineConfig({ tables })`)
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^ {2}warning folder mode {7}The folder has mode 0777\.$/m)
    expect(stdout).toContain('chmod o-w')
  })

  it('prints JSON, and looks only at the columns that are named', async () => {
    const { exitCode, stdout } = await examine(
      `${POSTERS}
      const trailer = new LocalMediaStorage({ column: movie.trailer, mediaPath: folder + '/trailer' })
      export default defineConfig({ tables: [tableConfig({ table: movie, mediaStorage: [poster, trailer] })] })`,
      'movie.trailer',
      '--json',
    )
    expect(exitCode).toBe(0)
    const report = JSON.parse(stdout)
    expect(report).toMatchObject({ ok: true, storages: [{ name: 'movie.trailer' }] })
    expect(report.storages[0].checks).toContainEqual({
      check: 'delete',
      status: 'ok',
      message: 'A file can be deleted.',
    })
  })

  it('looks at fallbacks and at storages by name, each once', async () => {
    const { stdout } = await examine(`${POSTERS}
      const next = new LocalMediaStorage({ column: movie.poster, mediaPath: folder + '/next', fallback: poster })
      const archive = new LocalMediaStorage({ column: movie.poster, mediaPath: folder + '/archive' })
      export default defineConfig({
        tables: [tableConfig({ table: movie, mediaStorage: [next] })], storages: { next, archive },
      })`)
    const names = stdout.split('\n').filter((line) => line.includes('file:///'))
    expect(names.map((line) => line.split('  ')[0])).toEqual(['movie.poster', 'movie.poster fallback', 'archive'])
    const { stdout: one } = await world!.run('doctor', 'archive')
    expect(one.split('  ')[0]).toBe('archive')
    expect(one).toMatch(/^11 ok, 0 warnings, 0 failed$/m)
  })

  it("runs a storage's own checks, and reports checks that break off", async () => {
    const { exitCode, stdout } = await examine(`
      class Lending extends LocalMediaStorage {
        async *diagnose() {
          yield { check: 'lending', status: 'warning', message: 'The desk closes early.', remedy: 'Come sooner.' }
          throw new Error('the desk is closed')
        }
      }
      const poster = new Lending({ column: movie.poster, mediaPath: folder + '/poster' })
      export default defineConfig({ tables: [tableConfig({ table: movie, mediaStorage: [poster] })] })`)
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/^ {2}warning lending {11}The desk closes early\.\n +To mend it: Come sooner\.$/m)
    expect(stdout).toMatch(/^ {2}failed {2}diagnosis {9}The checks broke off: the desk is closed$/m)
  })
})
