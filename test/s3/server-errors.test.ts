import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MediaStorageError } from 'vitrine/storage'
import type { S3MediaStorage } from 'vitrine/storage/s3'
import { openS3FaultWorld, type S3FaultWorld } from '../support/s3-fault-world.ts'
import type { S3Operation } from '../support/s3-operation.ts'
import { requireS3Server } from '../support/s3-server.ts'
import { sampleFile } from '../support/sample-files.ts'

const server = await requireS3Server()

const small = sampleFile('jpg', 1000)
/** A part and a byte. */
const large = sampleFile('jpg', 8 * 1024 * 1024 + 1)

interface Attempt {
  operation: S3Operation
  /** As it stands in the message. */
  words: string
  run: (storage: S3MediaStorage, key: string) => Promise<unknown>
}

const ATTEMPTS: Attempt[] = [
  { operation: 'put', words: 'store the file', run: (storage) => storage.storeFile('a.jpg', small) },
  { operation: 'create', words: 'begin an upload', run: (storage) => storage.storeFile('a.jpg', large) },
  { operation: 'part', words: 'store a part', run: (storage) => storage.storeFile('a.jpg', large) },
  { operation: 'complete', words: 'complete the upload', run: (storage) => storage.storeFile('a.jpg', large) },
  { operation: 'head', words: 'look for the file', run: (storage, key) => storage.getFile(key) },
  { operation: 'get', words: 'read the file', run: async (storage, key) => (await storage.getFile(key))!.text() },
  { operation: 'list', words: 'list the files', run: (storage) => storage.getFileKeys().next() },
  { operation: 'delete', words: 'delete the file', run: (storage, key) => storage.deleteFile(key) },
]

const STATUSES = [
  { status: 500, code: 'InternalError' },
  { status: 503, code: 'SlowDown' },
]

describe.concurrent.each(ATTEMPTS)('$operation', (attempt) => {
  const { operation } = attempt
  let world: S3FaultWorld
  let key: string
  beforeAll(async () => {
    world = await openS3FaultWorld(server)
    key = await world.storage.storeFile('there.jpg', small)
  })
  afterAll(() => world.close())

  // One behind the other: they share a proxy.
  it(
    'succeeds after one or two answers 500 or 503, and gives up after five or more',
    { timeout: 120_000 },
    async () => {
      const outcomes: string[] = []
      for (const { status, code } of STATUSES) {
        for (const times of [1, 2, 5, Infinity]) {
          world.proxy.reset()
          world.proxy.inject({ kind: 'answer', status, code, operation, times })
          const start = performance.now()
          const outcome = await attempt.run(world.storage, key).then(() => 'success', describeFailure)
          const tries = world.proxy.seen.filter((one) => one === operation).length
          expect(performance.now() - start).toBeLessThan(30_000)
          outcomes.push(`${code} x ${times}: ${outcome}, ${tries} tries`)
        }
      }
      const failure = `STORAGE_FAILURE The bucket ${server.bucketName} at ${new URL(world.proxy.endpoint).host} could not ${attempt.words}`
      // The file has two parts, and each is tried for itself.
      const tries = operation === 'part' ? [3, 4, 6] : [2, 3, 3]
      // The answer to HEAD has no body to name a reason.
      const [first, second] = operation === 'head' ? ['status 500', 'status 503'] : ['InternalError', 'SlowDown']
      expect(outcomes).toEqual([
        `InternalError x 1: success, ${tries[0]} tries`,
        `InternalError x 2: success, ${tries[1]} tries`,
        `InternalError x 5: ${failure}: ${first}., ${tries[2]} tries`,
        `InternalError x Infinity: ${failure}: ${first}., ${tries[2]} tries`,
        `SlowDown x 1: success, ${tries[0]} tries`,
        `SlowDown x 2: success, ${tries[1]} tries`,
        `SlowDown x 5: ${failure}: ${second}., ${tries[2]} tries`,
        `SlowDown x Infinity: ${failure}: ${second}., ${tries[2]} tries`,
      ])
      expect(await world.unfinishedUploads()).toEqual([])
    },
  )
})

function describeFailure(error: unknown): string {
  if (!(error instanceof MediaStorageError)) return `not a MediaStorageError: ${String(error)}`
  expect(JSON.stringify(error.message)).not.toContain(server.secretAccessKey)
  return `${error.code} ${error.message}`
}

it('fails an upload of which a part was lost while the next one was awaited', async () => {
  const world = await openS3FaultWorld(server)
  world.proxy.inject({ kind: 'answer', status: 403, code: 'AccessDenied', operation: 'part', times: 1 })
  await expect(world.storage.storeFile('a.jpg', slowBody())).rejects.toThrow('could not store a part: AccessDenied.')
  expect(await world.objectKeys()).toEqual([])
  expect(await world.unfinishedUploads()).toEqual([])
  await world.close()
})

async function* slowBody(): AsyncGenerator<Uint8Array> {
  yield large
  await new Promise((resolve) => setTimeout(resolve, 1500))
  yield large
}
