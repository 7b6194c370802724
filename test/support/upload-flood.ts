import { setTimeout as sleep } from 'node:timers/promises'
import type { AdminProcess } from './admin-process.ts'
import { openDescriptors } from './open-descriptors.ts'
import { joinBytes, multipartBody } from './multipart-body.ts'
import { RawConnection } from './raw-connection.ts'
import { getMetadata } from './tus-requests.ts'

/** Who attacks, and how hard. */
export interface Flood {
  /** Uploads that are cut amid their bytes, over the whole time. */
  aborted: number
  /** Uploads that go on for the whole time, a few bytes a second. */
  slow: number
  /** How many people these come from: the first ones. The honest one comes behind them. */
  people: number
  seconds: number
  /** So many of the slow ones are waited for until they are answered, up to a minute beyond the time. Defaults to 0. */
  responses?: number
  /** What the honest one looks at meanwhile, again and again. */
  pages: readonly string[]
}

/** What it did to the server, and to somebody honest meanwhile. Times are in milliseconds, memory in bytes. */
export interface FloodFigures {
  /** Of each page. */
  pages: Latency[]
  /** Uploads of the honest one. */
  honest: { stored: number; refused: number; longest: number }
  /** How many of the slow ones were answered with which status. */
  slow: Record<string, number>
  descriptors: { before: number; peak: number; after: number }
  memory: { before: number; peak: number; after: number }
}

export interface Latency {
  median: number
  p99: number
  failures: number
}

const FILE = new Uint8Array(1_000_000).fill(97)

/** Lets a flood come over a server, while somebody honest works on it. */
export async function floodUploads(server: AdminProcess, flood: Flood): Promise<FloodFigures> {
  const before = await measure(server)
  const peak = { ...before }
  const end = performance.now() + flood.seconds * 1000
  const isOver = () => performance.now() > end
  const measuring = async () => {
    while (!isOver()) {
      const now = await measure(server)
      peak.descriptors = Math.max(peak.descriptors, now.descriptors)
      peak.memory = Math.max(peak.memory, now.memory)
      await sleep(100)
    }
  }
  const honest = getSession(flood.people)
  const look = (page: string) => fetch(`${server.url}${page}`, { headers: { cookie: honest } })
  const [slow, pages, uploads] = await Promise.all([
    sendSlowly(server, flood),
    Promise.all(flood.pages.map((page) => askAgain(isOver, () => look(page)))),
    uploadAgain(isOver, () => upload(server, honest)),
    sendAndAbort(server, flood),
    measuring(),
  ])
  const after = await settled(server, before.descriptors)
  return {
    pages,
    honest: uploads,
    slow,
    descriptors: { before: before.descriptors, peak: peak.descriptors, after: after.descriptors },
    memory: { before: before.memory, peak: peak.memory, after: after.memory },
  }
}

interface Measured {
  descriptors: number
  memory: number
}

async function measure(server: AdminProcess): Promise<Measured> {
  return { descriptors: await openDescriptors(server.pid), memory: await server.residentSize() }
}

/** Waits until the server has let go of all connections. */
async function settled(server: AdminProcess, base: number): Promise<Measured> {
  const deadline = performance.now() + 30_000
  let now = await measure(server)
  while (now.descriptors > base && performance.now() < deadline) {
    await sleep(100)
    now = await measure(server)
  }
  return now
}

function getSession(person: number): string {
  return `application_session=person${person}`
}

/** The three ways to send a file, each as a head and what of the body comes at once. */
function getRequest(index: number, people: number): Uint8Array {
  const cookie = `Cookie: ${getSession(index % people)}`
  const lines = (path: string, ...headers: string[]) =>
    `${[`POST /api/media/movie/trailer${path} HTTP/1.1`, 'Host: admin.test', cookie, ...headers].join('\r\n')}\r\n\r\n`
  const length = `Content-Length: ${FILE.byteLength}`
  if (index % 3 === 0) return joinBytes([lines('?name=film.mp4', length), FILE.subarray(0, 200_000)])
  if (index % 3 === 1) {
    const { headers, body } = multipartBody([{ fileName: 'film.mp4', content: FILE }])
    const form = [`Content-Type: ${headers['content-type']}`, `Content-Length: ${body.byteLength}`]
    return joinBytes([lines('', ...form), body.subarray(0, 200_000)])
  }
  const tus = [
    'Tus-Resumable: 1.0.0',
    `Upload-Length: ${FILE.byteLength}`,
    `Upload-Metadata: ${getMetadata({ filename: 'film.mp4' })}`,
    'Content-Type: application/offset+octet-stream',
  ]
  return joinBytes([lines('/uploads', ...tus, length), FILE.subarray(0, 200_000)])
}

async function sendAndAbort({ url }: AdminProcess, { aborted, people, seconds }: Flood): Promise<void> {
  const sending = Array.from({ length: aborted }, async (_, index) => {
    await sleep((seconds * 900 * index) / aborted)
    const connection = await RawConnection.open(url)
    const request = getRequest(index, people)
    // Somewhere between the head and the last byte.
    await connection.write(request.subarray(0, 300 + ((index * 7919) % (request.byteLength - 300))))
    await sleep(index % 5 === 0 ? 0 : (index * 13) % 300)
    connection.destroy()
  })
  await Promise.all(sending)
}

async function sendSlowly({ url }: AdminProcess, flood: Flood): Promise<Record<string, number>> {
  const { slow, people, seconds, responses = 0 } = flood
  const end = performance.now() + seconds * 1000
  let answered = 0
  const goesOn = () => performance.now() < end || (answered < responses && performance.now() < end + 60_000)
  const statuses = await Promise.all(
    Array.from({ length: slow }, async (_, index) => {
      const connection = await RawConnection.open(url)
      await connection.write(getRequest(index, people).subarray(0, 2000))
      while (goesOn() && connection.received === '') {
        await sleep(250)
        await connection.write('a')
      }
      const { received } = connection
      if (received !== '') answered += 1
      connection.destroy()
      return received.split(' ')[1] ?? 'none'
    }),
  )
  const counted: Record<string, number> = {}
  for (const status of statuses) counted[status] = (counted[status] ?? 0) + 1
  return counted
}

async function askAgain(isOver: () => boolean, ask: () => Promise<Response>): Promise<Latency> {
  const times: number[] = []
  let failures = 0
  while (!isOver()) {
    const started = performance.now()
    const response = await ask()
    await response.arrayBuffer()
    times.push(performance.now() - started)
    if (!response.ok) failures += 1
    await sleep(20)
  }
  const sorted = times.toSorted((one, other) => one - other)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { median: at(0.5), p99: at(0.99), failures }
}

function upload({ url }: AdminProcess, cookie: string): Promise<Response> {
  return fetch(`${url}/api/media/movie/trailer?name=honest.mp4`, { method: 'POST', headers: { cookie }, body: FILE })
}

async function uploadAgain(isOver: () => boolean, send: () => Promise<Response>): Promise<FloodFigures['honest']> {
  const honest = { stored: 0, refused: 0, longest: 0 }
  while (!isOver()) {
    const started = performance.now()
    const response = await send()
    await response.arrayBuffer()
    honest.longest = Math.max(honest.longest, performance.now() - started)
    if (response.status === 201) honest.stored += 1
    else honest.refused += 1
    await sleep(100)
  }
  return honest
}
