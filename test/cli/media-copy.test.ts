import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sealedBytes } from '../storage/sealed-bytes.ts'
import { type CommandWorld, filesIn, openCommandWorld } from './command-world.ts'

const FILES = 24

/** `movie.poster` in the folder `old`; `next` and others to copy to. */
const CONFIG = `
class Slow extends LocalMediaStorage {
  async writeFile(key, chunks, options) {
    async function* slowly() {
      for await (const chunk of chunks) {
        yield chunk
        await setTimeout(60)
      }
    }
    await super.writeFile(key, slowly(), options)
  }
}
/** Flips a bit of each file whose key says so. */
class Damaging extends LocalMediaStorage {
  async writeFile(key, chunks, options) {
    async function* damaged() {
      for await (const chunk of chunks) {
        const copy = chunk.slice()
        if (key.startsWith('unlucky')) copy[0] ^= 1
        yield copy
      }
    }
    await super.writeFile(key, damaged(), options)
  }
}
const column = movie.poster
const old = new LocalMediaStorage({ column, mediaPath: folder + '/old' })
const next = new LocalMediaStorage({ column, mediaPath: folder + '/next' })
const storages = {
  next, old,
  slow: new Slow({ column, mediaPath: folder + '/slow' }),
  damaging: new Damaging({ column, mediaPath: folder + '/damaging' }),
  small: new LocalMediaStorage({ column, mediaPath: folder + '/small', maxFileSize: 50_000 }),
  inside: new LocalMediaStorage({ column, mediaPath: folder + '/old/inside' }),
  trailers: new LocalMediaStorage({ column: movie.trailer, mediaPath: folder + '/trailers' }),
}
export default defineConfig({ tables: [tableConfig({ table: movie, mediaStorage: [old] })], storages })
`

let world: CommandWorld

beforeEach(async () => {
  world = await openCommandWorld(CONFIG)
  await mkdir(place('old'))
  for (let seed = 1; seed <= FILES; seed += 1)
    await writeFile(place('old', getKey(seed)), sealedBytes(40_000 + seed, seed))
})

afterEach(() => world.close())

const place = (...names: string[]) => join(world.folder, ...names)

function getKey(seed: number, name = 'poster'): string {
  return `${name}-3beac950-7721-46c9-9e7d-${String(seed).padStart(12, '0')}.jpg`
}

function copy(to: string, ...args: string[]) {
  return world.run('media', 'copy', 'movie.poster', '--to', to, ...args)
}

async function copyWithReport(to: string, ...args: string[]) {
  const { exitCode, stdout, stderr } = await copy(to, '--json', ...args)
  return { exitCode, stderr, report: JSON.parse(stdout) }
}

