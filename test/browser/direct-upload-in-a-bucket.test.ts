import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketCorsCommand,
} from '@aws-sdk/client-s3'
import type { Browser, Page, Request } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { requireS3Server } from '../support/s3-server.ts'
import { bucketEnvironment } from './bucket-environment.ts'
import { type DemoServer, startDemo } from './demo-server.ts'
import { launchBrowser, openPage, signIn } from './open-page.ts'
import { hashOf, limitUploads, makeVideo, pickFile, trailerField } from './trailer-field.ts'

const MEBIBYTE = 1024 * 1024
const PART = 8 * MEBIBYTE

const server = await requireS3Server()
const { client, endpoint } = server
/** Of its own: CORS rules are the whole bucket's. */
const Bucket = `direct-${crypto.randomUUID()}`

let demo: DemoServer
let browser: Browser
let page: Page
let folder: string

beforeAll(async () => {
  await client.send(new CreateBucketCommand({ Bucket }))
  const environment = { ...bucketEnvironment(), S3_BUCKET: Bucket, S3_COLUMNS: 'trailer', S3_UPLOADS: 'direct' }
  ;[demo, browser, folder] = await Promise.all([
    startDemo(environment),
    launchBrowser(),
    mkdtemp(join(tmpdir(), 'vitrine-film-')),
  ])
  await client.send(
    new PutBucketCorsCommand({
      Bucket,
      CORSConfiguration: {
        CORSRules: [
          {
            AllowedOrigins: [demo.url],
            AllowedMethods: ['PUT'],
            AllowedHeaders: ['x-amz-checksum-crc32', 'x-amz-sdk-checksum-algorithm'],
            MaxAgeSeconds: 3600,
          },
        ],
      },
    }),
  )
  page = await openPage(browser)
  await signIn(page, demo.url)
})

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
  for (const Key of await keys()) await client.send(new DeleteObjectCommand({ Bucket, Key }))
  await client.send(new DeleteBucketCommand({ Bucket }))
  await rm(folder, { recursive: true, force: true })
})

async function keys(): Promise<string[]> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }))
  return Contents.map(({ Key = '' }) => Key)
}

async function openVideo(): Promise<void> {
  await page.goto(`${demo.url}/tables/movie/rows/1`)
  await trailer().waitFor()
}

const trailer = () => trailerField(page)
const pick = (button: string | RegExp, path: string) => pickFile(trailer(), button, path)

const stored = (name: string) =>
  trailer()
    .getByRole('button', { name: `View ${name}` })
    .waitFor()

async function storedHash(name: string): Promise<string> {
  const Key = (await keys()).find((key) => key.startsWith(`movie_trailer/${name}`)) ?? ''
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }))
  return hashOf(await Body!.transformToByteArray())
}

/** Parts that the page sends to the bucket, and bytes that it sends to the admin. */
function watch() {
  const sent = { parts: [] as number[], bytesToAdmin: 0 }
  page.on('request', (request: Request) => {
    const url = new URL(request.url())
    if (request.method() === 'PUT' && url.origin === new URL(endpoint).origin) {
      sent.parts.push(Number(url.searchParams.get('partNumber')))
    } else sent.bytesToAdmin += request.postDataBuffer()?.byteLength ?? 0
  })
  return sent
}

it('goes past the server, and goes on after the tab was closed from the parts that were there', async () => {
  const video = await makeVideo(join(folder, 'closed tab.mp4'), 8 * PART)
  await openVideo()
  // Slow enough that the last parts are not there yet when the first are seen.
  await limitUploads(page, 8 * MEBIBYTE)
  await pick(/^(Upload file|Replace)/, video.path)
  const parts = async (request = page.request) => {
    const [upload] = await server.client
      .send(new ListObjectsV2Command({ Bucket, Prefix: 'movie_trailer/.vitrine/uploads/' }))
      .then(({ Contents = [] }) => Contents.map(({ Key = '' }) => /([0-9a-f-]{36})\.json$/.exec(Key)?.[1]))
      .then((ids) => ids.filter((id) => id !== undefined))
    if (upload === undefined) return 0
    const response = await request.get(`${demo.url}/api/media/movie/trailer/direct/${upload}`)
    const { storedParts } = (await response.json()) as { storedParts: number[] }
    return storedParts.length
  }
  await expect.poll(parts, { timeout: 60_000 }).toBeGreaterThan(1)
  await page.close()
  const kept = await parts(browser.contexts()[0]!.request)
  page = await browser.contexts()[0]!.newPage()
  const sent = watch()
  await openVideo()
  const offer = trailer().getByRole('list', { name: 'Unfinished uploads of Trailer' })
  await offer.getByText(/closed tab\.mp4 was left at .* of 67 MB\. Choose it again to go on\./).waitFor()
  await pick('Go on with closed tab.mp4', video.path)
  await stored('closed tab.mp4')
  expect(sent.parts.length).toBeGreaterThan(0)
  expect(sent.parts.length).toBeLessThanOrEqual(8 - kept)
  expect(sent.bytesToAdmin).toBeLessThan(10_000)
  expect(await storedHash('closed tab')).toBe(video.hash)
  process.stdout.write(`direct, closed tab: ${sent.parts.length} of 8 parts were sent again\n`)
})

it('pauses and resumes, and cancels without a trace', async () => {
  const video = await makeVideo(join(folder, 'paused.mp4'), 4 * PART)
  await limitUploads(page, 8 * MEBIBYTE)
  const percent = async () => Number(await trailer().getByRole('progressbar').getAttribute('value'))
  await pick(/^Replace/, video.path)
  await expect.poll(percent).toBeGreaterThan(30)
  await trailer().getByRole('button', { name: 'Pause paused.mp4' }).click()
  await trailer().getByText('Paused', { exact: true }).waitFor()
  await trailer().getByRole('button', { name: 'Resume paused.mp4' }).click()
  await stored('paused.mp4')
  expect(await storedHash('paused')).toBe(video.hash)

  const other = await makeVideo(join(folder, 'cancelled.mp4'), 4 * PART)
  await pick(/^Replace/, other.path)
  await expect.poll(percent).toBeGreaterThan(10)
  const before = (await keys()).filter((key) => key.endsWith('.json')).length
  await trailer().getByRole('button', { name: 'Cancel cancelled.mp4' }).click()
  await expect.poll(async () => (await keys()).filter((key) => key.endsWith('.json')).length).toBeLessThan(before)
  await limitUploads(page, -1)
})

it('explains a file that is refused after it arrived', async () => {
  const path = join(folder, 'page.mp4')
  await writeFile(path, '<!doctype html><script>alert(1)</script>')
  await openVideo()
  await pick(/^(Upload file|Replace)/, path)
  await trailer().getByText('page.mp4 is not an MP4 or QuickTime file: its content is HTML.').first().waitFor()
  expect((await keys()).filter((key) => key.startsWith('movie_trailer/page'))).toEqual([])
})
