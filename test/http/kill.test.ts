import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type AdminProcess, startAdminProcess } from '../support/admin-process.ts'
import { folderState, unfinishedFiles, visibleFiles } from '../support/folder-state.ts'
import { openMediaWorld } from '../support/media-world.ts'
import type { MovieWorld } from '../support/movie-admin.ts'
import { joinBytes } from '../support/multipart-body.ts'
import { RawConnection } from '../support/raw-connection.ts'
import { sampleFile } from '../support/sample-files.ts'
import { seededRandom } from '../support/seeded-random.ts'

const KILLS = 6
/** At different points when the server is killed. */
const UPLOADS = 7
const FILE = sampleFile('mp4', 6_000_000)

let world: MovieWorld
let server: AdminProcess

beforeAll(async () => {
  world = await openMediaWorld()
  server = await startAdminProcess(world.folder)
})

afterAll(async () => {
  await server.kill()
  await world.close()
})

/** Begins an upload after `delay` ms, and returns the keys that were answered before the connection ended. */
async function upload(delay: number): Promise<string[]> {
  await new Promise((resolve) => setTimeout(resolve, delay))
  const connection = await RawConnection.open(server.url)
  const head = `POST /api/media/movie/trailer?name=trailer.mp4 HTTP/1.1\r\nHost: admin.test\r\nCookie: ${world.cookie}\r\n`
  await connection.write(joinBytes([`${head}Content-Length: ${FILE.byteLength}\r\n\r\n`, FILE]))
  const response = await connection.response()
  connection.destroy()
  return [...(response?.body ?? '').matchAll(/"fileKey":"([^"]+)"/g)].map(([, key = '']) => key)
}

it('an upload under kill -9 is there as a whole or not at all, and a restart sweeps what it left', async () => {
  const trailer = join(world.folder, 'trailer')
  const random = seededRandom(1)
  const answered: string[] = []
  let unfinished = 0
  for (let round = 0; round < KILLS; round += 1) {
    const uploads = Array.from({ length: UPLOADS }, () => upload(random(80)).catch(() => []))
    while ((await unfinishedFiles(trailer)).length === 0) await new Promise((resolve) => setTimeout(resolve, 2))
    await new Promise((resolve) => setTimeout(resolve, random(120)))
    await server.kill()
    answered.push(...(await Promise.all(uploads)).flat())
    unfinished += (await unfinishedFiles(trailer)).length
    server = await startAdminProcess(world.folder)
    expect(await unfinishedFiles(trailer)).toEqual([])
  }
  const visible = await visibleFiles(trailer)
  const whole = createHash('sha256').update(FILE).digest('hex')
  // A record of the uploader may be left of a file that was about to become visible; it is swept with the unsaved ones.
  const files = Object.entries(await folderState(trailer)).filter(([path]) => !path.startsWith('.vitrine/unsaved/'))
  expect(new Set(files.map(([, hash]) => hash))).toEqual(new Set(visible.length === 0 ? [] : [whole]))
  expect(visible).toEqual(expect.arrayContaining(answered))
  const sizes = await Promise.all(answered.map((key) => getSize(key)))
  expect(sizes).toEqual(answered.map(() => String(FILE.byteLength)))
  const figures = `${unfinished} unfinished, ${visible.length} whole, ${answered.length} of them answered, 0 torn`
  process.stdout.write(`${KILLS} kills amid ${KILLS * UPLOADS} uploads: ${figures}\n`)
}, 120_000)

async function getSize(fileKey: string): Promise<string | null> {
  const response = await fetch(`${server.url}/api/media/movie/trailer/${fileKey}`, {
    method: 'HEAD',
    headers: { cookie: world.cookie },
  })
  return response.headers.get('content-length')
}
