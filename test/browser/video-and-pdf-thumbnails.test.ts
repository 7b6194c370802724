import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { Thumbnails } from 'vitrine'
import type { AdminServer } from 'vitrine/node'
import { movie } from '../../examples/movies/schema.ts'
import { demoMedia } from '../support/demo-media.ts'
import { type MovieAdmin, startMovieAdmin } from '../support/movie-admin.ts'
import { openMovieWorld, type SignedInWorld } from '../support/movie-world.ts'
import { launchBrowser, openPage } from './open-page.ts'
import { dropFiles } from './sample-images.ts'

const screens = fileURLToPath(new URL('../../test-results/screens/', import.meta.url))

const FILES = {
  'reel.mp4': { mimeType: 'video/mp4', source: 'trailers/nightfall-season-reel.mp4' },
  'kit.pdf': { mimeType: 'application/pdf', source: 'press-kits/lumen-norte-press-kit.pdf' },
} as const

let world: SignedInWorld
let admin: MovieAdmin
let server: AdminServer
let browser: Browser
let page: Page
/** What the browser's console was told. */
const complaints: string[] = []

beforeAll(async () => {
  world = await openMovieWorld()
  // Here the browser makes the images.
  admin = await startMovieAdmin(world, { thumbnails: new Thumbnails({ ffmpeg: false }) })
  ;[server, browser] = await Promise.all([admin.listen(), launchBrowser(), mkdir(screens, { recursive: true })])
  page = await openPage(browser)
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  const [name = '', value = ''] = world.cookie.split(/=(.*)/)
  await page.context().addCookies([{ name, value, url: server.url }])
})

beforeEach(() => {
  complaints.length = 0
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  await world?.close()
})

/** The images in the list's column of trailers, as wide and high as they came. */
async function imagesInList(): Promise<[width: number, height: number][]> {
  await page.goto(`${server.url}/tables/movie`)
  // The head, and the one row.
  await page.getByRole('row').nth(1).waitFor()
  await page.waitForFunction(() => [...document.querySelectorAll('img')].every(({ complete }) => complete))
  await page.waitForLoadState('networkidle')
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLImageElement>('tbody img')]
      .filter(({ src, naturalWidth }) => src.includes('/trailer/') && naturalWidth > 0)
      .map(({ naturalWidth, naturalHeight }) => [naturalWidth, naturalHeight]),
  )
}

async function uploadedThumbnail(act: () => Promise<void>): Promise<number> {
  const reply = page.waitForResponse((response) => response.url().endsWith('/picture'))
  await act()
  return (await reply).status()
}

it.each(Object.entries(FILES))(
  '%s shows its picture in the field and in the list once it is uploaded',
  async (name, file) => {
    await world.db.delete(movie)
    await page.goto(`${server.url}/tables/movie/new`)
    await page.getByLabel('Title').fill('Pictured')
    const field = page.getByRole('group', { name: 'Trailer' })
    const buffer = Buffer.from(await demoMedia(file.source))
    const status = await uploadedThumbnail(() => dropFiles(field, [{ name, mimeType: file.mimeType, buffer }]))
    expect(status).toBe(201)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.waitForURL(/\/rows\/\d+$/)
    await page.reload()
    const view = page.getByRole('group', { name: 'Trailer' }).getByRole('button', { name: `View ${name}` })
    await expect
      .poll(() => view.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(0)
    expect(await view.locator('video').count()).toBe(0)
    await page.screenshot({ path: join(screens, `field-of-${name}.png`), fullPage: true })
    const [[width, height] = [0, 0]] = await imagesInList()
    // 160 pixels for 80 of the page's, as the image's sources say.
    expect(width).toBe(80)
    expect(width > height).toBe(name === 'reel.mp4')
    await page.screenshot({ path: join(screens, `list-of-${name}.png`) })
    expect(complaints).toEqual([])
  },
)

it.each(Object.entries(FILES))(
  '%s that came another way shows its kind, and its picture once somebody has viewed it',
  async (name, file) => {
    await world.db.delete(movie)
    const trailer = await admin.storages.trailer.storeFile(name, await demoMedia(file.source))
    await world.db.insert(movie).values({ title: 'Learned', trailer })
    expect(await imagesInList()).toEqual([])
    const status = await uploadedThumbnail(async () => {
      await page.getByRole('button', { name: `View ${name}` }).click()
      // The video begins with black: something is to be seen of it once it plays.
      if (name === 'reel.mp4') await page.getByRole('dialog').getByRole('button', { name: 'Play' }).click()
    })
    expect(status).toBe(201)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect
      .poll(() => page.locator('tbody img[src*="/trailer/"]').evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBe(80)
    expect((await imagesInList()).map(([width]) => width)).toEqual([80])
    expect(complaints).toEqual([])
  },
)

it('a picture’s placeholder is there before it, in its place', async () => {
  await world.db.delete(movie)
  const poster = await admin.storages.poster.storeFile('poster.jpg', await demoMedia('posters/nine-looms.jpg'))
  await world.db.insert(movie).values({ title: 'Placeholder', poster })
  await admin.send(`/api/media/movie/poster/${poster}/thumbnail?width=64`)
  let release: (() => void) | undefined
  const held = new Promise<void>((resolve) => (release = resolve))
  await page.route('**/thumbnail?*', async (route) => {
    await held
    await route.continue()
  })
  await page.goto(`${server.url}/tables/movie`)
  const frame = page.locator('tbody span:has(> img[src*="/poster/"])')
  await frame.waitFor()
  const background = () => frame.evaluate((element) => getComputedStyle(element).backgroundImage)
  expect(await background()).toMatch(/^url\("data:image\/webp;base64,/)
  await page.goto(`${server.url}/tables/movie/rows/${(await world.db.select().from(movie))[0]!.id}`)
  const field = page.getByRole('group', { name: 'Poster' })
  const whole = field.locator('span:has(> img)')
  await whole.waitFor()
  const before = await whole.boundingBox()
  await page.screenshot({ path: join(screens, 'placeholder.png') })
  expect(await whole.evaluate((element) => getComputedStyle(element).backgroundImage)).toMatch(/^url\("data:/)
  release?.()
  await expect
    .poll(() => whole.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(0)
  expect(await whole.boundingBox()).toEqual(before)
  await expect.poll(() => whole.evaluate((element) => getComputedStyle(element).backgroundImage)).toBe('none')
  await page.unroute('**/thumbnail?*')
  expect(complaints).toEqual([])
})
