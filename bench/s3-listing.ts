// How long it takes to list and to delete many objects of a bucket, and what memory that takes. It needs an S3 server:
// eval "$(scripts/s3/start)"; npx tsx bench/s3-listing.ts [objects]
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { pgTable, serial, text } from 'drizzle-orm/pg-core'
import { S3MediaStorage } from 'vitrine/storage/s3'

const WRITERS = 32
const KEYS_AT_A_TIME = 5000

const count = Number(process.argv[2] ?? 25_000)
const { S3_ENDPOINT = '', S3_BUCKET = '', S3_ACCESS_KEY_ID = '', S3_SECRET_ACCESS_KEY = '' } = process.env
const client = new S3Client({
  endpoint: S3_ENDPOINT,
  region: process.env.S3_REGION ?? 'us-east-1',
  forcePathStyle: true,
  credentials: { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY },
})
const clip = pgTable('clip', { id: serial().primaryKey(), file: text() })
const storage = new S3MediaStorage({ column: clip.file, bucketName: S3_BUCKET, folderName: 'bench_listing', client })

const base = process.memoryUsage().rss
let peak = base
const sampling = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20)

await timed(`store ${count} objects with the SDK`, store)
await timed('list their keys', async () => {
  let listed = 0
  for await (const _key of storage.getFileKeys()) listed += 1
  if (listed !== count) throw new Error(`${listed} of ${count} objects were listed.`)
})
await timed('delete them', async () => {
  const { deleted, failed } = await deleteAll()
  if (deleted !== count || failed > 0) throw new Error(`${deleted} of ${count} objects were deleted, ${failed} failed.`)
})
clearInterval(sampling)

async function store(): Promise<void> {
  let next = 0
  const write = async () => {
    while (next < count) {
      const name = `file-${crypto.randomUUID()}.txt`
      next += 1
      await client.send(new PutObjectCommand({ Bucket: S3_BUCKET, Key: `bench_listing/${name}`, Body: 'x' }))
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, write))
}

async function deleteAll(): Promise<{ deleted: number; failed: number }> {
  const total = { deleted: 0, failed: 0 }
  let keys: string[] = []
  const flush = async () => {
    const report = await storage.bulkDeleteFiles(keys)
    total.deleted += report.deleted.length
    total.failed += report.failed.length
    keys = []
  }
  for await (const key of storage.getFileKeys()) if (keys.push(key) === KEYS_AT_A_TIME) await flush()
  await flush()
  return total
}

async function timed(what: string, run: () => Promise<void>): Promise<void> {
  const start = performance.now()
  peak = process.memoryUsage().rss
  const before = peak
  await run()
  const seconds = (performance.now() - start) / 1000
  const growth = (peak - before) / 1_000_000
  console.log(
    `${what.padEnd(36)}${seconds.toFixed(1).padStart(8)} s${(count / seconds).toFixed(0).padStart(9)} a second${growth.toFixed(0).padStart(6)} MB more memory`,
  )
}
