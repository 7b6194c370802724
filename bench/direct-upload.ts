// What a large upload costs the server when it goes past it: bytes on all of its connections, beside the same file sent
// through it, in one run. It needs an S3 server: eval "$(scripts/s3/start)"; npm run build; npx tsx bench/direct-upload.ts [megabytes]
import { fork } from 'node:child_process'
import { subscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { DirectClient, put } from '../test/support/direct-client.ts'
import { openMovieWorld } from '../test/support/movie-world.ts'
import { startS3MovieAdmin } from '../test/support/s3-movie-admin.ts'
import { requireS3Server } from '../test/support/s3-server.ts'

const PARTS_AT_A_TIME = 4
const NAME = 'film.mp4'

const [, , megabytes = '1000', way, address = '', cookie = ''] = process.argv
const size = Number(megabytes) * 1_000_000
if (way === undefined) await compare()
else await (way === 'direct' ? sendDirectly() : sendThrough())

/** The server, in this process. Whoever uploads is another one, so that no byte of his is counted. */
async function compare(): Promise<void> {
  const sockets = new Set<Socket>()
  const watch = (message: unknown) => {
    if (hasSocket(message)) sockets.add(message.socket)
  }
  subscribe('net.client.socket', watch)
  subscribe('net.server.socket', watch)
  const traffic = () => [...sockets].reduce((sum, { bytesRead, bytesWritten }) => sum + bytesRead + bytesWritten, 0)
  const server = await requireS3Server()
  const world = await openMovieWorld()
  const folderName = `bench-${crypto.randomUUID()}`
  const rules = { contentCheck: 'refuse', metadata: 'strip-location', maxFileSize: null } as const
  const admin = await startS3MovieAdmin(world, server, { folderName, uploads: 'direct', ...rules })
  const listening = await admin.listen()
  for (const each of ['direct', 'server']) {
    const before = traffic()
    const start = performance.now()
    const child = fork(fileURLToPath(import.meta.url), [megabytes, each, listening.url, world.cookie])
    const [code] = await once(child, 'exit')
    if (code !== 0) throw new Error(`The upload ended with ${String(code)}.`)
    const seconds = (performance.now() - start) / 1000
    console.log(
      `${each.padEnd(8)} ${((traffic() - before) / 1000).toFixed(0)} kB on the server's connections, ${seconds.toFixed(1)} s`,
    )
    await server.removeFolder(folderName)
  }
  await listening.close()
  await world.close()
}

function hasSocket(message: unknown): message is { socket: Socket } {
  return typeof message === 'object' && message !== null && 'socket' in message && message.socket instanceof Socket
}

/** A video whose images are noise. */
function* videoBytes(length: number): Generator<Uint8Array<ArrayBuffer>> {
  const head = Buffer.alloc(24 + 8 + 16)
  head.writeUInt32BE(24, 0)
  head.write('ftypisom\0\0\0\0isommp42', 4, 'latin1')
  head.writeUInt32BE(8, 24)
  head.write('moov', 28, 'latin1')
  head.writeUInt32BE(1, 32)
  head.write('mdat', 36, 'latin1')
  head.writeBigUInt64BE(BigInt(length - 32), 40)
  yield new Uint8Array(head)
  const noise = new Uint8Array(1_000_000)
  for (let index = 0; index < noise.byteLength; index += 65_536) {
    crypto.getRandomValues(noise.subarray(index, index + 65_536))
  }
  for (let left = length - head.byteLength; left > 0; left -= noise.byteLength) yield noise.subarray(0, left)
}

/** The same bytes, cut into parts. */
function* parts(partSize: number): Generator<Uint8Array<ArrayBuffer>> {
  let part = new Uint8Array(partSize)
  let filled = 0
  for (const chunk of videoBytes(size)) {
    for (let taken = 0; taken < chunk.byteLength;) {
      const piece = chunk.subarray(taken, taken + partSize - filled)
      part.set(piece, filled)
      filled += piece.byteLength
      taken += piece.byteLength
      if (filled < partSize) continue
      yield part
      part = new Uint8Array(partSize)
      filled = 0
    }
  }
  if (filled > 0) yield part.subarray(0, filled)
}

async function sendDirectly(): Promise<void> {
  const client = new DirectClient({
    send: (path, { cookie: _cookie, ...init } = {}) =>
      fetch(`${address}${path}`, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), cookie } }),
  })
  const { id, partSize } = await client.begin(NAME, size)
  let batch: { number: number; bytes: Uint8Array<ArrayBuffer> }[] = []
  let number = 0
  // As the page does: leave for some parts at once, which then go at the same time.
  const sendBatch = async () => {
    const signed = await client.signAll(id, batch)
    const sending = batch.map(({ bytes }, index) => {
      const part = signed[index]
      return part === undefined ? Promise.resolve(0) : put(part, bytes)
    })
    const statuses = await Promise.all(sending)
    if (statuses.some((status) => status !== 200)) throw new Error(`Parts were answered with ${statuses.join(', ')}.`)
    batch = []
  }
  for (const bytes of parts(partSize)) {
    batch.push({ number: ++number, bytes })
    if (batch.length === PARTS_AT_A_TIME) await sendBatch()
  }
  if (batch.length > 0) await sendBatch()
  const response = await client.complete(id)
  if (response.status !== 201) throw new Error(await response.text())
}

async function sendThrough(): Promise<void> {
  const response = await fetch(`${address}/api/media/movie/poster?name=${NAME}`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'video/mp4' },
    body: ReadableStream.from(videoBytes(size)),
    duplex: 'half',
  })
  if (response.status !== 201) throw new Error(await response.text())
}
