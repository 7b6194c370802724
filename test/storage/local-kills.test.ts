import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { bundleProgram } from './bundle-program.ts'
import { ChildProgram } from './child-program.ts'
import { movie } from './media-tables.ts'
import { printFigure } from './print-figure.ts'
import { isWhole } from './sealed-bytes.ts'
import { makeTemporaryFolder, removeFolder, stagedNames } from './temporary-folder.ts'
import { ANY_CONTENT } from '../support/any-content.ts'

const KILLS = 24

/** A kill comes at most so many milliseconds after the first upload began: long enough for several to end. */
const MAX_LIFETIME = 150

let program: string
let mediaPath: string

beforeAll(async () => {
  program = await bundleProgram('uploading-program.ts')
})

afterAll(() => removeFolder(dirname(program)))

beforeEach(async () => {
  mediaPath = await makeTemporaryFolder()
})

afterEach(() => removeFolder(mediaPath))

function startUploads(mode = ''): ChildProgram {
  return new ChildProgram(process.execPath, [program, mediaPath, '100000', mode])
}

function openStorage(): LocalMediaStorage {
  return new LocalMediaStorage({ column: movie.poster, ...ANY_CONTENT, mediaPath })
}

describe('a process that is killed while it uploads', () => {
  it(`tears and loses no file in ${KILLS} kills, and what it leaves is swept`, async () => {
    const figures = { stored: 0, visible: 0, torn: 0, lost: 0, staged: 0, notSwept: 0 }
    for (let round = 0; round < KILLS; round += 1) {
      const answered = await killAfter(Math.random() * MAX_LIFETIME)
      const visible = new Set<string>()
      for await (const key of openStorage().getFileKeys()) visible.add(key)
      for (const key of visible) if (!isWhole(await readFile(join(mediaPath, key)))) figures.torn += 1
      figures.stored += answered.length
      figures.visible += visible.size
      figures.lost += answered.filter((key) => !visible.has(key)).length
      figures.staged += (await stagedNames(mediaPath)).length
      await openStorage().sweep()
      figures.notSwept += (await stagedNames(mediaPath)).length
      await openStorage().bulkDeleteFiles(visible)
    }
    const { stored, visible, torn, lost, staged, notSwept } = figures
    printFigure(
      `kill -9: torn or lost ${torn + lost} of ${KILLS} kills; ${stored} answered, ${visible} visible, ${staged} staged, ${notSwept} left after sweep`,
    )
    expect({ torn, lost, notSwept }).toEqual({ torn: 0, lost: 0, notSwept: 0 })
    // Otherwise the kills came where there was nothing to tear.
    expect(stored).toBeGreaterThan(0)
    expect(staged).toBeGreaterThan(0)
  }, 120_000)

  it('leaves an unfinished file that no listing shows and the next sweep removes', async () => {
    const child = startUploads('pause')
    await child.waitFor('paused')
    await child.kill()
    expect(await stagedNames(mediaPath)).toHaveLength(1)
    const storage = openStorage()
    for await (const key of storage.getFileKeys()) expect.unreachable(key)
    await storage.sweep()
    expect(await stagedNames(mediaPath)).toEqual([])
  })
})

describe('a sweep', () => {
  it('leaves the uploads of living processes alone, also while others have died', async () => {
    const [living, dying] = [startUploads('pause'), startUploads('pause')]
    await Promise.all([living.waitFor('paused'), dying.waitFor('paused')])
    await dying.kill()
    expect(await stagedNames(mediaPath)).toHaveLength(2)
    await openStorage().sweep()
    expect(await stagedNames(mediaPath)).toHaveLength(1)

    living.tell('go on')
    await living.waitFor('stored ')
    await living.kill()
    const key = living.lines.find((line) => line.startsWith('stored '))!.slice('stored '.length)
    expect(isWhole(await readFile(join(mediaPath, key)))).toBe(true)
  })
})

/** Lets a process upload for so long; gives the keys it had answered when it was killed. */
async function killAfter(milliseconds: number): Promise<string[]> {
  const child = startUploads()
  await child.waitFor('ready')
  await setTimeout(milliseconds)
  await child.kill()
  return child.lines.filter((line) => line.startsWith('stored ')).map((line) => line.slice('stored '.length))
}
