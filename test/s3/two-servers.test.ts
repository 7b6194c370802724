import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AdminServer } from 'vitrine/node'
import { openMovieWorld, type SignedInWorld } from '../support/movie-world.ts'
import { readFiles, readJson } from '../support/read-json.ts'
import { startS3MovieAdmin } from '../support/s3-movie-admin.ts'
import { requireS3Server } from '../support/s3-server.ts'
import { sampleFile } from '../support/sample-files.ts'

const server = await requireS3Server()
const folderName = `two-servers-${crypto.randomUUID()}`
const POSTER = '/api/media/movie/poster'

/** Two servers on two ports, each with an admin, storages and clients of its own, on one database and one bucket. */
let servers: AdminServer[]
let world: SignedInWorld
/** Sends a request to the one server and the next one to the other. */
let alternate: (path: string, init?: RequestInit) => Promise<Response>

beforeAll(async () => {
  world = await openMovieWorld()
  const start = async () => (await startS3MovieAdmin(world, server, { folderName })).listen()
  servers = [await start(), await start()]
  let count = 0
  alternate = (path, init = {}) =>
    fetch(`${servers[count++ % 2]!.url}${path}`, {
      ...init,
      headers: { cookie: world.cookie, ...Object.fromEntries(new Headers(init.headers)) },
    })
})

afterAll(async () => {
  await Promise.all(servers.map((one) => one.close()))
  await server.removeFolder(folderName)
  await world.close()
})

const json = (body: unknown) => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

describe('two servers on one database and one bucket', () => {
  it('take the requests of one session in turn: upload, save, read, change, delete', async () => {
    for (let round = 0; round < 3; round += 1) {
      const bytes = sampleFile('jpg', 50_000 + round)
      const [file] = await readFiles(await alternate(`${POSTER}?name=a.jpg`, { method: 'POST', body: bytes }))
      const created = await alternate('/api/tables/movie/rows', {
        method: 'POST',
        ...json({ title: `Round ${round}`, poster: file!.fileKey }),
      })
      expect(created.status).toBe(201)
      const { row } = await readJson<{ row: { id: number } }>(created)
      const shown = await alternate(`${POSTER}/${file!.fileKey}`)
      expect(Buffer.from(await shown.arrayBuffer()).equals(bytes)).toBe(true)
      const changed = await alternate(`/api/tables/movie/rows/${row.id}`, {
        method: 'PATCH',
        ...json({ poster: null }),
      })
      expect(changed.status).toBe(200)
      expect((await alternate(`${POSTER}/${file!.fileKey}`, { method: 'DELETE' })).status).toBe(204)
      expect((await alternate(`${POSTER}/${file!.fileKey}/info`)).status).toBe(404)
      // An odd number of requests: the next round begins at the other server.
      expect((await alternate('/api/session')).status).toBe(200)
    }
  })

  it('give one address to a file', async () => {
    const [file] = await readFiles(await alternate(`${POSTER}?name=a.jpg`, { method: 'POST', body: sampleFile('jpg') }))
    const first = await readJson(await alternate(`${POSTER}/${file!.fileKey}/url`))
    expect(await readJson(await alternate(`${POSTER}/${file!.fileKey}/url`))).toEqual(first)
  })

  it('store and list what is uploaded to both at once', async () => {
    const uploads = Array.from({ length: 20 }, () =>
      alternate(`${POSTER}?name=together.jpg`, { method: 'POST', body: sampleFile('jpg', 2000) }),
    )
    const keys = (await Promise.all((await Promise.all(uploads)).map(readFiles))).map(([file]) => file!.fileKey)
    expect(new Set(keys).size).toBe(20)
    for (let count = 0; count < 2; count += 1) {
      const { files } = await readJson<{ files: { fileKey: string }[] }>(
        await alternate(`${POSTER}?search=together&limit=100`),
      )
      expect(files.map(({ fileKey }) => fileKey).toSorted()).toEqual(keys.toSorted())
    }
  })

  it('do not sweep away what the other one is receiving', async () => {
    const bytes = sampleFile('mp4', 9_000_000)
    async function* slowly(): AsyncGenerator<Uint8Array> {
      yield bytes.subarray(0, 8_500_000)
      const third = await startS3MovieAdmin(world, server, { folderName })
      await third.poster.sweep()
      yield bytes.subarray(8_500_000)
    }
    const uploading = alternate(`${POSTER}?name=a.mp4`, {
      method: 'POST',
      body: ReadableStream.from(slowly()),
      duplex: 'half',
    })
    const [file] = await readFiles(await uploading)
    const shown = await alternate(`${POSTER}/${file!.fileKey}`)
    expect(Buffer.from(await shown.arrayBuffer()).equals(bytes)).toBe(true)
  })

  it('end a session together', async () => {
    const cookie = await world.signIn()
    const status = async () => (await alternate('/api/session', { headers: { cookie } })).status
    expect([await status(), await status()]).toEqual([200, 200])
    const signedOut = await fetch(`${servers[0]!.url}/api/auth/sign-out`, {
      method: 'POST',
      headers: { cookie, origin: servers[0]!.url, 'content-type': 'application/json' },
      body: '{}',
    })
    expect(signedOut.status).toBe(200)
    expect([await status(), await status()]).toEqual([401, 401])
  })
})
