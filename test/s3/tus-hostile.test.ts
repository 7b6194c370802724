import { afterAll, beforeAll, expect, it } from 'vitest'
import { CONTENT_CASES, type CheckedColumn, MAX_BYTES } from '../support/hostile-uploads.ts'
import { openMediaWorld } from '../support/media-world.ts'
import type { MovieWorld } from '../support/movie-admin.ts'
import { startS3MovieAdmin } from '../support/s3-movie-admin.ts'
import { requireS3Server } from '../support/s3-server.ts'
import { TusRequests } from '../support/tus-requests.ts'

const server = await requireS3Server()
const folderName = `hostile-${crypto.randomUUID()}`
const UPLOADS = '/api/media/movie/poster/uploads'
const CHECKED = { contentCheck: 'refuse', svg: 'sanitise', metadata: 'strip-location' } as const
const IMAGE_LIMITS = { maxPixels: 100_000_000 }

let world: MovieWorld
let column: CheckedColumn

beforeAll(async () => {
  world = await openMediaWorld()
  const start = (rules: { maxFileSize: number; allowedExtensions?: string[] }) =>
    startS3MovieAdmin(world, server, { folderName, ...CHECKED, imageLimits: IMAGE_LIMITS, ...rules })
  const admin = await start({ maxFileSize: MAX_BYTES })
  const stricter = await start({ maxFileSize: 100_000, allowedExtensions: ['png', 'jpg', 'mp4'] })
  const keys = () => server.objectKeys(folderName)
  column = {
    tus: new TusRequests(admin, UPLOADS),
    stricter: new TusRequests(stricter, UPLOADS),
    visible: async () => (await keys()).filter((key) => !key.includes('/.vitrine/')),
    hidden: async () => {
      const hidden = (await keys()).filter((key) => key.includes('/.vitrine/') && !/\.json$|\/unsaved\//.test(key))
      return [...hidden, ...(await server.unfinishedUploads(folderName))]
    },
    getBytes: async (fileKey) => new Uint8Array((await (await admin.poster.getFile(fileKey))?.arrayBuffer()) ?? []),
  }
})

afterAll(async () => {
  await server.removeFolder(folderName)
  await world.close()
})

it.each(CONTENT_CASES)('%s, in a bucket', async (_title, stored, check) => {
  const before = (await column.visible()).length
  await check(column)
  expect((await column.visible()).length - before).toBe(stored)
  expect(await column.hidden()).toEqual([])
})
