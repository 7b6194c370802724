import { createHash } from 'node:crypto'
import { get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AdminServer } from 'vitrine/node'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openMediaWorld } from '../support/media-world.ts'
import { type MovieWorld, startMovieAdmin } from '../support/movie-admin.ts'
import { sampleFile } from '../support/sample-files.ts'

/** Of each pace: together more than there are large buffers to send from, so that small ones are lent too. */
const READERS = 20
const FILES = 6

let world: MovieWorld
let server: AdminServer
/** Path and checksum of each file. */
const files: { path: string; hash: string }[] = []

beforeAll(async () => {
  world = await openMediaWorld()
  const admin = await startMovieAdmin(world)
  server = await admin.listen()
  for (let index = 0; index < FILES; index += 1) {
    const bytes = sampleFile('mp4', 5_000_000 + index * 100_003).fill(index + 1, 64)
    const fileKey = await admin.storages.trailer.storeFile('trailer.mp4', bytes)
    files.push({ path: `/api/media/movie/trailer/${fileKey}`, hash: createHash('sha256').update(bytes).digest('hex') })
  }
})

afterAll(async () => {
  await server.close()
  await world.close()
})

/** The checksum of what arrives; `null` when it was left after the first bytes. */
function download(path: string, pace: 'at once' | 'slowly' | 'not to its end'): Promise<string | null> {
  return new Promise((resolve, reject) => {
    get(`${server.url}${path}`, { headers: { cookie: world.cookie }, agent: false }, (response) => {
      void (async () => {
        const hash = createHash('sha256')
        for await (const chunk of response) {
          hash.update(chunk)
          if (pace === 'not to its end') return resolve(null)
          if (pace === 'slowly') await sleep(5)
        }
        resolve(hash.digest('hex'))
      })().catch(reject)
    }).on('error', reject)
  })
}

it('many who read at once, slowly or not to the end each get the bytes of their own file', async () => {
  const paces = ['at once', 'slowly', 'not to its end'] as const
  const got = await Promise.all(
    Array.from({ length: READERS * 3 }, async (_, index) => {
      const file = files[index % FILES]!
      await sleep(index * 3)
      const hash = await download(file.path, paces[index % paces.length]!)
      if (hash === null) return 'left'
      return hash === file.hash ? 'own bytes' : 'other bytes'
    }),
  )
  expect(got.filter((one) => one === 'left')).toHaveLength(READERS)
  expect(got.filter((one) => one === 'own bytes')).toHaveLength(READERS * 2)
})
