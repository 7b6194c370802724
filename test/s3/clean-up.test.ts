import { assert, asyncProperty } from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { S3MediaStorage } from 'vitrine/storage/s3'
import { type FilmDatabase, createFilmDatabase } from '../storage/film-database.ts'
import { film } from '../storage/media-tables.ts'
import { printFigure } from '../storage/print-figure.ts'
import { anySteps } from '../support/clean-up-steps.ts'
import { CleanUpWorld } from '../support/clean-up-world.ts'
import { requireS3Server } from '../support/s3-server.ts'

const server = await requireS3Server()
let database: FilmDatabase

beforeAll(async () => {
  database = await createFilmDatabase()
})

afterAll(() => database.client.close())

it('loses no referenced file in a bucket, whatever happens, with a kill between any two steps', async () => {
  let [steps, kills] = [0, 0]
  const property = asyncProperty(anySteps, async (history) => {
    await database.db.delete(film)
    const folderName = `clean-up-${crypto.randomUUID()}`
    const { bucketName, clientConfig } = server
    const storage = new S3MediaStorage({ column: film.poster, bucketName, folderName, clientConfig })
    const world = new CleanUpWorld(storage, database.db)
    try {
      for (const step of history) await world.take(step)
      await world.settle()
    } finally {
      await server.removeFolder(folderName)
    }
    steps += world.figures.steps
    kills += world.figures.kills
  })
  await assert(property, { numRuns: 2, seed: 20_261_123 })
  expect(steps).toBeGreaterThan(10)
  printFigure(`clean-up in a bucket: 2 histories, ${steps} steps, ${kills} kills, 0 referenced files lost`)
}, 120_000)
