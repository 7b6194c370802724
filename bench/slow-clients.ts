/**
 * A thousand clients that send a byte every ten seconds, or nothing: in the headers, in the headers of a form's part, in
 * the bytes of a file, and downloads that nobody reads. Meanwhile somebody else looks at the health, and uploads at
 * 32 KB/s. Prints how long the answers took, and when the connections were free again.
 *
 * npx tsx bench/slow-clients.ts [seconds]
 */
import { readFile } from 'node:fs/promises'
import { type Socket, connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { ADA, startMovieAdmin } from '../test/support/movie-admin.ts'
import { openMovieWorld } from '../test/support/movie-world.ts'

const seconds = Number(process.argv[2] ?? 280)
const CLIENTS = 200

const world = await openMovieWorld()
// Whoever names himself is signed in: uploads of one person at a time are limited, and the honest one is somebody else.
const admin = await startMovieAdmin({
  ...world,
  authenticate: ({ headers }) => ({ ...ADA, id: headers.get('cookie') ?? '' }),
})
const server = await admin.listen()
const { hostname, port } = new URL(server.url)
const key = await admin.storages.trailer.storeFile('film.mp4', new Blob(['x'.repeat(50_000_000)]))

const cookie = `Host: admin.test\r\nOrigin: http://admin.test\r\nCookie: slow\r\n`
const form = 'Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000000\r\n\r\n--b\r\n'
const KINDS: Record<string, { start: string; drip: string }> = {
  'in the headers': { start: `GET / HTTP/1.1\r\n`, drip: 'a' },
  'in the headers of a part': {
    start: `POST /api/media/movie/trailer HTTP/1.1\r\n${cookie}${form}Content-Dis`,
    drip: 'a',
  },
  'in the bytes of a file': {
    start: `POST /api/media/movie/trailer?name=a.mp4 HTTP/1.1\r\n${cookie}Content-Type: video/mp4\r\nContent-Length: 1000000\r\n\r\nx`,
    drip: 'x',
  },
  'with nothing': { start: '', drip: '' },
  'reading nothing': { start: `GET /api/media/movie/trailer/${key} HTTP/1.1\r\n${cookie}\r\n`, drip: '' },
}

const startedAt = performance.now()
const clients = new Map<string, Socket[]>()
const freedAfter = new Map<string, number>()
for (const [kind, { start, drip }] of Object.entries(KINDS)) {
  clients.set(
    kind,
    Array.from({ length: CLIENTS }, () => slowClient(kind, start, drip)),
  )
}

function slowClient(kind: string, start: string, drip: string): Socket {
  const socket = connect({ host: hostname, port: Number(port) })
  if (kind === 'reading nothing') socket.pause()
  else socket.resume()
  socket.write(start)
  const dripping = setInterval(() => drip !== '' && socket.write(drip), 10_000)
  // What is cut off is what this is about.
  socket.on('error', () => {})
  socket.on('close', () => clearInterval(dripping))
  return socket
}

/** Who does not read does not notice either that he was cut off: the system tells which connections the server has. */
async function watchConnections(): Promise<void> {
  const ports = [...clients].map(([kind, sockets]) => [kind, sockets.map(({ localPort }) => localPort)] as const)
  while (performance.now() - startedAt < seconds * 1000) {
    await sleep(1000)
    const established = await establishedPorts()
    for (const [kind, own] of ports) {
      if (freedAfter.has(kind) || own.some((one) => one !== undefined && established.has(one))) continue
      freedAfter.set(kind, (performance.now() - startedAt) / 1000)
    }
  }
}

/** The clients' ports of the connections that the server holds open, by proc(5). */
async function establishedPorts(): Promise<Set<number>> {
  const local = `:${Number(port).toString(16).toUpperCase().padStart(4, '0')}`
  const lines = (await readFile('/proc/net/tcp', 'utf8')).split('\n').map((line) => line.trim().split(/\s+/))
  const open = lines.filter(([, from = '', , state]) => from.endsWith(local) && state === '01')
  return new Set(open.map(([, , to = '']) => Number.parseInt(to.split(':')[1] ?? '', 16)))
}

const times: number[] = []
async function checkHealth(): Promise<void> {
  while (performance.now() - startedAt < seconds * 1000) {
    const start = performance.now()
    const response = await fetch(`${server.url}/api/health`)
    await response.arrayBuffer()
    times.push(performance.now() - start)
    await sleep(50)
  }
}

async function uploadHonestly(): Promise<string> {
  const pieces = Math.floor(seconds * 0.8)
  async function* slowly(): AsyncGenerator<Uint8Array> {
    for (let piece = 0; piece < pieces; piece += 1) {
      yield new Uint8Array(32_768)
      await sleep(1000)
    }
  }
  await sleep(1000)
  const init: RequestInit & { duplex: 'half' } = {
    method: 'POST',
    headers: { cookie: 'honest', 'content-type': 'video/mp4' },
    body: ReadableStream.from(slowly()),
    duplex: 'half',
  }
  const response = await fetch(`${server.url}/api/media/movie/trailer?name=honest.mp4`, init)
  return `${response.status}`
}

await sleep(1000)
const [honest] = await Promise.all([uploadHonestly(), checkHealth(), watchConnections()])
times.sort((one, other) => one - other)
const at = (share: number) => `${(times[Math.floor(times.length * share)] ?? 0).toFixed(1)} ms`
console.log(`health: median ${at(0.5)}, 99 % ${at(0.99)}, longest ${at(0.9999)}`)
console.log(`an upload at 32 KB/s meanwhile: ${honest}`)
for (const [kind, sockets] of clients) {
  const freed = freedAfter.get(kind)
  console.log(`${CLIENTS} ${kind}: ${freed === undefined ? 'still open' : `free after ${freed.toFixed(0)} s`}`)
  for (const socket of sockets) socket.destroy()
}
await server.close()
await world.close()
