import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AdminServer } from 'vitrine/node'
import { openMovieWorld } from '../support/movie-world.ts'
import { type MovieWorld, startMovieAdmin } from '../support/movie-admin.ts'
import { sampleFile } from '../support/sample-files.ts'

const UPLOADS = 50
const NOTICE = 1

let world: MovieWorld

beforeAll(async () => {
  world = await openMovieWorld()
})

afterAll(() => world.close())

const startServer = async () => (await startMovieAdmin(world)).listen()

/** A load balancer: it asks each server every 100 ms whether it is ready, and shares the requests among those that are. */
async function startBalancer(servers: AdminServer[]): Promise<{ url: string; stop: () => Promise<void> }> {
  const ready = new Set(servers)
  const look = async (one: AdminServer) => {
    const isReady = await fetch(`${one.url}/api/health`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isReady) ready.add(one)
    else ready.delete(one)
  }
  const stopping = new AbortController()
  const looking = (async () => {
    while (!stopping.signal.aborted) {
      await Promise.all(servers.map(look))
      await sleep(100)
    }
  })()
  let count = 0
  const server = createServer((incoming, outgoing) => {
    const target = [...ready][count++ % ready.size]!
    const { method, headers } = incoming
    const forwarded = httpRequest(new URL(incoming.url ?? '/', target.url), { method, headers }, (reply) => {
      outgoing.writeHead(reply.statusCode ?? 502, reply.headers)
      reply.pipe(outgoing)
    })
    forwarded.once('error', () => outgoing.destroy())
    incoming.pipe(forwarded)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const stop = async () => {
    stopping.abort()
    server.close()
    await looking
  }
  return { url: `http://127.0.0.1:${port}`, stop }
}

/** An upload that takes about a second. */
async function slowUpload(url: string): Promise<number> {
  const bytes = sampleFile('jpg', 300_000)
  async function* slowly(): AsyncGenerator<Uint8Array> {
    for (let start = 0; start < bytes.byteLength; start += 30_000) {
      yield bytes.subarray(start, start + 30_000)
      await sleep(100)
    }
  }
  const response = await fetch(`${url}/api/media/movie/poster?name=slow.jpg`, {
    method: 'POST',
    headers: { cookie: world.cookie },
    body: ReadableStream.from(slowly()),
    duplex: 'half',
  })
  return response.status
}

it('lets uploads under way finish, and says that it is not ready before it stops', async () => {
  const server = await startServer()
  const upload = slowUpload(server.url)
  await sleep(200)
  const closed = server.close({ notice: NOTICE })
  const health = await fetch(`${server.url}/api/health`)
  expect(health.status).toBe(503)
  expect(health.headers.get('connection')).toBe('close')
  expect(await health.json()).toEqual({ status: 'unavailable', database: 'ready', storages: 'ready' })
  expect((await fetch(`${server.url}/api/session`, { headers: { cookie: world.cookie } })).status).toBe(200)
  await closed
  expect(await upload).toBe(201)
  await expect(fetch(`${server.url}/api/health`)).rejects.toThrow('fetch failed')
})

it('loses no upload when two servers are restarted one after the other', async () => {
  const servers = [await startServer(), await startServer()]
  const balancer = await startBalancer(servers)
  const uploads: Promise<number>[] = []
  const uploading = (async () => {
    for (let count = 0; count < UPLOADS; count += 1) {
      uploads.push(slowUpload(balancer.url).catch(() => 0))
      await sleep(60)
    }
  })()
  for (const index of [0, 1]) {
    await sleep(300)
    const old = servers[index]!
    servers.push(await startServer())
    await sleep(200)
    await old.close({ notice: NOTICE })
  }
  await uploading
  const statuses = await Promise.all(uploads)
  await balancer.stop()
  await Promise.all(servers.slice(2).map((one) => one.close()))
  const failed = statuses.filter((status) => status !== 201)
  process.stdout.write(`two servers restarted amid ${UPLOADS} uploads: ${failed.length} failed\n`)
  expect(failed).toEqual([])
})
