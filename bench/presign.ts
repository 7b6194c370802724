// How many addresses are signed in a second, beside the SDK's presigner and aws4, in one run: npx tsx bench/presign.ts [seconds]
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import aws4 from 'aws4'
import { pgTable, serial, text } from 'drizzle-orm/pg-core'
import { LocalMediaStorage } from 'vitrine/storage/local'
import { S3MediaStorage } from 'vitrine/storage/s3'
import { Presigner } from '../src/storage/s3/presigner.ts'

const ROUNDS = 3
const seconds = Number(process.argv[2] ?? 1)

const clip = pgTable('clip', { id: serial().primaryKey(), file: text() })
const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const clientConfig = { region: 'eu-west-1', credentials }
const bucket = new S3MediaStorage({ column: clip.file, bucketName: 'bucket', folderName: 'clip', clientConfig })
const folder = new LocalMediaStorage({
  column: clip.file,
  mediaPath: '/tmp/vitrine-bench',
  rootUrl: 'https://example.com/media',
  signingSecret: '0123456789abcdef0123456789abcdef',
})
const client = new S3Client(clientConfig)
const presigner = new Presigner()

/** Each makes the address of a file whose key is another one each time. */
const WAYS: Record<string, (key: string) => unknown> = {
  'SDK, getSignedUrl': (Key) => getSignedUrl(client, new GetObjectCommand({ Bucket: 'bucket', Key: `clip/${Key}` })),
  aws4: (key) =>
    aws4.sign(
      {
        service: 's3',
        region: 'eu-west-1',
        host: 'bucket.s3.eu-west-1.amazonaws.com',
        path: `/clip/${key}?X-Amz-Expires=3600`,
        signQuery: true,
      },
      credentials,
    ).path,
  'vitrine, bucket': (key) => bucket.generateFileUrl(key),
  'vitrine, bucket, signing alone': (key) =>
    presigner.presign({
      method: 'GET',
      operation: 'GetObject',
      headers: {},
      origin: 'https://bucket.s3.eu-west-1.amazonaws.com',
      path: `/clip/${key}`,
      region: 'eu-west-1',
      credentials,
      query: {},
      signingDate: new Date(1_770_000_000_000),
      expiresIn: 3600,
    }),
  'vitrine, folder': (key) => folder.generateFileUrl(key),
}

const rates = new Map<string, number[]>()
for (let round = 0; round <= ROUNDS; round += 1) {
  for (const [way, sign] of Object.entries(WAYS)) {
    const rate = await measure(sign)
    // The first round is there to warm up.
    if (round > 0) rates.set(way, [...(rates.get(way) ?? []), rate])
  }
}

console.log(`addresses a second on one core, median of ${ROUNDS} rounds, and the ratio to the SDK\n`)
const medians = Array.from(rates, ([way, all]) => [way, all.toSorted((one, other) => one - other)[1] ?? 0] as const)
for (const [way, rate] of medians) {
  const ratio = rate / (medians[0]?.[1] ?? rate)
  console.log(`${way.padEnd(32)}${rate.toFixed(0).padStart(9)}${ratio.toFixed(1).padStart(8)}`)
}

async function measure(sign: (key: string) => unknown): Promise<number> {
  const start = performance.now()
  let count = 0
  while (performance.now() - start < seconds * 1000) {
    for (let index = 0; index < 50; index += 1)
      await sign(`poster-${count + index}-3beac950-7721-46c9-9e7d-5e908ef51011.jpg`)
    count += 50
  }
  return count / ((performance.now() - start) / 1000)
}
