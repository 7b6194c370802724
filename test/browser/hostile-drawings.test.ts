import type { Browser, BrowserContext, Page } from 'playwright-core'
import { createAdmin, tableConfig } from 'vitrine'
import { type AdminServer, serve } from 'vitrine/node'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { MemoryMediaStorage } from '../../examples/memory-storage/memory-media-storage.ts'
import { movie } from '../../examples/movies/schema.ts'
import { printFigure } from '../storage/print-figure.ts'
import { ANY_CONTENT } from '../support/any-content.ts'
import { HOSTILE_DRAWINGS } from '../support/hostile-drawings.ts'
import { type SignedInWorld, openMovieWorld } from '../support/movie-world.ts'
import { launchBrowser } from './open-page.ts'

const COOKIE = 'application_session=ada'
const HARMLESS =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><rect width="4" height="3" fill="teal"/></svg>'

let world: SignedInWorld
let server: AdminServer
let browser: Browser
let context: BrowserContext
let hostileRow: number

/** Takes every content, as storages did before drawings had limits. */
const storage = new MemoryMediaStorage({ column: movie.poster, ...ANY_CONTENT, allowedExtensions: null })

beforeAll(async () => {
  ;[world, browser] = await Promise.all([openMovieWorld(), launchBrowser()])
  const drawings = [...Object.entries(HOSTILE_DRAWINGS), ['harmless', HARMLESS] as const]
  for (const [title, svg] of drawings) {
    const poster = await storage.storeFile('drawing.svg', new Blob([svg]))
    const [row] = await world.db.insert(movie).values({ title, poster }).returning()
    hostileRow ??= row!.id
  }
  const admin = createAdmin({
    db: world.db,
    tables: [tableConfig({ table: movie, mediaStorage: [storage] })],
    authenticate: (request) =>
      request.headers.get('cookie') === COOKIE ? { id: '1', name: 'Ada', email: 'ada@example.com' } : null,
  })
  server = await serve(admin, { port: 0 })
  context = await browser.newContext({ extraHTTPHeaders: { cookie: COOKIE }, viewport: { width: 1440, height: 900 } })
  context.setDefaultTimeout(100_000)
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  await world?.close()
})

/** A page that notes the types of the files it gets, and how long its frames take. */
async function watchedPage(): Promise<{ page: Page; types: string[]; longestFrame: () => Promise<number> }> {
  const page = await context.newPage()
  const types: string[] = []
  page.on('response', (response) => {
    if (response.url().includes('/api/media/')) types.push(response.headers()['content-type'] ?? '')
  })
  await page.addInitScript(() => {
    const frames = { longest: 0 }
    Object.assign(globalThis, { frames })
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) frames.longest = Math.max(frames.longest, duration)
    }).observe({ type: 'longtask', buffered: true })
  })
  const longestFrame = () =>
    page.evaluate(() => (globalThis as unknown as { frames: { longest: number } }).frames.longest)
  return { page, types, longestFrame }
}

it('draws no foreign drawing in a list: all that it shows was drawn by the server', async () => {
  const { page, types, longestFrame } = await watchedPage()
  const isDrawn = () =>
    [...document.images].some(({ src, naturalWidth }) => src.includes('/thumbnail?') && naturalWidth > 0)
  // By itself first: on a busy machine the others would use up its time.
  await page.goto(`${server.url}/tables/movie?search=harmless`)
  await page.waitForFunction(isDrawn)
  const harmless = types.length
  await page.goto(`${server.url}/tables/movie?sort=id`)
  await expect.poll(() => types.length, { timeout: 60_000 }).toBeGreaterThan(harmless + 5)
  printFigure(
    `a list of hostile drawings: the longest task of the page, its start included, took ${Math.round(await longestFrame())} ms`,
  )
  expect(types).toContain('image/webp')
  expect(types.filter((type) => type.includes('svg'))).toEqual([])
  await page.close()
})

it('lets a row be opened and changed whose drawing never ends', async () => {
  const { page, types } = await watchedPage()
  await page.goto(`${server.url}/tables/movie/rows/${hostileRow}`)
  await page.getByRole('textbox', { name: /^Title/ }).fill('Changed')
  await page.getByRole('button', { name: /^Save/ }).first().click()
  await expect
    .poll(async () => (await world.db.select().from(movie).where(eq(movie.id, hostileRow)))[0]?.title, {
      timeout: 60_000,
    })
    .toBe('Changed')
  expect(types.filter((type) => type.includes('svg'))).toEqual([])
  await page.close()
})
