// How fast a large file reaches a bucket, and what memory that takes, beside curl and the SDK's own `Upload`, in one run.
// It needs an S3 server and curl: eval "$(scripts/s3/start)"; npx tsx bench/s3-upload.ts [megabytes] [rounds] [way]
import { execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { drizzle } from 'drizzle-orm/pglite'
import { pgTable, serial, text } from 'drizzle-orm/pg-core'
import { createAdmin, tableConfig } from 'vitrine'
import { serve } from 'vitrine/node'
import { S3MediaStorage } from 'vitrine/storage/s3'

const WAYS = ['curl', 'vitrine', 'vitrine without checksums', 'vitrine over HTTP', 'Upload of lib-storage'] as const
type Way = (typeof WAYS)[number]

/** What a process that did one upload tells of it. */
interface Outcome {
  seconds: number
  /** Memory above what the process held before, at its peak, in bytes. */
  growth: number
  /** Processor time of the process that uploads. */
  cpu: number
}

const { S3_ENDPOINT = '', S3_BUCKET = '', S3_ACCESS_KEY_ID = '', S3_SECRET_ACCESS_KEY = '' } = process.env
const place = {
  bucketName: S3_BUCKET,
  folderName: 'bench',
  clientConfig: {
    endpoint: S3_ENDPOINT,
    region: process.env.S3_REGION ?? 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY },
  },
}
const clip = pgTable('clip', { id: serial().primaryKey(), file: text() })
type ClipStorage = S3MediaStorage<typeof clip.file>
const CHUNK = Buffer.alloc(65_536, 7)
const MEGABYTE = 1_000_000

if (process.send === undefined) await compare(Number(process.argv[2] ?? 200), Number(process.argv[3] ?? 3))
else process.once('message', ({ way, size }: { way: Way; size: number }) => void upload(way, size))

async function compare(megabytes: number, rounds: number): Promise<void> {
  const size = megabytes * MEGABYTE
  const ways = WAYS.filter((way) => way === (process.argv[4] ?? way))
  const outcomes = new Map<Way, Outcome[]>(ways.map((way) => [way, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (const way of ways) outcomes.get(way)?.push(await inChild(way, size))
  }
  console.log(`${megabytes} MB, median of ${rounds} rounds; the ratio is to curl\n`)
  console.log(`${'way'.padEnd(28)}${['MB/s', 'ratio', 'CPU s', 'memory MB'].map((head) => head.padStart(11)).join('')}`)
  const curlSeconds = getMedian(outcomes.get('curl') ?? [], 'seconds')
  for (const [way, results] of outcomes) {
    const seconds = getMedian(results, 'seconds')
    const cells = [
      (megabytes / seconds).toFixed(0),
      (curlSeconds / seconds).toFixed(2),
      getMedian(results, 'cpu').toFixed(2),
      (Math.max(...results.map(({ growth }) => growth)) / MEGABYTE).toFixed(0),
    ]
    console.log(`${way.padEnd(28)}${cells.map((cell) => cell.padStart(11)).join('')}`)
  }
}

/** A process of its own for each upload: memory that one leaves behind is not the next one's. */
async function inChild(way: Way, size: number): Promise<Outcome> {
  const child = fork(fileURLToPath(import.meta.url), { execArgv: ['--import', 'tsx'] })
  child.send({ way, size })
  const outcome = await new Promise<Outcome>((resolve) => child.once('message', (message: Outcome) => resolve(message)))
  child.kill()
  return outcome
}

async function upload(way: Way, size: number): Promise<void> {
  const { storage, run } = await prepare(way)
  // A small one first, so that what is loaded on need does not count.
  await run(20 * MEGABYTE)
  const before = process.memoryUsage().rss
  let peak = before
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 10)
  const cpu = process.cpuUsage()
  const start = performance.now()
  await run(size)
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(cpu)
  clearInterval(watch)
  for await (const key of storage.getFileKeys()) await storage.deleteFile(key)
  process.send?.({ seconds, growth: peak - before, cpu: (user + system) / 1e6 } satisfies Outcome)
}

async function prepare(way: Way): Promise<{ storage: ClipStorage; run: (size: number) => Promise<unknown> }> {
  const checksums = way === 'vitrine without checksums' ? ('when-required' as const) : ('when-supported' as const)
  const storage = new S3MediaStorage({ column: clip.file, contentCheck: 'off', ...place, checksums })
  if (way === 'curl') return { storage, run: curl }
  if (way === 'vitrine over HTTP') return { storage, run: await throughAdmin(storage) }
  if (way !== 'Upload of lib-storage') return { storage, run: (size) => storage.storeFile('clip.mp4', getChunks(size)) }
  const client = new S3Client(place.clientConfig)
  return {
    storage,
    run: (size) => {
      const params = {
        Bucket: S3_BUCKET,
        Key: 'bench/clip.mp4',
        Body: Readable.from(getChunks(size), { objectMode: false }),
      }
      return new Upload({ client, params }).done()
    },
  }
}

/** In one request, its payload unsigned, from a file without blocks: the least there is to do. */
async function curl(size: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-bench-'))
  const source = join(folder, 'clip.mp4')
  const file = await open(source, 'w')
  await file.truncate(size)
  await file.close()
  // With its defaults the SDK signs the checksum of an empty body into the address.
  const client = new S3Client({ ...place.clientConfig, requestChecksumCalculation: 'WHEN_REQUIRED' })
  const url = await getSignedUrl(client, new PutObjectCommand({ Bucket: S3_BUCKET, Key: 'bench/clip.mp4' }))
  await promisify(execFile)('curl', ['-sf', '--noproxy', '*', '-H', 'Expect:', '-T', source, url])
  await rm(folder, { recursive: true })
}

/** The server is in this process and its client too, so that memory and processor time are those of both. */
async function throughAdmin(storage: ClipStorage): Promise<(size: number) => Promise<void>> {
  const user = { id: '1', email: 'bench@example.com', name: 'Bench' }
  const tables = [tableConfig({ table: clip, mediaStorage: [storage] })]
  const admin = createAdmin({ db: drizzle.mock(), tables, authenticate: () => user })
  const { url } = await serve(admin, { port: 0 })
  return async (size) => {
    const headers = { 'content-length': size, 'content-type': 'video/mp4', origin: url }
    const sending = request(`${url}/api/media/clip/file?name=clip.mp4`, { method: 'POST', headers })
    const [, [response]] = await Promise.all([pipeline(getChunks(size), sending), once(sending, 'response')])
    if (response.statusCode !== 201) throw new Error(`The upload was answered with ${response.statusCode}.`)
    response.resume()
  }
}

async function* getChunks(size: number): AsyncGenerator<Buffer> {
  for (let sent = 0; sent < size; sent += CHUNK.byteLength) yield CHUNK.subarray(0, size - sent)
}

function getMedian(outcomes: Outcome[], figure: keyof Outcome): number {
  const sorted = outcomes.map((outcome) => outcome[figure]).toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
