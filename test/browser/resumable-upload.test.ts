import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DemoServer, startDemo } from './demo-server.ts'
import { launchBrowser, openPage, signIn } from './open-page.ts'
import { dropFiles, sampleImage } from './sample-images.ts'
import { hashOf, limitUploads, makeVideo, pickFile, trailerField } from './trailer-field.ts'

const MEBIBYTE = 1024 * 1024

let demo: DemoServer
let browser: Browser
let page: Page
let folder: string

beforeAll(async () => {
  ;[demo, browser, folder] = await Promise.all([startDemo(), launchBrowser(), mkdtemp(join(tmpdir(), 'vitrine-film-'))])
  page = await openPage(browser)
  await signIn(page, demo.url)
  await openVideo()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
  await rm(folder, { recursive: true, force: true })
}, 120_000)

async function openVideo(): Promise<void> {
  await page.goto(`${demo.url}/tables/movie/rows/1`)
  await page.getByRole('group', { name: 'Trailer' }).waitFor()
}

async function storedHash(name: string): Promise<string> {
  const media = join(demo.dataFolder, 'media/movie_trailer')
  const key = (await readdir(media)).find((file) => file.startsWith(name)) ?? ''
  return hashOf(await readFile(join(media, key)))
}

const trailer = () => trailerField(page)
const pick = (button: string | RegExp, path: string) => pickFile(trailer(), button, path)

async function uploadedPercent(): Promise<number> {
  return Number(await trailer().getByRole('progressbar').getAttribute('value'))
}

async function stored(name: string): Promise<void> {
  await trailer()
    .getByRole('button', { name: `View ${name}` })
    .waitFor()
}

it('goes on after the tab was closed, from the bytes that were there', async () => {
  // It takes ten seconds: a machine with much to do must notice in time that it is under way.
  const video = await makeVideo(join(folder, 'closed tab.mp4'), 40 * MEBIBYTE)
  await limitUploads(page, 4 * MEBIBYTE)
  await pick(/^(Upload file|Replace)/, video.path)
  await expect.poll(uploadedPercent).toBeGreaterThan(20)
  await page.close()
  page = await browser.contexts()[0]!.newPage()
  const offsets: number[] = []
  page.on('response', (response) => {
    if (response.request().method() === 'HEAD') offsets.push(Number(response.headers()['upload-offset']))
  })
  await openVideo()
  const offer = trailer().getByRole('list', { name: 'Unfinished uploads of Trailer' })
  await offer.getByText(/closed tab\.mp4 was left at .* of 42 MB\. Choose it again to go on\./).waitFor()
  await pick('Go on with closed tab.mp4', (await makeVideo(join(folder, 'another.mp4'), 9 * MEBIBYTE)).path)
  await offer.getByText('another.mp4 is another file.').waitFor()
  await pick('Go on with closed tab.mp4', video.path)
  await stored('closed tab.mp4')
  expect(offsets[0]).toBeGreaterThan(4 * MEBIBYTE)
  expect(await storedHash('closed tab')).toBe(video.hash)
  process.stdout.write(`closed tab: went on at ${offsets[0]} of ${40 * MEBIBYTE} bytes\n`)
}, 120_000)

it('pauses and resumes, and goes on by itself when the server was restarted', async () => {
  const video = await makeVideo(join(folder, 'restart.mp4'), 20 * MEBIBYTE)
  await limitUploads(page, 4 * MEBIBYTE)
  await pick(/^Replace/, video.path)
  await expect.poll(uploadedPercent).toBeGreaterThan(10)
  await trailer().getByRole('button', { name: 'Pause restart.mp4' }).click()
  await trailer().getByText('Paused').waitFor()
  const before = await uploadedPercent()
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(await uploadedPercent()).toBe(before)
  await trailer().getByRole('button', { name: 'Resume restart.mp4' }).click()
  await expect.poll(uploadedPercent).toBeGreaterThan(before + 10)
  const restarted = demo.restart()
  await limitUploads(page, -1)
  await restarted
  await stored('restart.mp4')
  expect(await storedHash('restart')).toBe(video.hash)
}, 120_000)

