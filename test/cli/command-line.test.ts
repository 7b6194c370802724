import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { type CommandWorld, openCommandWorld } from './command-world.ts'

let world: CommandWorld

beforeAll(async () => {
  world = await openCommandWorld('export default defineConfig({ tables: [] })')
})

afterAll(() => world.close())

describe('the command line', () => {
  it('lists the commands', async () => {
    const { exitCode, stdout } = await world.run('--help')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^Usage: vitrine <command> \[options\]$/m)
    expect(stdout).toMatch(
      /^ {2}doctor \[table\.column \| storage \.\.\.\] +Check the database and each configured storage/m,
    )
    expect(stdout).toMatch(/^ {2}media copy <table\.column> --to <storage> +Copy every file/m)
    expect((await world.run()).stdout).toBe(stdout)
  })

  it('tells the options and exit codes of a command', async () => {
    const { exitCode, stdout } = await world.run('media', 'copy', '--help')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^ {2}--concurrency <number> +Files at a time/m)
    expect(stdout).toMatch(/^ {2}--dry-run +Change nothing/m)
    expect(stdout).toMatch(/^ {2}130 +It was stopped/m)
  })

  it('lists the commands of a group', async () => {
    const { exitCode, stdout } = await world.run('media')
    expect(exitCode).toBe(0)
    expect(stdout).toContain('media copy')
    expect(stdout).not.toContain('doctor')
  })

  it('tells its version', async () => {
    expect(await world.run('--version')).toMatchObject({ exitCode: 0, stdout: `${packageJson.version}\n` })
  })

  it.each([
    [
      ['docter'],
      'There is no command "docter": it is one of doctor, user create, user reset, media list, media check, media unused, media clean, media restore, media purge, media copy. See vitrine --help.',
    ],
    [
      ['media', 'move'],
      'There is no command "media move": it is one of media list, media check, media unused, media clean, media restore, media purge, media copy. See vitrine --help.',
    ],
    [['doctor', '--jsn'], "Unknown option '--jsn'. See vitrine doctor --help."],
    [['doctor', 'movie.poster'], 'There is no media column "movie.poster". The configuration has none.'],
    [
      ['media', 'copy', 'movie.poster'],
      'Say which column, and where to: vitrine media copy <table.column> --to <storage>.',
    ],
    [['doctor', '--config', 'nowhere.mjs'], 'There is no configuration'],
  ])('answers %j by a sentence and exit code 2', async (args, sentence) => {
    const { exitCode, stdout, stderr } = await world.run(...args)
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toContain(`vitrine: ${sentence}`)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  it.each([
    ['export const tables = []', 'must export by default what defineConfig({ tables: [...] }) gives.'],
    [
      'throw new Error("no database", { cause: new Error("ECONNREFUSED") })',
      'cannot be loaded: no database (ECONNREFUSED)',
    ],
  ])('says what is wrong with the configuration %s', async (code, sentence) => {
    await writeFile(join(world.folder, 'other.mjs'), code)
    const { exitCode, stderr } = await world.run('doctor', '--config', 'other.mjs')
    expect(exitCode).toBe(2)
    expect(stderr).toContain(`vitrine: other.mjs ${sentence}`)
  })

  it('closes what the configuration opened', async () => {
    const code = 'export default { tables: [], close: () => console.error("closed") }'
    await writeFile(join(world.folder, 'closing.mjs'), code)
    expect((await world.run('doctor', '--config', 'closing.mjs')).stderr).toBe('closed\n')
  })

  it('says what to do where nothing reads TypeScript', async () => {
    const readsTypeScript = 'typescript' in process.features && process.features.typescript !== false
    await rm(join(world.folder, 'node_modules'))
    const { exitCode, stderr } = await world.run('doctor')
    if (readsTypeScript) expect(stderr).not.toContain('npm install')
    else
      expect({ exitCode, stderr }).toEqual({
        exitCode: 2,
        stderr: expect.stringContaining('npm install --save-dev tsx'),
      })
  })
})
