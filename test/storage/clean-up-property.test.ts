import { assert, asyncProperty } from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MediaStorage } from 'vitrine/storage'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { MemoryMediaStorage } from '../../examples/memory-storage/memory-media-storage.ts'
import { CleanUpWorld } from '../support/clean-up-world.ts'
import { anySteps } from '../support/clean-up-steps.ts'
import { type MovieDatabase, createMovieDatabase } from './movie-database.ts'
import { movie } from './media-tables.ts'
import { printFigure } from './print-figure.ts'
import { makeTemporaryFolder, removeFolder } from './temporary-folder.ts'

let database: MovieDatabase

beforeAll(async () => {
  database = await createMovieDatabase()
})

afterAll(() => database.client.close())

describe('whatever happens, in whatever order, with a kill between any two steps', () => {
  it.each([
    [
      'in memory',
      40,
      async () => ({ storage: new MemoryMediaStorage({ column: movie.poster }), remove: async () => {} }),
    ],
    ['in a folder', 20, openFolder],
  ] as const)(
    '%s no referenced file is lost, unused ones go, and undo brings their bytes back',
    async (...given) => {
      const [title, numRuns, open] = given
      const figures = { steps: 0, kills: 0, deleted: 0, restored: 0, purged: 0 }
      const property = asyncProperty(anySteps, async (steps) => {
        await database.db.delete(movie)
        const { storage, remove } = await open()
        const world = new CleanUpWorld(storage, database.db)
        try {
          for (const step of steps) await world.take(step)
          await world.settle()
        } finally {
          await remove()
        }
        for (const [name, value] of Object.entries(world.figures)) figures[name as keyof typeof figures] += value
      })
      await assert(property, { numRuns, seed: 20_261_123 })
      expect(figures.kills).toBeGreaterThan(10)
      printFigure(`clean-up ${title}: ${numRuns} histories, ${JSON.stringify(figures)}, 0 referenced files lost`)
    },
    120_000,
  )
})

async function openFolder(): Promise<{ storage: MediaStorage; remove: () => Promise<void> }> {
  const mediaPath = await makeTemporaryFolder()
  return { storage: new LocalMediaStorage({ column: movie.poster, mediaPath }), remove: () => removeFolder(mediaPath) }
}