it('cancels, and nothing is left', async () => {
  const video = await makeVideo(join(folder, 'cancelled.mp4'), 32 * MEBIBYTE)
  await limitUploads(page, 4 * MEBIBYTE)
  await pick(/^Replace/, video.path)
  await expect.poll(uploadedPercent).toBeGreaterThan(10)
  const uploads = join(demo.dataFolder, 'media/movie_trailer/.vitrine/uploads')
  const before = (await readdir(uploads)).length
  await trailer().getByRole('button', { name: 'Cancel cancelled.mp4' }).click()
  await expect.poll(async () => (await readdir(uploads)).length).toBeLessThan(before)
  await openVideo()
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(
    await trailer()
      .getByRole('list', { name: /Unfinished/ })
      .count(),
  ).toBe(0)
  await limitUploads(page, -1)
}, 120_000)

it('of 40 files dropped at once stores 37 and explains 3', async () => {
  const good = await Promise.all(
    Array.from({ length: 37 }, (_, number) =>
      sampleImage('screenshots/glass-meridian-1.jpg', `Drop ${number + 1}.jpg`),
    ),
  )
  const bad = [
    { name: 'virus.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') },
    { name: 'holiday.png', mimeType: 'image/png', buffer: Buffer.from('<!doctype html><script>alert(1)</script>') },
    { name: '.hidden.jpg', mimeType: 'image/jpeg', buffer: good[0]!.buffer },
  ]
  const field = page.getByRole('group', { name: 'Screenshots' })
  await dropFiles(field, [...good.slice(0, 10), bad[0]!, ...good.slice(10, 20), bad[1]!, bad[2]!, ...good.slice(20)])
  const refusals = page.getByRole('list', { name: 'Files of Screenshots that were not stored' }).getByRole('listitem')
  await expect.poll(() => refusals.count(), { timeout: 60_000 }).toBe(3)
  for (let number = 1; number <= 37; number += 1) {
    await field.getByRole('button', { name: `View Drop ${number}.jpg`, exact: true }).waitFor()
  }
  const reasons = (await refusals.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ')).toSorted()
  expect(reasons).toEqual([
    expect.stringMatching(/^"\.hidden\.jpg" cannot be stored: /),
    expect.stringMatching(/^holiday\.png is not a PNG image: its content is HTML/),
    expect.stringMatching(/^virus\.exe cannot be stored: the extension "exe" is not one of/),
  ])
  process.stdout.write(`40 files dropped at once: 37 stored, ${reasons.length} explained\n`)
}, 120_000)

it('takes the files of a folder that is dropped, and of folders in it, without what systems keep there', async () => {
  const dropped = await mkdtemp(join(tmpdir(), 'vitrine-folder-'))
  const photo = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } })
    .jpeg()
    .toBuffer()
  await mkdir(join(dropped, 'deeper'))
  // A browser tells of a hundred at a time. Those that are refused by their names cost no upload.
  const refused = Array.from({ length: 120 }, (_, index) => `note ${index + 1}.txt`)
  const files = [...refused, 'First.jpg', '.DS_Store', 'Thumbs.db', 'deeper/Last.jpg']
  await Promise.all(files.map((name) => writeFile(join(dropped, name), photo)))
  const before = await screenshotCount()
  await dropFromDisk(page.getByRole('group', { name: 'Screenshots' }), [dropped])
  await page.getByRole('button', { name: 'View First.jpg', exact: true }).waitFor()
  await page.getByRole('button', { name: 'View Last.jpg', exact: true }).waitFor()
  expect(await screenshotCount()).toBe(before + 2)
  const refusals = page.getByRole('list', { name: 'Files of Screenshots that were not stored' }).getByRole('listitem')
  await expect.poll(() => refusals.count()).toBe(3 + refused.length)
  expect(await page.getByText('.DS_Store').count()).toBe(0)
  await rm(dropped, { recursive: true })
})

const screenshotCount = () =>
  page
    .getByRole('group', { name: 'Screenshots' })
    .getByRole('button', { name: /^View / })
    .count()

/** Drops what is on the disk, folders included, as a browser gets it from the system. */
async function dropFromDisk(target: Locator, files: string[]): Promise<void> {
  await target.scrollIntoViewIfNeeded()
  const box = (await target.boundingBox())!
  const session = await page.context().newCDPSession(page)
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', {
      type,
      x: box.x + 20,
      y: Math.max(box.y, 0) + 20,
      data: { items: [], files, dragOperationsMask: 1 },
    })
  }
}
