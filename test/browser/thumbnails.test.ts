import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DemoServer, startDemo } from './demo-server.ts'
import { launchBrowser, openPage, signIn } from './open-page.ts'

let demo: DemoServer
let browser: Browser
let page: Page

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemo(), launchBrowser()])
  page = await openPage(browser)
  await signIn(page, demo.url)
  // What the page itself needs is in the browser's cache: what is measured is the images.
  await page.goto(`${demo.url}/tables/studio`)
  await page.waitForLoadState('networkidle')
})

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
})

interface Shown {
  /** Milliseconds from the navigation until every image in sight is there. */
  time: number
  thumbnails: number
  originals: number
  /** Bytes of images that crossed the network, headers included. */
  bytes: number
}

async function showList(): Promise<Shown> {
  const started = performance.now()
  await page.goto(`${demo.url}/tables/movie?pageSize=50`)
  await page.waitForFunction(() => {
    const inSight = [...document.images].filter((image) => image.getBoundingClientRect().top < innerHeight)
    return inSight.length > 10 && inSight.every((image) => image.complete && image.naturalWidth > 0)
  })
  const time = performance.now() - started
  // Then down the page, so that the images that are loaded when they come into sight are counted too.
  for (const row of await page.locator('tbody tr').all()) await row.scrollIntoViewIfNeeded()
  await page.waitForFunction(() => [...document.images].every((image) => image.complete))
  const photos = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.includes('/api/media/'))
      // That a PDF has none yet is remembered for half a minute only.
      .filter((entry) => (entry as PerformanceResourceTiming).responseStatus !== 204)
      .map((entry) => ({ name: entry.name, bytes: (entry as PerformanceResourceTiming).transferSize })),
  )
  const thumbnails = photos.filter(({ name }) => name.includes('/thumbnail?'))
  return {
    time,
    thumbnails: thumbnails.length,
    originals: photos.length - thumbnails.length,
    bytes: photos.reduce((sum, { bytes }) => sum + bytes, 0),
  }
}

it('a list of 50 films loads thumbnails and no original, and none of them twice', async () => {
  const cold = await showList()
  const warm = await showList()
  for (const [name, { time, thumbnails, originals, bytes }] of Object.entries({ cold, warm })) {
    const figures = `${Math.round(time)} ms, ${thumbnails} thumbnails and ${originals} originals, ${Math.round(bytes / 1000)} kB`
    process.stdout.write(`  figure: 50 films, ${name} cache: ${figures}\n`)
  }
  expect(cold.thumbnails).toBeGreaterThan(100)
  expect([cold.originals, warm.originals, warm.bytes]).toEqual([0, 0, 0])
  // A figure to read and no limit to keep to: the machine does other things beside it.
  expect(cold.time).toBeLessThan(60_000)
  expect(warm.time).toBeLessThan(60_000)
})
