import type { AdminServer } from 'vitrine/node'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { openMediaWorld } from '../support/media-world.ts'
import { type MovieWorld, startMovieAdmin } from '../support/movie-admin.ts'
import { openDescriptors, settledDescriptors } from '../support/open-descriptors.ts'
import { RawConnection, sendRaw } from '../support/raw-connection.ts'
import { sampleFile } from '../support/sample-files.ts'

/** Longer than what sockets take on without a reader. */
const FILE = sampleFile('mp4', 16_000_000)

let world: MovieWorld
let server: AdminServer
let request: string
let base: number

beforeAll(async () => {
  world = await openMediaWorld()
  const admin = await startMovieAdmin(world)
  server = await admin.listen()
  const fileKey = await admin.storages.trailer.storeFile('trailer.mp4', FILE)
  request = `GET /api/media/movie/trailer/${fileKey} HTTP/1.1\r\nHost: admin.test\r\nCookie: ${world.cookie}\r\n\r\n`
})

afterAll(async () => {
  await server.close()
  await world.close()
})

beforeEach(async () => {
  await sendRaw(server.url, 'GET / HTTP/1.1\r\nHost: admin.test\r\nConnection: close\r\n\r\n')
  base = await openDescriptors()
})

async function openAll(count: number, write: string): Promise<RawConnection[]> {
  const connections = await Promise.all(Array.from({ length: count }, () => RawConnection.open(server.url)))
  await Promise.all(connections.map((connection) => connection.write(write)))
  return connections
}

it('300 downloads that are aborted leave no descriptor open', async () => {
  for (let round = 0; round < 6; round += 1) {
    const connections = await openAll(50, request)
    await Promise.all(
      connections.slice(0, 25).map((connection) => connection.response().then(() => connection.pause())),
    )
    for (const connection of connections) connection.destroy()
  }
  expect(await settledDescriptors(base)).toBeLessThanOrEqual(base)
})

it('readers that stop reading are waited for without reading on, and let go of when they leave', async () => {
  const connections = await openAll(20, request)
  for (const connection of connections) connection.pause()
  const before = process.memoryUsage().arrayBuffers
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64_000_000)
  for (const connection of connections) connection.destroy()
  expect(await settledDescriptors(base)).toBeLessThanOrEqual(base)
})

it('requests sent one behind the other and then abandoned leave no descriptor open', async () => {
  const connections = await openAll(10, request.repeat(8))
  for (const connection of connections) connection.pause()
  await new Promise((resolve) => setTimeout(resolve, 300))
  for (const connection of connections) connection.destroy()
  expect(await settledDescriptors(base)).toBeLessThanOrEqual(base)
})
