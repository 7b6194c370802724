import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { startAdminProcess } from './admin-process.ts'
import { startDroppingProxy } from './dropping-proxy.ts'
import { openMediaWorld } from './media-world.ts'
import { sampleFile } from './sample-files.ts'

/** A client of tus that sends one file, and tells its key. */
export type SendByClient = (upload: {
  path: string
  size: number
  endpoint: string
  cookie: string
}) => Promise<string | null>

/** What came of an upload through cut connections. */
export interface ResumedUpload {
  drops: number
  restarts: number
  seconds: number
  isEqual: boolean
}

const DROPS = 5
const PIECE = 4 * 1024 * 1024

/** Lets a client send a file to a server of its own through five cut connections, and one restart in the middle. */
export async function sendThroughDrops(size: number, send: SendByClient): Promise<ResumedUpload> {
  const world = await openMediaWorld()
  let server = await startAdminProcess(world.folder)
  const cuts = Array.from({ length: DROPS }, (_, index) => Math.floor((size * (index + 1)) / (DROPS + 1)))
  const proxy = await startDroppingProxy(server.url, cuts)
  let restarts = 0
  const restart = async () => {
    while (proxy.drops < 3) await new Promise((resolve) => setTimeout(resolve, 5))
    await server.kill()
    restarts += 1
    server = await startAdminProcess(world.folder)
    proxy.target = server.url
  }
  try {
    const path = join(world.folder, 'film.mp4')
    await writeSample(path, size)
    const startedAt = performance.now()
    const endpoint = `${proxy.url}/api/media/movie/trailer/uploads`
    const [fileKey] = await Promise.all([send({ path, size, endpoint, cookie: world.cookie }), restart()])
    const seconds = (performance.now() - startedAt) / 1000
    const stored = join(world.folder, 'trailer', fileKey ?? '')
    return { drops: proxy.drops, restarts, seconds, isEqual: (await hashOf(stored)) === (await hashOf(path)) }
  } finally {
    proxy.close()
    await server.kill()
    await world.close()
  }
}

/** Pieces that differ, so that one in another's place shows. */
async function writeSample(path: string, size: number): Promise<void> {
  const piece = Buffer.from(sampleFile('mp4', PIECE))
  const file = await open(path, 'w')
  for (let written = 0; written < size; written += PIECE) {
    if (written > 0) piece.writeUInt32LE(written / PIECE, 1000)
    await file.write(piece.subarray(0, Math.min(PIECE, size - written)))
  }
  await file.close()
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
