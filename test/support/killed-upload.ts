import { createHash } from 'node:crypto'
import type { AdminProcess } from './admin-process.ts'
import { seededRandom } from './seeded-random.ts'
import { TusRequests, getFileKey } from './tus-requests.ts'

/** What is sent, where to, and how often its server is killed meanwhile. */
export interface KilledUpload {
  start: () => Promise<AdminProcess>
  /** The path of the uploads of a column. */
  uploads: string
  cookie: string
  file: Uint8Array<ArrayBuffer>
  /** Bytes of each request. */
  piece: number
  kills: number
  signals: readonly NodeJS.Signals[]
  /** Longest time, in milliseconds, that a request runs before its server is killed. */
  longest: number
}

/** What came of it. */
export interface KilledUploadFigures {
  kills: number
  /** How often the upload went on where the new server said, of all kills. */
  resumed: number
  /** Bytes that were acknowledged and are not there any more. */
  lost: number
  /** Bytes that were sent in all. */
  sent: number
  isEqual: boolean
}

/** Sends a file piece by piece to a server that is killed amid many of the pieces, and started again. */
export async function uploadThroughKills(upload: KilledUpload): Promise<KilledUploadFigures> {
  const { start, file, piece, kills, signals, longest } = upload
  const random = seededRandom(3)
  let server = await start()
  const send = sendTo(() => server.url, upload.cookie)
  const tus = new TusRequests({ send }, upload.uploads)
  const figures = { kills: 0, resumed: 0, lost: 0, sent: 0 }
  const path = await tus.create('film.mp4', file.byteLength)
  let acknowledged = 0
  let fileKey: string | null = null
  try {
    while (fileKey === null) {
      const offset = await tus.offset(path)
      if (offset === null) throw new Error('The upload is gone.')
      figures.lost += Math.max(0, acknowledged - offset)
      const body = file.slice(offset, offset + piece)
      figures.sent += body.byteLength
      const patching = tus.patch(path, offset, { body }).catch(() => null)
      const isKilled = figures.kills < kills
      if (isKilled) {
        await new Promise((resolve) => setTimeout(resolve, random(longest)))
        await server.kill(signals[figures.kills % signals.length])
        figures.kills += 1
        server = await start()
      }
      const response = await patching
      if (response?.status === 204) acknowledged = Number(response.headers.get('upload-offset'))
      const status = await tus.head(path)
      if (isKilled && status.status === 200) figures.resumed += 1
      // The last answer may have been lost with the server.
      fileKey = getFileKey(response ?? status) ?? getFileKey(status)
    }
    const stored = await send(`${upload.uploads.replace(/uploads$/, '')}${fileKey}`)
    const isEqual = hashOf(await stored.arrayBuffer()) === hashOf(file.buffer)
    return { ...figures, isEqual }
  } finally {
    await server.kill()
  }
}

function sendTo(url: () => string, cookie: string): (path: string, init?: RequestInit) => Promise<Response> {
  return (path, { headers: given, ...init } = {}) => {
    const headers = { ...Object.fromEntries(new Headers(given)), cookie }
    const options: RequestInit & { duplex: 'half' } = { ...init, headers, duplex: 'half' }
    return fetch(`${url()}${path}`, options)
  }
}

function hashOf(bytes: ArrayBuffer): string {
  return createHash('sha256').update(new Uint8Array(bytes)).digest('hex')
}