describe('vitrine media copy', () => {
  it('copies every file under its key, and a second run has nothing to do', async () => {
    const first = await copy('next')
    expect(first).toMatchObject({
      exitCode: 0,
      stdout: 'Done: 24 files, 24 copied (1.0 MB), 0 there already, 0 failed.\n',
    })
    expect(first.stderr).toMatch(/^Copying: movie\.poster from file:\/\/\/.*\/old\/ to file:\/\/\/.*\/next\/\n$/)
    expect(await filesIn(place('next'))).toEqual(await filesIn(place('old')))
    expect((await copy('next', '--concurrency', '1')).stdout).toBe(
      'Done: 24 files, 0 copied (0.0 MB), 24 there already, 0 failed.\n',
    )
  })

  it('changes nothing in a dry run', async () => {
    const { exitCode, stdout } = await copy('next', '--dry-run')
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: 'Done: 24 of 24 files are to be copied (1.0 MB), 0 differ.\n',
    })
    expect(await readdir(place('next'))).toEqual([])
  })

  it('goes on after it was killed in the middle, and leaves no half file', async () => {
    const killed = world.start('media', 'copy', 'movie.poster', '--to', 'slow')
    await until(async () => Object.keys(await filesIn(place('slow'))).length >= 4)
    killed.signal('SIGKILL')
    expect((await killed.ended).exitCode).toBeNull()
    const before = await filesIn(place('slow'))
    const originals = await filesIn(place('old'))
    expect(Object.keys(before).length).toBeLessThan(FILES)
    for (const [key, hash] of Object.entries(before)) expect(originals[key]).toBe(hash)

    const { exitCode, report } = await copyWithReport('slow')
    const present = Object.keys(before).length
    expect({ exitCode, ...report }).toMatchObject({ exitCode: 0, examined: FILES, present, copied: FILES - present })
    expect(await filesIn(place('slow'))).toEqual(originals)
    expect(await readdir(place('slow', '.vitrine', 'staging'))).toEqual([])
  })

  it('stops in order at Ctrl+C, with a report', async () => {
    const stopped = world.start('media', 'copy', 'movie.poster', '--to', 'slow', '--json')
    await until(async () => Object.keys(await filesIn(place('slow'))).length >= 4)
    stopped.signal('SIGINT')
    const { exitCode, stdout } = await stopped.ended
    const report = JSON.parse(stdout)
    expect(exitCode).toBe(130)
    expect(report).toMatchObject({ interrupted: true, failed: 0 })
    expect(report.copied).toBeLessThan(FILES)
    expect(Object.keys(await filesIn(place('slow')))).toHaveLength(report.copied)
    expect(await readdir(place('slow', '.vitrine', 'staging'))).toEqual([])
  })

  it('reports a copy that comes out damaged, takes it away, and goes on with the others', async () => {
    const key = getKey(99, 'unlucky')
    await writeFile(place('old', key), sealedBytes(1000, 99))
    const { exitCode, stderr, report } = await copyWithReport('damaging')
    const message = 'The copy has other bytes than the original.'
    expect(exitCode).toBe(1)
    expect(report).toMatchObject({ examined: 25, copied: 24, failed: 1, failures: [{ key, message }] })
    expect(stderr).toContain(`failed ${key}: ${message}\n`)
    expect(await readdir(place('damaging'))).not.toContain(key)
    expect(await readFile(place('old', key))).toEqual(sealedBytes(1000, 99))
  })

  it('reports what is there with another size, or with --verify with other bytes, and touches neither', async () => {
    await copy('next')
    await writeFile(place('next', getKey(1)), 'cut')
    const changed = sealedBytes(40_002, 2)
    changed[20_000]! ^= 1
    await writeFile(place('next', getKey(2)), changed)
    const quick = await copyWithReport('next')
    expect(quick).toMatchObject({ exitCode: 1, report: { present: 23, failed: 1, failures: [{ key: getKey(1) }] } })
    const careful = await copyWithReport('next', '--verify')
    expect(careful).toMatchObject({ exitCode: 1, report: { verified: 22, present: 0, failed: 2 } })
    expect(careful.stderr).toContain(`failed ${getKey(2)}: The target has other bytes under this key.`)
    expect(await readFile(place('next', getKey(1)), 'utf8')).toBe('cut')
    expect(await readFile(place('old', getKey(1)))).toEqual(sealedBytes(40_001, 1))
  })

  it('reports files that the target does not take, and goes on with the others', async () => {
    await writeFile(place('old', getKey(99)), sealedBytes(60_000, 99))
    await writeFile(place('old', 'page.html'), '<p>')
    const { exitCode, report } = await copyWithReport('small')
    expect({ exitCode, ...report }).toMatchObject({ exitCode: 1, examined: 26, copied: 24, failed: 2 })
    const messages = new Map(
      report.failures.map((failure: { key: string; message: string }) => [failure.key, failure.message]),
    )
    expect(messages.get(getKey(99))).toContain('too large: at most 50 kB')
    expect(messages.get('page.html')).toContain('the extension "html" is not one of')
  })

  it('copies what the fallback has when the application uses the target already', async () => {
    await world.configure(`
      const column = movie.poster
      const old = new LocalMediaStorage({ column, mediaPath: folder + '/old' })
      const next = new LocalMediaStorage({ column, mediaPath: folder + '/next', fallback: old })
      export default defineConfig({ tables: [tableConfig({ table: movie, mediaStorage: [next] })], storages: { next } })`)
    const { exitCode, report } = await copyWithReport('next')
    expect({ exitCode, ...report }).toMatchObject({ exitCode: 0, copied: FILES, present: 0 })
    expect(await filesIn(place('next'))).toEqual(await filesIn(place('old')))
  })

  it('leaves no copy of a file that is deleted while it is copied', async () => {
    await world.configure(`
      const column = movie.poster
      const old = new LocalMediaStorage({ column, mediaPath: folder + '/old' })
      class Meddled extends LocalMediaStorage {
        async writeFile(key, chunks, options) {
          await super.writeFile(key, chunks, options)
          if (key.endsWith('1.jpg')) rmSync(folder + '/old/' + key)
        }
      }
      const next = new Meddled({ column, mediaPath: folder + '/next', fallback: old })
      export default defineConfig({ tables: [tableConfig({ table: movie, mediaStorage: [next] })], storages: { next } })`)
    const { exitCode, report } = await copyWithReport('next')
    expect({ exitCode, ...report }).toMatchObject({ exitCode: 0, copied: FILES - 3, gone: 3 })
    expect(await filesIn(place('next'))).toEqual(await filesIn(place('old')))
  })

  it('tells why the listing broke off', async () => {
    await rm(place('old'), { recursive: true })
    await world.configure(`${CONFIG}\nrmSync(folder + '/old', { recursive: true })`)
    const { exitCode, stderr } = await copy('next')
    expect(exitCode).toBe(1)
    expect(stderr).toContain(
      'not all files could be listed: The media folder of movie.poster is not there: another folder, or none, is in its place.',
    )
  })

  it.each([
    [
      'nowhere',
      [],
      'There is no storage "nowhere" in the configuration. There are next, old, slow, damaging, small, inside, trailers.',
    ],
    ['old', [], 'The files of movie.poster are in the target already'],
    ['inside', [], 'The files of movie.poster are in the target already'],
    ['trailers', [], 'The target is for another column than movie.poster'],
    ['next', ['--concurrency', '0'], '--concurrency is 0, and must be a whole number from 1 to 64.'],
  ])('refuses to copy to %s %j', async (to, args, sentence) => {
    const { exitCode, stderr } = await copy(to, ...args)
    expect(exitCode).toBe(2)
    expect(stderr).toContain(`vitrine: ${sentence}`)
  })
})

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition().catch(() => false))) await setTimeout(20)
}
