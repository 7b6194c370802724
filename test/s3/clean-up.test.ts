import { assert, asyncProperty } from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CleanUpError, type DeleteUnusedFilesReport } from 'vitrine/storage'
import { S3MediaStorage } from 'vitrine/storage/s3'
import { type MovieDatabase, createMovieDatabase } from '../storage/movie-database.ts'
import { movie } from '../storage/media-tables.ts'
import { printFigure } from '../storage/print-figure.ts'
import { anySteps } from '../support/clean-up-steps.ts'
import { CleanUpWorld } from '../support/clean-up-world.ts'
import { openS3FaultWorld } from '../support/s3-fault-world.ts'
import { requireS3Server } from '../support/s3-server.ts'

const server = await requireS3Server()
let database: MovieDatabase

beforeAll(async () => {
  database = await createMovieDatabase()
})

afterAll(() => database.client.close())

it('loses no referenced file in a bucket, whatever happens, with a kill between any two steps', async () => {
  let [steps, kills] = [0, 0]
  const property = asyncProperty(anySteps, async (history) => {
    await database.db.delete(movie)
    const folderName = `clean-up-${crypto.randomUUID()}`
    const { bucketName, clientConfig } = server
    const storage = new S3MediaStorage({ column: movie.poster, bucketName, folderName, clientConfig })
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

it.each([-1440, -10, 10, 1440])(
  'takes no young file when the date of the server is %i minutes off',
  async (minutes) => {
    const world = await openS3FaultWorld(server)
    try {
      const keys: string[] = []
      for (let index = 0; index < 3; index += 1) {
        keys.push(await world.storage.storeFile('note.txt', new TextEncoder().encode('note')))
      }
      world.proxy.inject({ kind: 'shift date', milliseconds: minutes * 60_000 })
      // With a date that is far off the server may refuse the signatures: then the clean-up stops.
      const { deleted, failed } = await world.storage
        .deleteUnusedFiles(database.db, { allowEmpty: true, maxFraction: 1 })
        .catch((error: unknown) => getReport(error))
      expect({ deleted, failed }).toEqual({ deleted: 0, failed: 0 })
      expect(await world.objectKeys()).toEqual(expect.arrayContaining(keys.map((key) => `${world.folder}/${key}`)))
    } finally {
      await world.close()
    }
  },
)

function getReport(error: unknown): DeleteUnusedFilesReport {
  if (error instanceof CleanUpError && error.refusal === null) return error.report
  throw error
}
