import { afterAll, describe, expect, it, vi } from 'vitest'
import { MediaStorageError } from 'vitrine/storage'
import { openS3FaultWorld, type S3FaultWorld } from '../support/s3-fault-world.ts'
import { requireS3Server } from '../support/s3-server.ts'
import { sampleFile } from '../support/sample-files.ts'

const server = await requireS3Server()

const small = sampleFile('jpg', 300_000)
const large = sampleFile('jpg', 8 * 1024 * 1024 + 1)

/** As it comes the storage waits 4 s for a byte, which is proved once below. */
const impatient = { requestHandler: { socketTimeout: 700 } }

const worlds: S3FaultWorld[] = []
const openWorld = async (options: Parameters<typeof openS3FaultWorld>[1] = {}) => {
  const world = await openS3FaultWorld(server, options)
  worlds.push(world)
  return world
}

afterAll(async () => {
  for (const world of worlds) await world.close()
})

/** The SDK destroys the connection of a time-out, and tells now the one and now the other. */
const TIMED_OUT = /: (TimeoutError|ECONNRESET)\.$/

/** The error of an attempt, and how many seconds it took to come. */
async function getFailure(attempt: Promise<unknown>): Promise<{ message: string; seconds: number }> {
  const start = performance.now()
  const error: unknown = await attempt.catch((reason: unknown) => reason)
  if (!(error instanceof MediaStorageError)) throw new Error(`Not a MediaStorageError: ${String(error)}`)
  return { message: error.message, seconds: (performance.now() - start) / 1000 }
}

describe.concurrent('a server that says nothing, with the timeouts as they come,', () => {
  it.each([
    ['list', 'list the files', (world: S3FaultWorld) => world.storage.getFileKeys().next()],
    ['part', 'store a part', (world: S3FaultWorld) => world.storage.storeFile('a.jpg', large)],
  ] as const)('gives an error in less than 30 s to %s', { timeout: 60_000 }, async (operation, words, run) => {
    const world = await openWorld()
    world.proxy.inject({ kind: 'stall', operation })
    // The upload is given up, and that is not answered either.
    world.proxy.inject({ kind: 'stall', operation: 'abort' })
    const { message, seconds } = await getFailure(run(world))
    expect(message).toContain(
      `The bucket ${server.bucketName} at ${new URL(world.proxy.endpoint).host} could not ${words}`,
    )
    expect(message).toMatch(TIMED_OUT)
    expect(seconds).toBeLessThan(30)
    expect(seconds).toBeGreaterThan(11)
  })

  it('gives an error in less than 30 s when it falls silent in the middle of a file', { timeout: 60_000 }, async () => {
    const world = await openWorld()
    const file = (await world.storage.getFile(await world.storage.storeFile('a.jpg', small)))!
    world.proxy.inject({ kind: 'stall answer', after: 100_000, operation: 'get', times: 1 })
    world.proxy.inject({ kind: 'stall answer', after: 0, operation: 'get' })
    const { message, seconds } = await getFailure(file.arrayBuffer())
    expect(message).toContain('could not read the file')
    expect(message).toMatch(TIMED_OUT)
    expect(seconds).toBeLessThan(30)
  })
})

describe.concurrent('a server that says nothing', () => {
  it('to an upload, a download and a completion leaves no connection open and nothing visible', async () => {
    const world = await openWorld({ clientConfig: impatient })
    const file = (await world.storage.getFile(await world.storage.storeFile('a.jpg', small)))!
    const stalled = ['put', 'part', 'complete', 'get'] as const
    for (const operation of stalled) world.proxy.inject({ kind: 'stall', operation })
    const attempts = [
      world.storage.storeFile('b.jpg', small),
      world.storage.storeFile('c.jpg', large),
      world.storage.storeFile('d.jpg', new Blob([large, large])),
      file.arrayBuffer(),
    ]
    for (const { message } of await Promise.all(attempts.map(getFailure))) expect(message).toMatch(TIMED_OUT)
    await vi.waitFor(() => expect(world.busyConnections()).toBe(0), 30_000)
    expect(await world.objectKeys()).toEqual([`${world.folder}/${file.key}`])
    expect(await world.unfinishedUploads()).toEqual([])
  })

  it('once in the middle of a file is asked again for the rest', async () => {
    const world = await openWorld({ clientConfig: impatient })
    const file = (await world.storage.getFile(await world.storage.storeFile('a.jpg', small)))!
    world.proxy.inject({ kind: 'stall answer', after: 100_000, operation: 'get', times: 2 })
    expect(Buffer.from(await file.arrayBuffer()).equals(small)).toBe(true)
    expect(world.proxy.seen.filter((one) => one === 'get')).toHaveLength(3)
  })

  it('to some requests does not hold up the others', async () => {
    const world = await openWorld()
    const file = (await world.storage.getFile(await world.storage.storeFile('a.jpg', small)))!
    world.proxy.inject({ kind: 'stall', operation: 'get', times: 60 })
    const stalled = Array.from({ length: 60 }, () => file.stream().getReader())
    const reading = stalled.map((reader) => reader.read())
    await vi.waitFor(() => expect(world.proxy.seen.filter((one) => one === 'get')).toHaveLength(60), 30_000)
    const start = performance.now()
    expect(Buffer.from(await file.arrayBuffer()).equals(small)).toBe(true)
    expect(performance.now() - start).toBeLessThan(10_000)
    await Promise.all(stalled.map((reader) => reader.cancel()))
    await Promise.all(reading)
    await vi.waitFor(() => expect(world.busyConnections()).toBe(0), 30_000)
  })
})

describe.concurrent('a reader that pauses', () => {
  it('longer than a connection may be silent gets the rest all the same', async () => {
    const world = await openWorld({ clientConfig: impatient })
    const bytes = sampleFile('mp4', 6_000_000)
    const file = (await world.storage.getFile(await world.storage.storeFile('a.mp4', bytes)))!
    const reader = file.stream().getReader()
    const pieces = [(await reader.read()).value!]
    await vi.waitFor(() => expect(world.busyConnections()).toBe(0), 30_000)
    for (let next = await reader.read(); !next.done; next = await reader.read()) pieces.push(next.value)
    expect(Buffer.concat(pieces).equals(bytes)).toBe(true)
  })

  it('and leaves lets the connection go', async () => {
    const world = await openWorld()
    const file = (await world.storage.getFile(await world.storage.storeFile('a.mp4', sampleFile('mp4', 6_000_000))))!
    const reader = file.stream().getReader()
    await reader.read()
    await reader.cancel()
    await vi.waitFor(() => expect(world.busyConnections()).toBe(0), 30_000)
  })
})

it.concurrent('a server at 100 kB a second is waited for', async () => {
  const world = await openWorld({ clientConfig: impatient })
  const file = (await world.storage.getFile(await world.storage.storeFile('a.jpg', small)))!
  world.proxy.inject({ kind: 'throttle', bytesPerSecond: 100_000, operation: 'get' })
  expect(Buffer.from(await file.arrayBuffer()).equals(small)).toBe(true)
  expect(world.proxy.seen.filter((one) => one === 'get')).toHaveLength(1)
})
