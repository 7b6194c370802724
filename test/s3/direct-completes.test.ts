import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DirectClient } from '../support/direct-client.ts'
import { openMediaWorld } from '../support/media-world.ts'
import type { MovieWorld } from '../support/movie-admin.ts'
import { readFiles } from '../support/read-json.ts'
import { startS3MovieAdmin } from '../support/s3-movie-admin.ts'
import { requireS3Server } from '../support/s3-server.ts'
import { sampleFile } from '../support/sample-files.ts'

const server = await requireS3Server()
const folderName = `completes-${crypto.randomUUID()}`

let world: MovieWorld

beforeAll(async () => {
  world = await openMediaWorld()
})

afterAll(async () => {
  await server.removeFolder(folderName)
  await world.close()
})

it('a direct upload is looked at once and stored once, however many say at once that it is complete', async () => {
  let looks = 0
  const verifyFile = async () => {
    looks += 1
    await sleep(500)
  }
  const servers = await Promise.all(
    [1, 2].map(
      async () =>
        new DirectClient(await startS3MovieAdmin(world, server, { folderName, uploads: 'direct', verifyFile })),
    ),
  )
  const upload = await servers[0]!.begin('a.jpg', 1000)
  await servers[0]!.sendParts(upload, sampleFile('jpg', 1000))
  const responses = await Promise.all(Array.from({ length: 8 }, (_, index) => servers[index % 2]!.complete(upload.id)))
  expect(responses.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 201))
  const keys = (await Promise.all(responses.map(readFiles))).map(([file]) => file!.fileKey)
  expect([new Set(keys).size, looks]).toEqual([1, 1])
  const left = (await server.objectKeys(folderName)).filter(
    (key) => !key.endsWith('.json') && !key.includes('/unsaved/'),
  )
  expect(left).toEqual([`${folderName}/${keys[0]}`])
})
