import { afterAll, beforeAll, expect, it } from 'vitest'
import { startAdminProcess } from '../support/admin-process.ts'
import { uploadThroughKills } from '../support/killed-upload.ts'
import { openMediaWorld } from '../support/media-world.ts'
import type { MovieWorld } from '../support/movie-admin.ts'
import { sampleFile } from '../support/sample-files.ts'
import { TRAILER_UPLOADS } from '../support/tus-requests.ts'

const FILE = sampleFile('mp4', 48_000_000)

let world: MovieWorld

beforeAll(async () => {
  world = await openMediaWorld()
})

afterAll(() => world.close())

it('an upload under kill -9 and SIGTERM loses no byte that was acknowledged, and its end is that of the file', async () => {
  const { sent, ...figures } = await uploadThroughKills({
    start: () => startAdminProcess(world.folder),
    uploads: TRAILER_UPLOADS,
    cookie: world.cookie,
    file: FILE,
    piece: 5_000_000,
    kills: 4,
    signals: ['SIGKILL', 'SIGTERM'],
    longest: 150,
  })
  expect(figures).toEqual({ kills: 4, resumed: 4, lost: 0, isEqual: true })
  const again = ((sent - FILE.byteLength) / 1e6).toFixed(1)
  process.stdout.write(`R25: 4 kills amid an upload of 48 MB: 4 resumed, 0 bytes lost, ${again} MB sent again\n`)
}, 120_000)
