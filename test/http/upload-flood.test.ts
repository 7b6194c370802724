import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startAdminProcess } from '../support/admin-process.ts'
import { folderState, visibleFiles } from '../support/folder-state.ts'
import { mediaWorldIn } from '../support/media-world.ts'
import { startMovieAdmin } from '../support/movie-admin.ts'
import { floodUploads } from '../support/upload-flood.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-flood-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

it('100 aborted uploads and 40 slow ones keep nobody else from working, and leave nothing', async () => {
  const options = { uploadLimits: { perUser: 10, total: 40, timeout: 1 } }
  const server = await startAdminProcess(folder, { told: [JSON.stringify(options)] })
  const { pages, honest, slow, descriptors } = await floodUploads(server, {
    aborted: 100,
    slow: 40,
    people: 1,
    seconds: 3,
    responses: 20,
    pages: ['/api/tables/movie/schema', '/api/session'],
  })
  await server.kill('SIGTERM')
  expect([...pages.map(({ failures }) => failures), honest.refused]).toEqual([0, 0, 0])
  expect(honest.stored).toBeGreaterThanOrEqual(1)
  expect(Math.max(...pages.map(({ p99 }) => p99))).toBeLessThan(10_000)
  // Ten are taken and go on; the others were told to come again.
  expect(Object.keys(slow).toSorted()).toEqual(['429', 'none'])
  expect(slow['429']).toBeGreaterThanOrEqual(20)
  expect(descriptors.after).toBeLessThanOrEqual(descriptors.before)
  expect(await hiddenFiles()).not.toEqual([])
  expect(await leftBySweep(1)).toEqual([])
  expect(await visibleFiles(join(folder, 'trailer'))).toHaveLength(honest.stored)
  process.stdout.write(
    `S16, S18: 100 aborted uploads, 40 slow ones of one person (${slow['429']} answered 429): p99 of others ${pages.map(({ p99 }) => p99.toFixed(0)).join(' and ')} ms, ${honest.stored} uploads of another person stored; 0 descriptors, 0 files left\n`,
  )
})

/** Hidden files that are left when a server has begun after this many seconds. */
async function leftBySweep(seconds: number): Promise<string[]> {
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000 + 200))
  const world = mediaWorldIn(folder)
  await startMovieAdmin(world, { uploadExpiry: seconds })
  await world.close()
  return hiddenFiles()
}

async function hiddenFiles(): Promise<string[]> {
  const files = Object.keys(await folderState(join(folder, 'trailer/.vitrine')))
  // Whole files that no row references yet have a record of their uploader.
  return files.filter((path) => !path.startsWith('unsaved/'))
}
